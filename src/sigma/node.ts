import type { Network } from './address.ts'
import type { Part } from './pattern.ts'

export type Comparison = 'lt' | 'lte' | 'gt' | 'gte'
export type Shape = 'equals' | 'contains' | 'startswith' | 'endswith'

/** What one value of a field is held against. Texts are folded already unless `cased`. */
export type Test =
  | { readonly kind: Shape; readonly text: string; readonly cased: boolean }
  | { readonly kind: 'wildcard'; readonly parts: readonly Part[]; readonly cased: boolean }
  | { readonly kind: 'present' }
  | { readonly kind: 'null' }
  | { readonly kind: 'exists'; readonly want: boolean }
  | RegexTest
  | { readonly kind: 'number'; readonly compare: Comparison; readonly than: string }
  | { readonly kind: 'cidr'; readonly network: Network }
  | { readonly kind: 'fieldref'; readonly field: string; readonly shape: Shape; readonly cased: boolean }

export type RegexTest = {
  readonly kind: 'regex'
  /** As the author wrote it, with the flags asked for; `source` and `flags` are what JavaScript gets. */
  readonly written: string
  readonly wanted: string
  readonly source: string
  readonly flags: string
  /** It holds a `$` or `\\Z`, which also match before a line break that ends the text. */
  readonly lastLine: boolean
}

/** A rule after reading: a tree of frozen nodes, each with its kind. Reading, compiling and matching meet only here. */
export type Node =
  | { readonly kind: 'and' | 'or'; readonly of: readonly Node[]; readonly label: string }
  | { readonly kind: 'not'; readonly of: Node }
  | { readonly kind: 'selection'; readonly name: string; readonly of: Node }
  | {
      readonly kind: 'field'
      readonly field: string
      readonly written: string
      readonly anyOf: readonly Test[]
    }
  | { readonly kind: 'keyword'; readonly written: string; readonly anyOf: readonly Test[] }

export function and(of: readonly Node[], label = 'and'): Node {
  const only = of[0]
  return of.length === 1 && only !== undefined ? only : Object.freeze({ kind: 'and', of, label })
}

export function or(of: readonly Node[], label = 'or'): Node {
  const only = of[0]
  return of.length === 1 && only !== undefined ? only : Object.freeze({ kind: 'or', of, label })
}

export function not(of: Node): Node {
  return Object.freeze({ kind: 'not', of })
}

export function selection(name: string, of: Node): Node {
  return Object.freeze({ kind: 'selection', name, of })
}
