import { badge as en } from '../../words/en/badge.ts'
import { badge as ja } from '../../words/ja/badge.ts'

export type Lang = 'ja' | 'en'
export const words: Readonly<Record<Lang, typeof ja | typeof en>> = { ja, en }

const english = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })

/** A date `YYYY-MM-DD` with its year: 2026年11月20日, 20 November 2026. What is shown to strangers is never "this year". */
export function sayDate(lang: Lang, date: string): string {
  const [year = '', month = '', day = ''] = date.split('-')
  if (lang === 'ja') return `${Number(year)}年${Number(month)}月${Number(day)}日`
  return english.format(new Date(`${date}T00:00:00Z`))
}
