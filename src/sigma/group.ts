import type { CorrelationRule } from './correlation.ts'
import { type Entry, type Watcher, watch } from './watch.ts'

/** What is told outside about a group: one detection per run of hits without a quiet timespan. */
export type Detection = {
  readonly key: string
  /** Hits from here on belong to it. */
  firstAt: number
  lastAt: number
  /** Hits (or steps' hits, or distinct values) by step; see `countOf`. */
  readonly counts: number[]
  readonly values: Set<string>
  refs: string[]
  /** When the earliest event behind it was; before `firstAt` if correlations stand below. */
  since: number
}

/** The state of one (company, correlation, group). A pure function of its entries and detections, so it can be kept. */
export type Group = {
  readonly rule: CorrelationRule
  /** Group-by field to the first spelling seen. */
  readonly fields: Readonly<Record<string, string>>
  /** In time order; ties in the order of arrival, for temporal_ordered in the order of steps. */
  entries: Entry[]
  detections: Detection[]
  watcher: Watcher
}

export type GroupLimits = {
  /** Milliseconds by which a hit may be behind the newest of its group. */
  readonly lateness: number
  readonly entriesPerGroup: number
  readonly refs: number
}

export type Change = { readonly detection: Detection; readonly opened: boolean }

/** What one hit did to its group. */
export type Inserted = {
  readonly outcome: 'taken' | 'repeated' | 'late'
  readonly changes: readonly Change[]
  /** Entries at which the condition came to hold. */
  readonly holding: readonly Entry[]
  /** Entries dropped because of the cap. */
  readonly dropped: number
}

type Work = { readonly limits: GroupLimits; readonly keyFor: (firstRef: string) => string }

/** Hits at one instant that are looked through for the same event; they come together, when it hit several rules. */
const sameInstant = 64

export function newGroup(rule: CorrelationRule, fields: Group['fields']): Group {
  return { rule, fields, entries: [], detections: [], watcher: watch(rule) }
}

/** The number shown with a detection: distinct values, or the hits behind it. */
export function countOf(rule: CorrelationRule, detection: Detection): number {
  if (rule.type === 'value_count') return detection.values.size
  return detection.counts.reduce((sum, count) => sum + (count ?? 0), 0)
}

function addRefs(detection: Detection, refs: readonly string[], most: number): void {
  for (const ref of refs) if (!detection.refs.includes(ref)) detection.refs.push(ref)
  // The first events tell how it began and the last how it goes on.
  const kept = Math.min(10, most)
  const tooMany = detection.refs.length - most
  if (tooMany > 0) detection.refs.splice(kept, tooMany)
}

function include(group: Group, detection: Detection, work: { entry: Entry; limits: GroupLimits }): void {
  const { entry, limits } = work
  entry.counted = true
  const before = detection.counts[entry.step] ?? 0
  const chained = group.rule.type === 'temporal_ordered' && entry.weight > 1
  detection.counts[entry.step] = chained ? Math.max(before, entry.weight) : before + 1
  if (group.rule.type === 'value_count' && detection.values.size < limits.entriesPerGroup) {
    detection.values.add(entry.value)
  }
  detection.lastAt = Math.max(detection.lastAt, entry.at)
  detection.since = Math.min(detection.since, entry.since)
  addRefs(detection, entry.refs, limits.refs)
}

function open(group: Group, from: number, work: Work): Detection {
  const first = group.entries.find((entry) => entry.at >= from)
  const key = work.keyFor(first?.refs[0] ?? first?.ref ?? '')
  const counts = group.rule.rules.map(() => 0)
  return { key, firstAt: from, lastAt: from, counts, values: new Set(), refs: [], since: from }
}

function before(group: Group, a: Entry, b: Entry): boolean {
  if (a.at !== b.at) return a.at < b.at
  return group.rule.type === 'temporal_ordered' && a.step < b.step
}

/** Where a new entry belongs, from the end: most hits come in order. -1 when this event is there already. */
function place(group: Group, entry: Entry): number {
  const { entries } = group
  const ordered = group.rule.type === 'temporal_ordered'
  let at = entries.length
  for (
    let other = entries[at - 1];
    other !== undefined && before(group, entry, other);
    other = entries[at - 1]
  )
    at--
  for (let i = at - 1; i >= Math.max(0, at - sameInstant); i--) {
    const other = entries[i]
    if (other === undefined || other.at !== entry.at) break
    if (other.ref === entry.ref && (!ordered || other.step === entry.step)) return -1
  }
  return at
}

/** In order: only the newest entry can change anything. */
function append(group: Group, entry: Entry, work: Work): Omit<Inserted, 'outcome' | 'dropped'> {
  const start = group.watcher(entry)
  entry.held = start !== undefined
  const holding = start === undefined ? [] : [entry]
  const current = group.detections.at(-1)
  if (current !== undefined && entry.at - current.lastAt < group.rule.timespan) {
    include(group, current, { entry, limits: work.limits })
    return { changes: [{ detection: current, opened: false }], holding }
  }
  if (start === undefined) return { changes: [], holding }
  const detection = open(group, start, work)
  for (const one of group.entries) {
    if (one.at >= start) include(group, detection, { entry: one, limits: work.limits })
  }
  group.detections.push(detection)
  return { changes: [{ detection, opened: true }], holding }
}

type Run = { readonly entries: Entry[]; start: number | undefined }

