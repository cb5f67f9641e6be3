import { queue as en } from '../../../words/en/queue.ts'
import { queue as ja } from '../../../words/ja/queue.ts'
import type { Lang } from '../../http/index.ts'

const words = { ja, en }

/** The words of the queue and the cases. */
export function queueWords(lang: Lang): typeof ja {
  return words[lang]
}
