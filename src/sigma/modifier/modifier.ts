import { type Path, refuse } from '../problem.ts'
import type { Value } from '../value.ts'

/** A field item while its modifiers are applied, left to right. */
export type Draft = {
  /** Empty for keywords. */
  readonly field: string
  /** One entry per written value; each holds that value's alternatives, which are always OR-ed. */
  readonly values: readonly (readonly Value[])[]
  readonly all: boolean
  readonly negated: boolean
  readonly cased: boolean
  /** The words applied so far. */
  readonly before: readonly string[]
  readonly path: Path
}

/** One word after a `|`: takes the item as the words before it left it, and gives it back changed, or refuses. */
export type Modifier = (draft: Draft, word: string) => Draft

/** Changes every alternative of every value. */
export function eachValue(draft: Draft, change: (value: Value) => readonly Value[]): Draft {
  return { ...draft, values: draft.values.map((alternatives) => alternatives.flatMap(change)) }
}

const wholeItem: readonly string[] = ['all', 'neq']

/** Refuses unless only words that concern the whole item stand before. */
export function mustComeFirst(draft: Draft, word: string): void {
  const other = draft.before.find((before) => !wholeItem.includes(before))
  if (other !== undefined) refuse(`\`${word}\` must come first, not after \`${other}\``, draft.path)
}

/** Refuses a word that asks for a field where there is none. */
export function mustHaveField(draft: Draft, word: string): void {
  if (draft.field === '') refuse(`\`${word}\` needs a field name before it`, draft.path)
}
