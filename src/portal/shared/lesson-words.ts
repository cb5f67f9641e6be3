import { lesson as en } from '../../../words/en/lesson.ts'
import { lesson as ja } from '../../../words/ja/lesson.ts'
import type { Lang } from '../../http/index.ts'

const words = { ja, en }

/** The words of threat news and the lesson in the reader's language. */
export function lessonWords(lang: Lang): typeof ja {
  return words[lang]
}
