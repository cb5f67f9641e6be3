import { publicPages as en } from '../../../words/en/public.ts'
import { publicPages as ja } from '../../../words/ja/public.ts'
import type { Lang } from '../../http/index.ts'

export const words: Readonly<Record<Lang, typeof ja | typeof en>> = { ja, en }
