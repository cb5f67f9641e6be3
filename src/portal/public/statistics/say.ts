import { statistics as en } from '../../../../words/en/statistics.ts'
import { statistics as ja } from '../../../../words/ja/statistics.ts'
import type { Lang } from '../../../http/index.ts'

const words = { ja, en }

/** The words of the counts in the reader's language. */
export function sayStatistics(lang: Lang): typeof ja | typeof en {
  return words[lang]
}
