import { selfCheck as en } from '../../../../words/en/self-check.ts'
import { selfCheck as ja } from '../../../../words/ja/self-check.ts'
import type { Alike } from '../../../../words/alike.ts'
import type { Lang } from '../../../http/index.ts'

const words = { ja, en }

/** The words of the self-check in the reader's language. */
export function checkWords(lang: Lang): Alike<typeof ja> {
  return words[lang]
}

/** A date in Japan with its year, e.g. 2026年11月25日. */
export function dateWords(lang: Lang, at: number): string {
  const locale = lang === 'ja' ? 'ja-JP' : 'en-GB'
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'Asia/Tokyo' }).format(at)
}