/** Runs of hits without a quiet timespan between them, each with where its first satisfied window begins. */
function runsOf(group: Group, holding: Entry[]): readonly Run[] {
  const runs: Run[] = []
  group.watcher = watch(group.rule)
  for (const entry of group.entries) {
    const start = group.watcher(entry)
    if (start !== undefined && !entry.held) holding.push(entry)
    entry.held ||= start !== undefined
    const last = runs.at(-1)
    const previous = last?.entries.at(-1)
    if (last === undefined || previous === undefined || entry.at - previous.at >= group.rule.timespan) {
      runs.push({ entries: [entry], start })
    } else {
      last.entries.push(entry)
      last.start ??= start
    }
  }
  return runs
}

/** Detections that a run touches become one: the earliest takes the others in. */
function detectionOf(group: Group, run: Run): Detection | undefined {
  const first = run.entries[0]?.at ?? 0
  const last = run.entries.at(-1)?.at ?? 0
  const { timespan } = group.rule
  const touched = group.detections.filter(
    (one) => first - one.lastAt < timespan && one.firstAt - last < timespan,
  )
  const [kept, ...others] = touched
  if (kept === undefined) return undefined
  for (const other of others) {
    kept.firstAt = Math.min(kept.firstAt, other.firstAt)
    kept.lastAt = Math.max(kept.lastAt, other.lastAt)
    kept.since = Math.min(kept.since, other.since)
    for (const [step, count] of other.counts.entries()) kept.counts[step] = (kept.counts[step] ?? 0) + count
    for (const value of other.values) kept.values.add(value)
    kept.refs = [...new Set([...kept.refs, ...other.refs])]
  }
  group.detections = group.detections.filter((one) => !others.includes(one))
  return kept
}

/** Out of order: the whole group is worked out again, as if everything had come in time order. */
function rework(group: Group, work: Work): Omit<Inserted, 'outcome' | 'dropped'> {
  const holding: Entry[] = []
  const changes: Change[] = []
  for (const run of runsOf(group, holding)) {
    const known = detectionOf(group, run)
    if (known === undefined && run.start === undefined) continue
    const detection = known ?? open(group, run.start ?? 0, work)
    if (known === undefined) group.detections.push(detection)
    detection.firstAt = Math.min(detection.firstAt, run.start ?? detection.firstAt)
    const fresh = run.entries.filter((entry) => !entry.counted && entry.at >= detection.firstAt)
    for (const entry of fresh) include(group, detection, { entry, limits: work.limits })
    if (fresh.length > 0) changes.push({ detection, opened: known === undefined })
  }
  group.detections.sort((a, b) => a.firstAt - b.firstAt)
  return { changes, holding }
}

/** Forgets what no window of an acceptable hit can reach. */
function forget(group: Group, lateness: number): void {
  const newest = group.entries.at(-1)?.at ?? 0
  const horizon = newest - group.rule.timespan - lateness
  const firstKept = group.entries.findIndex((entry) => entry.at > horizon)
  if (firstKept > 0) group.entries.splice(0, firstKept)
  const stale = (one: Detection): boolean => one.lastAt <= horizon
  if (group.detections.some(stale)) group.detections = group.detections.filter((one) => !stale(one))
}

/** Over the cap: keeps for each type what its watcher needs, then the newest. */
function shrink(group: Group, most: number): number {
  const { type, threshold } = group.rule
  const size = group.entries.length
  if (size <= Math.max(most, 2 * threshold)) return 0
  const half = Math.max(threshold, most >> 1)
  if (type === 'event_count') group.entries = group.entries.slice(-half)
  else {
    // A flood of one value or one step must not push the others out: each keeps its own newest.
    const share = type === 'value_count' ? 1 : Math.max(1, Math.floor(half / group.rule.rules.length))
    const kept = new Map<string | number, number>()
    const newest = group.entries.toReversed().filter((entry) => {
      const label = type === 'value_count' ? entry.value : entry.step
      const count = (kept.get(label) ?? 0) + 1
      kept.set(label, count)
      return count <= share
    })
    group.entries = newest.slice(0, half).toReversed()
  }
  group.watcher = rebuilt(group)
  return size - group.entries.length
}

/** A watcher that has seen the entries of a group. */
export function rebuilt(group: Group): Watcher {
  const watcher = watch(group.rule)
  for (const entry of group.entries) watcher(entry)
  return watcher
}

/** In a chain a correlation is told each time it holds; its newest hit alone keeps the events, the older ones' too. */
function thin(group: Group, entry: Entry, at: number): void {
  if (entry.weight === 1 || group.rule.type !== 'temporal_ordered') return
  for (let i = at - 1; i >= Math.max(0, at - sameInstant); i--) {
    const other = group.entries[i]
    if (other?.step !== entry.step) continue
    other.refs = [other.ref]
    return
  }
}

/** Puts one hit into its group and says what changed. */
export function insert(group: Group, entry: Entry, work: Work): Inserted {
  const nothing = { changes: [], holding: [], dropped: 0 }
  const newest = group.entries.at(-1)
  if (newest !== undefined && entry.at < newest.at - work.limits.lateness)
    return { outcome: 'late', ...nothing }
  const at = place(group, entry)
  if (at < 0) return { outcome: 'repeated', ...nothing }
  const inOrder = at === group.entries.length
  group.entries.splice(at, 0, entry)
  thin(group, entry, at)
  const done = inOrder ? append(group, entry, work) : rework(group, work)
  if (inOrder) forget(group, work.limits.lateness)
  return { outcome: 'taken', ...done, dropped: shrink(group, work.limits.entriesPerGroup) }
}
