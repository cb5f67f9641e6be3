import type { Engine } from './compile.ts'
import type { CorrelationRule } from './correlation.ts'
import { type Change, countOf, type Detection, type Group, insert, newGroup } from './group.ts'
import { type Grouping, groupingOf } from './grouping.ts'
import type { Event } from './look.ts'
import type { Hit } from './match.ts'
import { sha256 } from './sha256.ts'
import { type Counts, makeShelves, type Shelves, type ShelfLimits } from './shelf.ts'
import { readSnapshot, writeSnapshot } from './snapshot.ts'
import type { Entry } from './watch.ts'

/** A hit of a detection rule on its way into the correlations. */
export type Push = {
  readonly company: string
  readonly hit: Pick<Hit, 'rule'>
  readonly event: Event
  /** The event's own time, epoch milliseconds. */
  readonly at: number
  /** What the event is known by outside. Hits of one event carry the same reference and count once. */
  readonly ref: string
}

/** A correlation that holds: newly opened, or an open one that went on. */
export type CorrelationHit = {
  readonly rule: CorrelationRule
  readonly company: string
  /** Group-by field or alias to the first spelling seen. */
  readonly group: Readonly<Record<string, string>>
  /** Hits behind it, or distinct values for value_count. */
  readonly count: number
  readonly firstAt: number
  readonly lastAt: number
  /** The events behind it: the first ten and the newest, at most `limits.refs`. */
  readonly refs: readonly string[]
  /** False: an update of an open one. */
  readonly opened: boolean
  /** Company, rule, and a hash of group and first event: the same for the same events, so a replay inserts nothing twice. */
  readonly key: string
}

export type CorrelatorLimits = ShelfLimits & {
  /** Milliseconds by which a hit may be behind the newest of its group; later ones are counted and dropped. */
  readonly lateness: number
  readonly entriesPerGroup: number
  readonly refs: number
}

const defaults: CorrelatorLimits = {
  lateness: 600_000,
  entriesPerGroup: 10_000,
  refs: 100,
  groupsPerCompany: 50_000,
  entriesPerCompany: 200_000,
  groupsInAll: 200_000,
}

export type Correlator = {
  /** Takes one hit; gives what it opened or updated. Silent correlations only feed those above them. */
  readonly push: (push: Push) => CorrelationHit[]
  /** Forgets groups that no acceptable hit can reach any more at `now` (epoch milliseconds); gives how many. */
  readonly sweep: (now: number) => number
  /** What was dropped and why, since the start. */
  readonly counts: () => Counts
  /** The whole state as text. */
  readonly snapshot: () => string
  /** Replaces the state. Correlations whose content changed start empty; gives their ids. */
  readonly restore: (snapshot: string) => readonly string[]
}

/** A hit of a rule or of a correlation below, on its way into one correlation. */
type Feed = Omit<Entry, 'step' | 'value' | 'held' | 'counted'> & {
  readonly from: string
  readonly event: Event
}

type Work = {
  readonly company: string
  readonly limits: CorrelatorLimits
  readonly shelves: Shelves
  readonly groupings: ReadonlyMap<CorrelationRule, Grouping>
  /** Which correlations use a rule or correlation. */
  readonly users: ReadonlyMap<string, readonly CorrelationRule[]>
  readonly silent: (ruleId: string) => boolean
  readonly out: CorrelationHit[]
}

function usersOf(correlations: readonly CorrelationRule[]): ReadonlyMap<string, readonly CorrelationRule[]> {
  const users = new Map<string, CorrelationRule[]>()
  for (const correlation of correlations) {
    for (const id of correlation.rules) users.set(id, [...(users.get(id) ?? []), correlation])
  }
  return users
}

function told(group: Group, change: Change, company: string): CorrelationHit {
  const { detection, opened } = change
  return {
    rule: group.rule,
    company,
    group: group.fields,
    count: countOf(group.rule, detection),
    firstAt: detection.since,
    lastAt: detection.lastAt,
    refs: [...detection.refs],
    opened,
    key: detection.key,
  }
}

/**
 * What the correlations above are told. One that asks for an order hears each time the condition holds, because the
 * latest start decides; one that counts hears each opening once.
 */
function feedAbove(
  group: Group,
  told: { changes: readonly Change[]; holding: readonly Entry[] },
  work: Work,
): void {
  const above = work.users.get(group.rule.id) ?? []
  if (above.length === 0) return
  const feed = (detection: Detection, entry: Entry): Feed => ({
    from: group.rule.id,
    event: group.fields,
    at: entry.at,
    ref: entry.ref,
    weight: countOf(group.rule, detection),
    since: detection.since,
    refs: [...detection.refs],
  })
  const within = (detection: Detection, entry: Entry): boolean =>
    entry.at >= detection.firstAt && entry.at <= detection.lastAt
  for (const correlation of above) {
    if (correlation.type === 'temporal_ordered') {
      for (const entry of told.holding) {
        const detection = group.detections.find((one) => within(one, entry))
        if (detection !== undefined) take(correlation, feed(detection, entry), work)
      }
    } else {
      for (const { detection, opened } of told.changes) {
        const entry = told.holding.find((one) => within(detection, one))
        if (opened && entry !== undefined) take(correlation, feed(detection, entry), work)
      }
    }
  }
}

/** Puts a hit into one correlation, and what follows from it into those above. */
function take(rule: CorrelationRule, feed: Feed, work: Work): void {
  const { shelves, company, limits } = work
  const place = work.groupings.get(rule)?.(feed.from, feed.event)
  if (place === undefined) {
    shelves.counted.groupMissing++
    return
  }
  const { from, event: _, ...rest } = feed
  const entry: Entry = {
    ...rest,
    step: rule.rules.indexOf(from),
    value: place.value,
    held: false,
    counted: false,
  }
  const group = shelves.take(company, { rule, key: place.key, make: () => newGroup(rule, place.fields) })
  const size = group.entries.length
  const keyFor = (first: string): string =>
    `${company}:${rule.id}:${sha256(JSON.stringify([place.key, first])).slice(0, 32)}`
  const inserted = insert(group, entry, { limits, keyFor })
  shelves.settle(company, { group, grown: group.entries.length - size })
  shelves.counted.shrunk += inserted.dropped
  if (inserted.outcome === 'late') shelves.counted.lateDropped++
  if (inserted.outcome === 'repeated') shelves.counted.repeated++
  if (!work.silent(rule.id)) work.out.push(...inserted.changes.map((change) => told(group, change, company)))
  feedAbove(group, inserted, work)
}

/**
 * Makes the state machine for the correlations of an engine. State is kept by company first, so two companies never
 * share a group; time comes only from the hits.
 */
export function makeCorrelator(engine: Engine, limits: Partial<CorrelatorLimits> = {}): Correlator {
  const all = { ...defaults, ...limits }
  const shelves = makeShelves(all)
  const users = usersOf(engine.correlations)
  const groupings = new Map(engine.correlations.map((rule) => [rule, groupingOf(rule)]))
  return {
    push: ({ company, hit, event, at, ref }) => {
      const out: CorrelationHit[] = []
      const work: Work = { company, limits: all, shelves, groupings, users, silent: engine.silent, out }
      for (const rule of users.get(hit.rule.id) ?? []) {
        take(rule, { from: hit.rule.id, event, at, ref, weight: 1, since: at, refs: [ref] }, work)
      }
      return out
    },
    sweep: (now) => shelves.sweep(now, all.lateness),
    counts: () => shelves.counts(),
    snapshot: () => writeSnapshot(shelves, engine.correlations),
    restore: (snapshot) => readSnapshot(snapshot, shelves, engine.correlations),
  }
}
