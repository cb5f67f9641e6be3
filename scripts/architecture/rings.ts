/**
 * The rings of a graph: every group of two or more nodes that reach each other (Tarjan's strongly connected
 * components), and nodes that point to themselves. Each ring once, its nodes sorted.
 */
export function ringsOf(graph: ReadonlyMap<string, ReadonlySet<string>>): string[][] {
  const state: State = { graph, order: new Map(), low: new Map(), open: [], rings: [] }
  for (const node of graph.keys()) if (!state.order.has(node)) visit(node, state)
  return state.rings.toSorted((a, b) => a.join().localeCompare(b.join()))
}

type State = {
  readonly graph: ReadonlyMap<string, ReadonlySet<string>>
  /** When a node was first met. */
  readonly order: Map<string, number>
  /** The earliest node still open that it reaches. */
  readonly low: Map<string, number>
  readonly open: string[]
  readonly rings: string[][]
}

function visit(node: string, state: State): number {
  const { graph, order, low, open } = state
  order.set(node, order.size)
  low.set(node, order.size - 1)
  open.push(node)
  for (const next of graph.get(node) ?? []) {
    if (!order.has(next)) lower(low, node, visit(next, state))
    else if (open.includes(next)) lower(low, node, order.get(next) ?? 0)
  }
  if (low.get(node) === order.get(node)) close(node, state)
  return low.get(node) ?? 0
}

function lower(low: Map<string, number>, node: string, reached: number): void {
  low.set(node, Math.min(low.get(node) ?? reached, reached))
}

function close(node: string, { graph, open, rings }: State): void {
  const group = open.splice(open.indexOf(node))
  if (group.length > 1 || graph.get(node)?.has(node)) rings.push(group.toSorted())
}

/** A graph from its arrows. */
export function graphOf(arrows: Iterable<readonly [from: string, to: string]>): Map<string, Set<string>> {
  const graph = new Map<string, Set<string>>()
  for (const [from, to] of arrows) {
    graph.set(from, (graph.get(from) ?? new Set()).add(to))
    if (!graph.has(to)) graph.set(to, new Set())
  }
  return graph
}
