import { jst } from '../../../base/time.ts'
import type { Lang } from '../../../http/index.ts'
import { publication as en } from '../../../../words/en/publication.ts'
import { publication as ja } from '../../../../words/ja/publication.ts'

const words = { ja, en }

export function publicationWords(lang: Lang): typeof ja | typeof en {
  return words[lang]
}

type Why = keyof typeof ja.why
const isWhy = (why: string): why is Why => why in ja.why

/** Why a page was not read, and what to do about it, in plain words. */
export function whyWords(lang: Lang, why: string | null | undefined, status: number | null): string {
  const say = words[lang].why
  if (why === null || why === undefined || !isWhy(why)) return say.other
  return why === 'status' ? say.status(status ?? 0) : say[why]
}

/** A date without a clock (`YYYY-MM-DD`) as it is read. */
export function sayDay(lang: Lang, on: string): string {
  const p = jst(Date.parse(`${on}T00:00:00+09:00`))
  return lang === 'ja' ? `${p.year}年${p.month}月${p.day}日` : on
}
