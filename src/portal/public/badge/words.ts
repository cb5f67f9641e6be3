import { badge as en } from '../../../../words/en/badge.ts'
import { badge as ja } from '../../../../words/ja/badge.ts'
import type { Lang } from '../../../http/index.ts'

export const words: Readonly<Record<Lang, typeof ja | typeof en>> = { ja, en }
export type Say = (typeof words)['ja']
