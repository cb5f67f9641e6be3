import type { Lang } from '../../../http/index.ts'
import { publication as publicationEn } from '../../../../words/en/publication.ts'
import { wording as en } from '../../../../words/en/wording.ts'
import { publication as publicationJa } from '../../../../words/ja/publication.ts'
import { wording as ja } from '../../../../words/ja/wording.ts'

const words = { ja, en }
const whys = { ja: publicationJa.why, en: publicationEn.why }

export function wordingWords(lang: Lang): typeof ja | typeof en {
  return words[lang]
}

type Why = keyof typeof publicationJa.why

/** Why a page was not opened, in plain words. */
export function whyWords(lang: Lang, why: Exclude<Why, 'status'>): string {
  return whys[lang][why]
}

/** What a site answered in place of the page. */
export function statusWords(lang: Lang, status: number): string {
  return whys[lang].status(status)
}
