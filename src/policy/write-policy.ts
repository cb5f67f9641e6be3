import { type Actor, record } from '../access/index.ts'
import { policyFacts } from '../catalogue/index.ts'
import { findCompany, findDetail } from '../company/index.ts'
import { fault } from '../base/fault.ts'
import { type Instant, jstDate } from '../base/time.ts'
import type { Tx } from '../store/index.ts'
import { preambleKey, standardText, wordingKey } from './compose.ts'
import {
  type Draft,
  type DraftValues,
  type Known,
  type PolicyLang,
  type PolicyQuestion,
  standardValue,
  startDraft,
} from './draft.ts'
import { findDraft, saveDraft } from './store.ts'

/** Who of a company does something, when, and in which language a policy that is not begun yet would be written. */
export type Doing = { readonly actor: Actor; readonly now: Instant; readonly lang: PolicyLang }

/** What is known of a company before anything is asked. Fault: NOT_FOUND outside the scope. */
export async function knownOf(tx: Tx, company: string): Promise<Known> {
  const found = await findCompany(tx, company)
  if (found === undefined) throw fault('NOT_FOUND')
  const detail = await findDetail(tx, company)
  return {
    name: found.name,
    employees: found.employees,
    representativeTitle: detail?.representativeTitle ?? null,
    representativeName: detail?.representativeName ?? null,
    phone: detail?.phone ?? null,
  }
}

/** The draft of the actor's company; before anybody answered, one with all that is known. Nothing is written. */
export async function draftOf(tx: Tx, doing: Doing, lock = false): Promise<Draft> {
  const company = doing.actor.organisation
  const kept = await findDraft(tx, company, lock)
  return kept ?? startDraft(await knownOf(tx, company), doing.lang, jstDate(doing.now))
}

async function change(
  tx: Tx,
  { doing, act, subject }: { doing: Doing; act: string; subject?: string },
  make: (draft: Draft) => Draft,
): Promise<Draft> {
  const { actor, now } = doing
  const draft = make(await draftOf(tx, doing, true))
  await saveDraft(tx, actor.organisation, { draft, by: actor.person, now })
  await record(tx, actor, { organisation: actor.organisation, act, ...(subject && { subject }) })
  return draft
}

/** What a question page sends. */
export type PolicyAnswer = {
  readonly question: PolicyQuestion
  readonly values?: Partial<DraftValues>
  readonly assets?: Draft['assets']
  readonly articles?: readonly string[]
}

/** Keeps the answer to one question; the draft as it is then. */
export async function answerPolicyQuestion(tx: Tx, doing: Doing, answer: PolicyAnswer): Promise<Draft> {
  const { question } = answer
  return change(tx, { doing, act: 'policy.answered', subject: question }, (draft) => ({
    ...draft,
    values: { ...draft.values, ...answer.values },
    ...(answer.assets && { assets: answer.assets }),
    ...(answer.articles && { articles: [...answer.articles] }),
    answered: [...new Set([...draft.answered, question])],
  }))
}

/**
 * Keeps a company's own wording of an article (or `po.preamble`); text that equals the standard is no own wording.
 * Without `wording` the standard comes back. Fault: NOT_FOUND for an article that is not in the catalogue.
 */
export async function wordPolicyArticle(
  tx: Tx,
  doing: Doing,
  of: { readonly key: string; readonly wording?: { readonly title: string; readonly text: string } },
): Promise<Draft> {
  const known = of.key === preambleKey || policyFacts().articles.some((one) => one.key === of.key)
  if (!known) throw fault('NOT_FOUND')
  return change(tx, { doing, act: 'policy.worded', subject: of.key }, (draft) => {
    const place = wordingKey(draft.lang, of.key)
    const { [place]: _old, ...others } = draft.wording
    const standard = standardText(draft, of.key)
    const { wording } = of
    if (wording === undefined) return { ...draft, wording: others }
    if (wording.title === standard?.title && wording.text === standard.text)
      return { ...draft, wording: others }
    return { ...draft, wording: { ...others, [place]: wording } }
  })
}

const standardFields = ['short_name', 'representative_title'] as const

/** Writes the policy in the other language: what is still standard is exchanged, own wording stays with its language. */
export async function changePolicyLang(tx: Tx, doing: Doing, lang: PolicyLang): Promise<Draft> {
  return change(tx, { doing, act: 'policy.language', subject: lang }, (draft) => {
    const values = { ...draft.values }
    for (const key of standardFields) {
      if (values[key] === standardValue(key, draft.lang)) values[key] = standardValue(key, lang)
    }
    return { ...draft, lang, values }
  })
}
