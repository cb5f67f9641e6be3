import { type Instant, jst, minute } from '../base/time.ts'
import type { Parsed } from '../source/index.ts'
import type { Finding, Held } from './finding.ts'
import { isInside } from './inside.ts'
import type { FactRule, RuleMeta } from './rule-meta.ts'

/** A clock further ahead than this cannot be believed. */
const mostAhead = 5 * minute

/** Later than this after it happened, a line counts as late. */
export const mostLive = 10 * minute

/** The time that counts for an event: its own, unless it lies in our future. */
export function timeOf(parsed: Parsed, receivedAt: Instant): Instant {
  return parsed.eventTime > receivedAt + mostAhead ? receivedAt : parsed.eventTime
}

/**
 * What rules look at: the source's own fields, the common names where the source has no such field, and `hour_jst`,
 * the hour in Japan (0 to 23).
 */
export function eventOf(parsed: Parsed, at: Instant): Readonly<Record<string, unknown>> {
  return { ...parsed.common, ...parsed.fields, hour_jst: jst(at).hour }
}

/** What the machine in question may be called, best first. */
export function namesOf(meta: Pick<RuleMeta, 'device'>, common: Finding['common']): string[] {
  const { host, src_ip, dst_ip } = common
  const within = [src_ip, dst_ip].filter((address) => address !== undefined && isInside(address))
  const names = meta.device === 'inside' ? [...within, host] : [host]
  return names.filter((name) => name !== undefined)
}

type Event = Readonly<Record<string, unknown>>

/** What the device says that it did about it, where the rule counts that as held. */
export function heldOf(meta: RuleMeta, event: Event, at: Instant): Held | undefined {
  const { held } = meta
  const said = held && event[held.field]
  if (held === undefined || said === undefined) return undefined
  return held.values.has(String(said).toLowerCase()) ? { kind: held.kind, at, by: 'device' } : undefined
}

/** Texts longer than this are no names of anything. */
const longestFact = 80

function read(event: Event, names: string | readonly string[]): string | number | undefined {
  for (const name of typeof names === 'string' ? [names] : names) {
    const value = event[name]
    if (typeof value === 'number' && Number.isFinite(value)) return value
    if (
      typeof value === 'string' &&
      value !== '' &&
      value !== '-' &&
      value !== 'N/A' &&
      value.length <= longestFact
    )
      return value
  }
  return undefined
}

function factOf(rule: FactRule, event: Event, count: number): string | number | undefined {
  if (typeof rule !== 'object') return rule
  if ('count' in rule) return count
  if ('sum' in rule) return Number(read(event, rule.sum) ?? 0) || 0
  return read(event, rule.field)
}

/** The values for the notice's fields that one event gives. `count`: hits, or distinct values, behind it. */
export function factsOf(meta: RuleMeta, event: Event, count: number): Record<string, string | number> {
  const facts: Record<string, string | number> = {}
  for (const [name, rule] of Object.entries(meta.facts)) {
    const value = factOf(rule, event, count)
    if (value !== undefined) facts[name] = value
  }
  return facts
}

/** Facts of two findings of one rule in one batch: sums are added, counts follow, the rest stays as first said. */
export function mergeFacts(
  meta: RuleMeta,
  facts: { readonly first: Finding['facts']; readonly next: Finding['facts'] },
): Record<string, string | number> {
  const merged: Record<string, string | number> = { ...facts.next, ...facts.first }
  for (const [name, rule] of Object.entries(meta.facts)) {
    if (typeof rule !== 'object') continue
    if ('sum' in rule) merged[name] = Number(facts.first[name] ?? 0) + Number(facts.next[name] ?? 0)
    if ('count' in rule)
      merged[name] = Math.max(Number(facts.first[name] ?? 0), Number(facts.next[name] ?? 0))
  }
  return merged
}
