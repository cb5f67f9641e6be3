import { createHash } from 'node:crypto'
import type { Instant } from '../base/time.ts'
import { eventRef, parseEventRef } from '../event/index.ts'
import { type CorrelationHit, type Correlator, type Hit, makeCorrelator } from '../sigma/index.ts'
import type { Parsed } from '../source/index.ts'
import { eventOf, factsOf, heldOf, mergeFacts, mostLive, namesOf, timeOf } from './derive.ts'
import type { EvidenceRef, Finding } from './finding.ts'
import type { Edition } from './rule-book.ts'
import type { RuleMeta } from './rule-meta.ts'

/** The rules in force with the state of their correlations. */
export type Watch = { readonly edition: Edition; readonly correlator: Correlator }

/**
 * What the correlations of one company may hold. A small firm needs a few hundred places; a flood, or somebody who makes up
 * names, takes about 20 MB and no more, or a few of them together would take the memory from everybody.
 */
const correlationLimits = {
  groupsPerCompany: 5_000,
  entriesPerCompany: 20_000,
  entriesPerGroup: 2_000,
  groupsInAll: 100_000,
}

/** Rules in force, with nothing seen yet. */
export function freshWatch(edition: Edition): Watch {
  return { edition, correlator: makeCorrelator(edition.engine, correlationLimits) }
}

/** One kept line after its source has read it. */
export type ReadLine = {
  readonly day: string
  readonly batchNo: number
  readonly line: number
  readonly sensor: string
  readonly receivedAt: Instant
  readonly parsed: Parsed
}

/** At most so many lines stand behind one finding as evidence; its count stays exact. */
const mostRefs = 50

type Seen = {
  readonly company: string
  readonly line: ReadLine
  readonly event: Readonly<Record<string, unknown>>
  readonly at: Instant
}

/** The time travels in the reference, so that evidence of earlier batches needs no look-up. */
function refText(line: ReadLine, at: Instant): string {
  return `${eventRef(line.day, line.batchNo, line.line)}@${at}`
}

function readRef(text: string): EvidenceRef[] {
  const [ref = '', at = ''] = text.split('@')
  const place = parseEventRef(ref)
  return place === undefined ? [] : [{ ...place, at: Number(at) }]
}

function shortHash(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 24)
}

/** What every finding about this line says, whoever made it. */
function base(seen: Seen, edition: Edition, meta: RuleMeta) {
  const { line, company, event, at } = seen
  return {
    company,
    sensor: line.sensor,
    ruleSet: edition.version,
    detection: meta.detection,
    family: meta.family,
    arrivedAt: line.receivedAt,
    late: line.receivedAt - at > mostLive,
    common: line.parsed.common,
    names: namesOf(meta, line.parsed.common),
    held: heldOf(meta, event, at),
  }
}

function fromHit(hit: Hit, seen: Seen, edition: Edition): Finding | undefined {
  const meta = edition.metas.get(hit.rule.id)
  const rule = edition.refs.get(hit.rule.id)
  if (meta === undefined || rule === undefined) return undefined
  const { line, at, event } = seen
  const common = base(seen, edition, meta)
  // One finding per rule, machine and outcome in a batch: 5,000 equal lines are one row with a count.
  const group = [line.sensor, common.names[0] ?? '', common.held?.kind ?? '']
  return {
    ...common,
    key: `${rule.id}:${line.batchNo}:${shortHash(group)}`,
    rule,
    at,
    lastAt: at,
    count: 1,
    selections: hit.selections,
    fields: hit.fields,
    refs: [{ day: line.day, batchNo: line.batchNo, line: line.line, at }],
    facts: factsOf(meta, event, 1),
  }
}

/** A correlation above one that speaks itself, or that only says that things came in an order, adds one event. */
function countOf(hit: CorrelationHit, edition: Edition): number {
  const spoken = hit.rule.rules.some((id) => !edition.engine.silent(id))
  return hit.rule.type === 'temporal_ordered' || spoken ? 1 : hit.count
}

