import { type Compiled, shown } from './compile-node.ts'
import type { Found } from './look.ts'
import type { View } from './view.ts'

/** Why a rule did or did not match: a tree like the rule's own. */
export type Explanation = {
  /** `and`, `not`, `1 of filter_*`, the name of a selection, or an item as written. */
  readonly node: string
  readonly result: boolean
  readonly field?: string
  /** What the event holds there; null where it is missing. */
  readonly value?: unknown
  readonly of?: readonly Explanation[]
}

/** The first single value of the event that passes a keyword, with the path where it stands. */
function keywordPlace(
  node: Extract<Compiled, { kind: 'keyword' }>,
  view: View,
): readonly [string, string] | undefined {
  const { names, found } = view.leaves()
  for (const [i, text] of found.texts.entries()) {
    const single: Found = { present: true, some: true, values: [text], texts: [text] }
    if (node.passes(single, view)) return [names[i] ?? '', text]
  }
  return undefined
}

/** Explains a compiled node over one event. */
export function explain(node: Compiled, view: View): Explanation {
  const result = node.check(view)
  if (node.kind === 'field') {
    return { node: node.label, result, field: node.field, value: shown(view.find(node.slot)) }
  }
  if (node.kind === 'keyword') {
    const place = keywordPlace(node, view)
    return { node: node.label, result, ...(place === undefined ? {} : { field: place[0], value: place[1] }) }
  }
  return { node: node.label, result, of: node.of.map((inner) => explain(inner, view)) }
}

/** Collects field and value of every item that is true and not under a `not`. */
export function matchedFields(node: Compiled, view: View, into: Map<string, unknown>): void {
  if (node.kind === 'not' || !node.check(view)) return
  if (node.kind === 'field') into.set(node.field, shown(view.find(node.slot)))
  else if (node.kind === 'keyword') {
    const place = keywordPlace(node, view)
    if (place !== undefined) into.set(...place)
  } else for (const inner of node.of) matchedFields(inner, view, into)
}
