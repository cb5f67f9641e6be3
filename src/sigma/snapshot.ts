import type { CorrelationRule } from './correlation.ts'
import { type Detection, type Group, newGroup, rebuilt } from './group.ts'
import type { Shelves } from './shelf.ts'
import type { Entry } from './watch.ts'

/** Raised when the text below changes its shape; a state in another format is not read. */
const format = 1

const entryOut = (entry: Entry): unknown => [
  entry.at,
  entry.ref,
  entry.step,
  entry.value,
  entry.weight,
  entry.since,
  // Most hits stand for one event, themselves.
  entry.refs.length === 1 && entry.refs[0] === entry.ref ? 0 : entry.refs,
  (entry.held ? 1 : 0) + (entry.counted ? 2 : 0),
]

const detectionOut = (one: Detection): unknown => [
  one.key,
  one.firstAt,
  one.lastAt,
  one.since,
  one.counts,
  [...one.values],
  one.refs,
]

/** The whole state as one line of JSON: format, the content hash of each correlation, then company by company. */
export function writeSnapshot(shelves: Shelves, correlations: readonly CorrelationRule[]): string {
  const companies = [...shelves.byCompany].map(([company, shelf]) => [
    company,
    [...shelf.groups].map(([name, group]) => [
      group.rule.id,
      name.slice(group.rule.id.length + 1),
      Object.entries(group.fields),
      group.entries.map(entryOut),
      group.detections.map(detectionOut),
    ]),
  ])
  return JSON.stringify([format, correlations.map((rule) => [rule.id, rule.hash]), companies])
}

const bad = (): never => {
  throw new TypeError('not a snapshot of correlation state')
}
const text = (value: unknown): string => (typeof value === 'string' ? value : bad())
const number = (value: unknown): number => (typeof value === 'number' ? value : bad())
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : bad())

function entryIn(value: unknown): Entry {
  const [at, ref, step, counted, weight, since, refs, flags] = list(value)
  return {
    at: number(at),
    ref: text(ref),
    step: number(step),
    value: text(counted),
    weight: number(weight),
    since: number(since),
    refs: refs === 0 ? [text(ref)] : list(refs).map(text),
    held: (number(flags) & 1) === 1,
    counted: (number(flags) & 2) === 2,
  }
}

function detectionIn(value: unknown): Detection {
  const [key, firstAt, lastAt, since, counts, values, refs] = list(value)
  return {
    key: text(key),
    firstAt: number(firstAt),
    lastAt: number(lastAt),
    since: number(since),
    counts: list(counts).map(number),
    values: new Set(list(values).map(text)),
    refs: list(refs).map(text),
  }
}

type Kept = { readonly company: string; readonly key: string; readonly group: Group }

function groupIn(
  company: string,
  value: unknown,
  rules: ReadonlyMap<string, CorrelationRule>,
): Kept | undefined {
  const [id, key, fields, entries, detections] = list(value)
  const rule = rules.get(text(id))
  if (rule === undefined) return undefined
  const shown = list(fields).map((pair) => list(pair).map(text))
  const group = newGroup(
    rule,
    Object.fromEntries(shown.map(([name = '', spelling = '']) => [name, spelling])),
  )
  group.entries = list(entries).map(entryIn)
  group.detections = list(detections).map(detectionIn)
  group.watcher = rebuilt(group)
  return { company, key: text(key), group }
}

type Read = { readonly groups: readonly Kept[]; readonly same: ReadonlySet<string> }

function parse(snapshot: string, correlations: readonly CorrelationRule[]): Read {
  const [version, hashes, companies] = list(JSON.parse(snapshot))
  if (version !== format) return { groups: [], same: new Set() }
  const known = new Map(list(hashes).map((pair) => [text(list(pair)[0]), text(list(pair)[1])]))
  const kept = correlations.filter((rule) => known.get(rule.id) === rule.hash)
  const rules = new Map(kept.map((rule) => [rule.id, rule]))
  const groups = list(companies).flatMap((one) => {
    const [company, inside] = list(one)
    return list(inside).flatMap((group) => groupIn(text(company), group, rules) ?? [])
  })
  // A correlation that is new has nothing to lose, so it is not told as dropped.
  const same = correlations.filter((rule) => rules.has(rule.id) || !known.has(rule.id))
  return { groups, same: new Set(same.map((rule) => rule.id)) }
}

function parseOrNothing(snapshot: string, correlations: readonly CorrelationRule[]): Read {
  try {
    return parse(snapshot, correlations)
  } catch (thrown) {
    if (thrown instanceof TypeError || thrown instanceof SyntaxError) return { groups: [], same: new Set() }
    throw thrown
  }
}

/**
 * Replaces the state by that of a snapshot. A correlation starts empty when its content changed, all do when the text
 * is of another format or no snapshot; gives the ids of those that lost state.
 */
export function readSnapshot(
  snapshot: string,
  shelves: Shelves,
  correlations: readonly CorrelationRule[],
): readonly string[] {
  const { groups, same } = parseOrNothing(snapshot, correlations)
  shelves.clear()
  for (const { company, key, group } of groups) {
    shelves.take(company, { rule: group.rule, key, make: () => group })
    shelves.settle(company, { group, grown: group.entries.length })
  }
  return correlations.filter((rule) => !same.has(rule.id)).map((rule) => rule.id)
}