/** In an ordered correlation the first step is what is counted (the tries), the others are what followed. */
function stepsAfter(hit: CorrelationHit): number {
  return hit.rule.type === 'temporal_ordered' ? hit.rule.rules.length - 1 : 0
}

function fromCorrelation(hit: CorrelationHit, seen: Seen, edition: Edition): Finding | undefined {
  const meta = edition.metas.get(hit.rule.id)
  const rule = edition.refs.get(hit.rule.id)
  if (meta === undefined || rule === undefined) return undefined
  const { event } = seen
  return {
    ...base(seen, edition, meta),
    key: hit.key,
    rule,
    at: hit.firstAt,
    lastAt: hit.lastAt,
    count: countOf(hit, edition),
    selections: [],
    fields: { ...hit.group, count: hit.count },
    refs: hit.refs.flatMap(readRef).slice(-mostRefs),
    facts: factsOf(meta, { ...event, ...hit.group }, hit.count - stepsAfter(hit)),
  }
}

/** Machines that one rule tells apart in one batch; hits on more of them are one finding, in the name of the first. */
const mostMachines = 20

function joinHits(first: Finding, next: Finding, meta: RuleMeta): Finding {
  return {
    ...first,
    at: Math.min(first.at, next.at),
    lastAt: Math.max(first.lastAt, next.lastAt),
    late: first.late && next.late,
    count: first.count + next.count,
    refs: first.refs.length < mostRefs ? [...first.refs, ...next.refs] : first.refs,
    facts: mergeFacts(meta, { first: first.facts, next: next.facts }),
  }
}

/** Gathers what one batch gives: hits of one key are joined, of a correlation the newest state counts. */
function gather(edition: Edition) {
  const found = new Map<string, Finding>()
  const machines = new Map<string, number>()
  /** Under the key of its machine while there is room, else under the key of all the others. */
  const placed = (finding: Finding): Finding => {
    if (found.has(finding.key)) return finding
    const many = [finding.rule.id, finding.sensor, finding.held?.kind ?? '']
    const seen = machines.get(many.join('\n')) ?? 0
    if (seen >= mostMachines)
      return { ...finding, key: `${finding.rule.id}:${finding.refs[0]?.batchNo}:${shortHash(many)}` }
    machines.set(many.join('\n'), seen + 1)
    return finding
  }
  return {
    found,
    hit(one: Finding): void {
      const finding = placed(one)
      const first = found.get(finding.key)
      const meta = edition.metas.get(finding.rule.id)
      found.set(finding.key, first && meta ? joinHits(first, finding, meta) : finding)
    },
    correlation(finding: Finding): void {
      found.set(finding.key, finding)
    },
  }
}

/**
 * Holds the lines of one batch against the rules and moves the correlations on. The same batch after the same state
 * gives the same findings with the same keys.
 */
export function watchBatch(watch: Watch, company: string, lines: readonly ReadLine[]): Finding[] {
  const { edition, correlator } = watch
  const { found, hit: addHit, correlation } = gather(edition)
  for (const line of lines) {
    const at = timeOf(line.parsed, line.receivedAt)
    const event = eventOf(line.parsed, at)
    const hits = edition.engine.match(event, line.parsed.labels)
    // Fast path: nearly every line.
    if (hits.length === 0) continue
    const seen: Seen = { company, line, event, at }
    const ref = refText(line, at)
    for (const hit of hits) {
      const finding = edition.engine.silent(hit.rule.id) ? undefined : fromHit(hit, seen, edition)
      if (finding !== undefined) addHit(finding)
      for (const above of correlator.push({ company, hit, event, at, ref })) {
        const higher = fromCorrelation(above, seen, edition)
        if (higher !== undefined) correlation(higher)
      }
    }
  }
  return [...found.values()]
}
