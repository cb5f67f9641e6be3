import { readItem, type Warn } from './item.ts'
import { and, type Node, or } from './node.ts'
import { type Path, refuse } from './problem.ts'
import { isMap } from './value.ts'

type Context = { readonly path: Path; readonly warn: Warn }

function readMap(written: Readonly<Record<string, unknown>>, context: Context): Node {
  const entries = Object.entries(written)
  if (entries.length === 0) refuse('an empty map matches everything', context.path)
  return and(
    entries.map(([key, value]) => {
      const path = [...context.path, key]
      if (key === '') refuse('a field name is missing', path)
      if (isMap(value)) refuse('a map as a value is not allowed', path)
      return readItem(key, value, { ...context, path })
    }),
  )
}

/**
 * Reads one selection: a map is the AND of its items, a list of maps their OR, a list of scalars keywords, a mixed
 * list the OR of both.
 */
export function readSelection(written: unknown, context: Context): Node {
  if (isMap(written)) return readMap(written, context)
  if (!Array.isArray(written)) return readItem('', written, context)
  if (written.length === 0) refuse('an empty list matches nothing', context.path)
  return or(
    written.map((element, i) => {
      const path = [...context.path, i]
      if (Array.isArray(element)) refuse('a list inside a list is not allowed', path)
      if (element === null) refuse('null cannot stand in a list', path)
      return isMap(element)
        ? readMap(element, { ...context, path })
        : readItem('', element, { ...context, path })
    }),
  )
}
