import { caseWords as en } from '../../words/en/case.ts'
import { caseWords as ja } from '../../words/ja/case.ts'
import type { Both } from './case.ts'

type Words = typeof ja

/** One text in both languages, chosen by the same rule from either set of words. */
export function say(choose: (words: Words, lang: 'ja' | 'en') => string): Both {
  return { ja: choose(ja, 'ja'), en: choose(en, 'en') }
}
