import type { WordingRules } from '../catalogue/index.ts'

/** Whether any Japanese stands in it. */
const japanese = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}★]/u

/** The sentence to write instead, for the star that was meant and in the language of the words. */
export function suggestionFor(of: {
  readonly rules: WordingRules
  readonly words: string
  readonly sentence: string
  readonly lang: 'ja' | 'en' | undefined
}): string {
  const lang = of.lang ?? (japanese.test(of.words) ? 'ja' : 'en')
  const { one, two } = of.rules.subject_stars
  const says = (pattern: string, text: string): boolean => new RegExp(pattern, 'iu').test(text)
  for (const text of [of.words, of.sentence]) {
    if (says(two, text)) return of.rules.suggest[lang].two
    if (says(one, text)) return of.rules.suggest[lang].one
  }
  return of.rules.suggest[lang].any
}
