import { type FieldPath, fieldPath, type Found } from './look.ts'
import type { Node } from './node.ts'
import { compileTests, type FieldCheck, type TestContext } from './test-field.ts'
import type { Slots, View } from './view.ts'

export type Check = (view: View) => boolean

/** A node made ready to run. The tree keeps its shape, so that a hit can be explained with the same checks. */
export type Compiled =
  | ({
      readonly kind: 'and' | 'or' | 'not' | 'selection'
      readonly label: string
      readonly of: readonly Compiled[]
    } & Run)
  | ({ readonly kind: 'field'; readonly label: string; readonly field: string; readonly slot: number } & Run)
  | ({ readonly kind: 'keyword'; readonly label: string; readonly passes: FieldCheck } & Run)

type Run = { readonly check: Check; readonly cost: number }

/** What all nodes of an engine share. */
export type NodeContext = TestContext & {
  readonly slots: Slots
  /** Selections compiled so far: a condition may name one several times. */
  readonly selections: Map<Node, Compiled>
}

/** A context with no fields yet. */
export function nodeContext(regexInput: number): NodeContext {
  const numbers = new Map<string, number>()
  const paths: FieldPath[] = []
  const slot = (field: string): number => {
    const known = numbers.get(field)
    if (known !== undefined) return known
    numbers.set(field, paths.length)
    return paths.push(fieldPath(field)) - 1
  }
  return { slot, regexInput, slots: { numbers, paths }, selections: new Map() }
}

function everyOf(checks: readonly Check[]): Check {
  return (view) => {
    for (const check of checks) if (!check(view)) return false
    return true
  }
}

function someOf(checks: readonly Check[]): Check {
  return (view) => {
    for (const check of checks) if (check(view)) return true
    return false
  }
}

const costOf = (nodes: readonly Compiled[]): number => nodes.reduce((sum, node) => sum + node.cost, 0)

/** The checks of nodes, cheapest first: the result is the same, and most events are decided by a cheap one. */
function cheapFirst(nodes: readonly Compiled[]): readonly Check[] {
  return nodes.toSorted((a, b) => a.cost - b.cost).map((node) => node.check)
}

/** Compiles a node and what is below it. */
export function compileNode(node: Node, context: NodeContext): Compiled {
  switch (node.kind) {
    case 'and':
    case 'or': {
      const of = node.of.map((inner) => compileNode(inner, context))
      const checks = cheapFirst(of)
      const check = node.kind === 'and' ? everyOf(checks) : someOf(checks)
      return { kind: node.kind, label: node.label, of, check, cost: costOf(of) }
    }
    case 'not': {
      const inner = compileNode(node.of, context)
      const { check } = inner
      return { kind: 'not', label: 'not', of: [inner], check: (view) => !check(view), cost: inner.cost }
    }
    case 'selection': {
      const known = context.selections.get(node)
      if (known !== undefined) return known
      const inner = compileNode(node.of, context)
      const { check, cost } = inner
      const made: Compiled = { kind: 'selection', label: node.name, of: [inner], check, cost }
      context.selections.set(node, made)
      return made
    }
    case 'field': {
      const { check: passes, cost } = compileTests(node.anyOf, context)
      const slot = context.slot(node.field)
      const check: Check = (view) => passes(view.find(slot), view)
      return { kind: 'field', label: node.written, field: node.field, slot, check, cost }
    }
    case 'keyword': {
      const { check: passes, cost } = compileTests(node.anyOf, context)
      const check: Check = (view) => passes(view.leaves().found, view)
      return { kind: 'keyword', label: node.written, passes, check, cost: cost * 50 }
    }
  }
}

/** What a found field shows: its value, or the list of them. */
export function shown(found: Found): unknown {
  return found.values.length > 1 ? found.values : (found.values[0] ?? null)
}
