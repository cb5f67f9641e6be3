import type { VNode } from 'preact'
import { owner as en } from '../../../words/en/owner.ts'
import { owner as ja } from '../../../words/ja/owner.ts'
import type { Condition } from '../../device/index.ts'
import { type Lang, Mark, type MarkKind } from '../../http/index.ts'

const words = { ja: ja.home.condition, en: en.home.condition }
const marks: Readonly<Record<Condition, MarkKind>> = {
  heard: 'ok',
  suspect: 'doing',
  unwatched: 'unwatched',
  preparing: 'next',
}

/** What may be said of a sensor, in the very words that the owner reads. */
export function ConditionMark(props: { lang: Lang; condition: Condition }): VNode {
  return <Mark mark={marks[props.condition]}>{words[props.lang][props.condition]}</Mark>
}
