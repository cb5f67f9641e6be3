import { front as en } from '../../../words/en/front.ts'
import { front as ja } from '../../../words/ja/front.ts'
import type { Lang } from '../../http/index.ts'

export const words: Readonly<Record<Lang, typeof ja | typeof en>> = { ja, en }
