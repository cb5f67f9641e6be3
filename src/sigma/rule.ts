import { type Condition, namesFor, readCondition } from './condition.ts'
import { readSelection } from './detection.ts'
import { type Head, readHead } from './head.ts'
import type { Warn } from './item.ts'
import { type Logsource, readLogsource } from './logsource.ts'
import { and, type Node, not, or, selection } from './node.ts'
import { type Path, refuse } from './problem.ts'
import { canonical, sha256 } from './sha256.ts'
import { isMap } from './value.ts'

/** A detection rule after reading: pure data, ready to be compiled. */
export type Rule = Head & {
  readonly kind: 'detection'
  readonly logsource: Logsource
  readonly selections: readonly Node[]
  readonly condition: Node
  /** Changes whenever the meaning of the rule changes; title, level and texts do not count. */
  readonly hash: string
}

type Selections = ReadonlyMap<string, Node>
type Scope = { readonly selections: Selections; readonly used: Set<string>; readonly path: Path }

function pick(scope: Scope, name: string): Node {
  const found = scope.selections.get(name)
  if (found === undefined) return refuse(`the condition names \`${name}\`, which is not defined`, scope.path)
  scope.used.add(name)
  return found
}

function resolve(condition: Condition, scope: Scope): Node {
  switch (condition.kind) {
    case 'name':
      return pick(scope, condition.name)
    case 'not':
      return not(resolve(condition.of, scope))
    case 'of': {
      const names = namesFor(condition.pattern, [...scope.selections.keys()])
      if (names.length === 0) refuse(`\`of ${condition.pattern}\` selects nothing`, scope.path)
      const nodes = names.map((name) => pick(scope, name))
      return condition.quantity === 'all'
        ? and(nodes, `all of ${condition.pattern}`)
        : or(nodes, `1 of ${condition.pattern}`)
    }
    default: {
      const nodes = condition.of.map((inner) => resolve(inner, scope))
      return condition.kind === 'and' ? and(nodes) : or(nodes)
    }
  }
}

function readSelections(detection: Readonly<Record<string, unknown>>, warn: Warn): Selections {
  const found = new Map<string, Node>()
  for (const [name, written] of Object.entries(detection)) {
    if (name === 'condition') continue
    const path = ['detection', name]
    if (name === 'timeframe') refuse('`timeframe` belongs to Sigma 1: write a correlation rule', path)
    found.set(name, selection(name, readSelection(written, { path, warn })))
  }
  if (found.size === 0) refuse('`detection` has no selection', ['detection'])
  return found
}

/** Reads the condition, or the list of conditions, which means their OR. */
function readConditions(written: unknown, selections: Selections, warn: Warn): Node {
  const path: Path = ['detection', 'condition']
  const list: readonly unknown[] = Array.isArray(written) ? written : [written]
  if (list.length === 0) refuse('`condition` is missing', path)
  const used = new Set<string>()
  const nodes = list.map((one, i) => {
    const here = Array.isArray(written) ? [...path, i] : path
    if (typeof one !== 'string' || one.trim() === '') return refuse('`condition` is missing', here)
    const condition = readCondition(one, here)
    if (condition.kind === 'of' && condition.quantity === 'any' && condition.pattern === 'them') {
      const filter = [...selections.keys()].find((name) => name.startsWith('filter'))
      if (filter !== undefined) warn(`\`1 of them\` also takes \`${filter}\``, here)
    }
    return resolve(condition, { selections, used, path: here })
  })
  for (const name of selections.keys()) {
    if (!used.has(name)) warn(`the selection \`${name}\` is not used`, ['detection', name])
  }
  return or(nodes)
}

function onlyKeywords(node: Node): boolean {
  if (node.kind === 'field' || node.kind === 'keyword') return node.kind === 'keyword'
  return node.kind === 'not' || node.kind === 'selection'
    ? onlyKeywords(node.of)
    : node.of.every(onlyKeywords)
}

/** Reads a detection rule; refuses it by throwing a refusal, never lets a part of it be ignored. */
export function readRule(document: Readonly<Record<string, unknown>>, file: string, warn: Warn): Rule {
  const head = readHead(document, file, warn)
  const logsource = readLogsource(document['logsource'])
  const { detection } = document
  if (!isMap(detection)) return refuse('`detection` is missing', ['detection'])
  const selections = readSelections(detection, warn)
  const condition = readConditions(detection['condition'], selections, warn)
  if (logsource.service === undefined && logsource.category === undefined && onlyKeywords(condition)) {
    warn('keywords without a category or service are searched in every event of the product', ['detection'])
  }
  return {
    ...head,
    kind: 'detection',
    logsource,
    selections: [...selections.values()],
    condition,
    hash: sha256(canonical([logsource, detection])),
  }
}
