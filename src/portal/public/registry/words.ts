import { registry as en } from '../../../../words/en/registry.ts'
import { registry as ja } from '../../../../words/ja/registry.ts'
import type { Lang } from '../../../http/index.ts'

export const words: Readonly<Record<Lang, typeof ja | typeof en>> = { ja, en }

/** IPA's own site, where its declarations are searched (system of April 2026). */
export const ipaSearch = 'https://sme-security.ipa.go.jp/'

/** `2026-11-20` as people read it. */
export function sayDate(lang: Lang, date: string): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
  return words[lang].date(year, month, day)
}
