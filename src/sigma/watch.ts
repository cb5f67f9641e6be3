import type { CorrelationRule } from './correlation.ts'

/** One hit inside a correlation group. */
export type Entry = {
  readonly at: number
  readonly ref: string
  /** Which of the correlation's rules it came from. */
  readonly step: number
  /** What value_count counts, folded; empty for the other types. */
  readonly value: string
  /** How many hits stand behind it: more than one when it came from a correlation. */
  readonly weight: number
  /** When the first of them was. */
  readonly since: number
  /** The events behind it. */
  refs: readonly string[]
  /** The condition held here, and the correlations above have been told. */
  held: boolean
  /** It belongs to a detection already. */
  counted: boolean
}

/**
 * Watches hits of one group in time order. Gives the time at which the satisfied window begins when the condition
 * holds at this hit, else nothing. It keeps only what exactness needs.
 */
export type Watcher = (entry: Entry) => number | undefined

/** N hits of any rule: the times of the last N are enough. */
function watchCount({ threshold, timespan }: CorrelationRule): Watcher {
  const ring: number[] = []
  let count = 0
  return ({ at }) => {
    ring[count % threshold] = at
    count++
    const oldest = ring[count % threshold]
    if (threshold === 1) return at
    if (count < threshold || oldest === undefined) return undefined
    return at - oldest < timespan ? oldest : undefined
  }
}

/** N distinct values: the N most recently seen, each with its last time, are enough. */
function watchValues({ threshold, timespan }: CorrelationRule): Watcher {
  const recent: { readonly value: string; readonly at: number }[] = []
  return ({ at, value }) => {
    const known = recent.findIndex((one) => one.value === value)
    if (known >= 0) recent.splice(known, 1)
    recent.push({ value, at })
    if (recent.length > threshold) recent.shift()
    const oldest = recent[0]
    if (recent.length < threshold || oldest === undefined) return undefined
    return at - oldest.at < timespan ? oldest.at : undefined
  }
}

type Chain = { readonly start: number; readonly refs: readonly string[] }

/** The two chains that started last and end with different events: one event serves one step only. */
function bestTwo(chains: readonly Chain[]): readonly Chain[] {
  const [first, ...others] = chains.toSorted((a, b) => b.start - a.start)
  if (first === undefined) return []
  const second = others.find((other) => other.refs.at(-1) !== first.refs.at(-1))
  return second === undefined ? [first] : [first, second]
}

/** A chain in the order of the rules: for each step the latest start of a chain that ends there is enough. */
function watchOrder({ rules, timespan }: CorrelationRule): Watcher {
  const best: (readonly Chain[])[] = rules.map(() => [])
  return ({ at, ref, step }) => {
    const before = step === 0 ? [{ start: at, refs: [] }] : (best[step - 1] ?? [])
    const grown = before
      .filter((chain) => !chain.refs.includes(ref))
      .map((chain) => ({ start: chain.start, refs: [...chain.refs, ref] }))
    best[step] = bestTwo([...grown, ...(best[step] ?? [])])
    if (step < rules.length - 1 || grown.length === 0) return undefined
    const start = Math.max(...grown.map((chain) => chain.start))
    return at - start < timespan ? start : undefined
  }
}

/** A fresh watcher for a correlation. */
export function watch(rule: CorrelationRule): Watcher {
  switch (rule.type) {
    case 'event_count':
      return watchCount(rule)
    case 'value_count':
      return watchValues(rule)
    case 'temporal_ordered':
      return watchOrder(rule)
  }
}
