import type { Lang, SignedCtx } from '../../../http/index.ts'
import type { Doing } from '../../../policy/index.ts'
import { policy as en } from '../../../../words/en/policy.ts'
import { policy as ja } from '../../../../words/ja/policy.ts'

const words = { ja, en }

/** The words of the policy's pages in the reader's language. */
export function policyWords(lang: Lang): typeof ja {
  return words[lang]
}

/** Who does it, when, and the language a new policy begins in. */
export const doingOf = (ctx: SignedCtx): Doing => ({ actor: ctx.actor, now: ctx.now, lang: ctx.lang })

/** Names of subjects in a row. */
export function saySubjects(lang: Lang, subjects: readonly string[]): string {
  const say = Object.entries(words[lang].subjects)
  const named = say.filter(([id]) => subjects.includes(id)).map(([, text]) => text)
  return named.join(lang === 'ja' ? '、' : ', ')
}
