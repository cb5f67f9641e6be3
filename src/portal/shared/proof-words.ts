import { proof as en } from '../../../words/en/proof.ts'
import { proof as ja } from '../../../words/ja/proof.ts'
import type { Lang } from '../../http/index.ts'

const words = { ja, en }

/** The words of proof packs and offers in the reader's language. */
export function proofWords(lang: Lang): typeof ja {
  return words[lang]
}
