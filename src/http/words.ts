import { kit as en } from '../../words/en/kit.ts'
import { kit as ja } from '../../words/ja/kit.ts'
import type { Lang } from './actor.ts'

/** What every page shares, by language. */
export const kitWords: Readonly<Record<Lang, typeof ja | typeof en>> = { ja, en }
