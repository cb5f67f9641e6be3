import { type Instant, minute } from '../base/time.ts'
import { type Pool, withoutScope } from '../store/index.ts'
import type { Level } from './entry.ts'

/** By what the entries are counted. */
export const dimensions = ['prefecture', 'industry', 'month'] as const
export type Dimension = (typeof dimensions)[number]

/** Entries in force of one level with one value; the value is '' where an entry has none (no trade named). */
export type Tally = {
  readonly dimension: Dimension
  /** `27`, `E`, `2026-11`. */
  readonly key: string
  readonly level: Level
  readonly count: number
}

export type Statistics = {
  readonly asOf: Instant
  readonly tallies: readonly Tally[]
}

/**
 * One question to the database. Both parts read only the index `registry_entry_counted`, in its own order for places and
 * trades, by day for months: grouping 400,000 rows by three things at once takes twice as long.
 */
export const countQuery = `
  with place as (
    select level, prefecture, industry, count(*) as n from registry_entry where status = 'active' group by 1, 2, 3),
  day as (
    select level, declared_on, count(*) as n from registry_entry where status = 'active' group by 1, 2)
  select 'prefecture' as dimension, prefecture as key, level, sum(n)::int as count from place group by 2, 3
  union all
  select 'industry', coalesce(industry, ''), level, sum(n)::int from place group by 2, 3
  union all
  select 'month', to_char(declared_on, 'YYYY-MM'), level, sum(n)::int from day group by 2, 3`

/** All counts of the entries in force. Entries are public, so that no count is held back for being small. */
export async function countEntries(pool: Pool, now: Instant): Promise<Statistics> {
  return { asOf: now, tallies: await withoutScope(pool, (tx) => tx.rows<Tally>(countQuery)) }
}

/** How old the shown counts may be. */
export const countsKept = minute

/** Counts that are remembered for a minute; of many who ask at once one counts. */
export function makeStatistics(): (pool: Pool, now: Instant) => Promise<Statistics> {
  let kept: { readonly at: Instant; readonly read: Promise<Statistics> } | undefined
  return (pool, now) => {
    if (kept === undefined || now - kept.at >= countsKept || now < kept.at) {
      const read = countEntries(pool, now)
      kept = { at: now, read }
      // What failed is asked again.
      read.catch(() => {
        kept = undefined
      })
    }
    return kept.read
  }
}

/** The counts of one dimension by value, of one level or of both. */
export function countsBy(
  { tallies }: Statistics,
  dimension: Dimension,
  level: Level | undefined,
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const tally of tallies) {
    if (tally.dimension !== dimension || (level !== undefined && tally.level !== level)) continue
    counts.set(tally.key, (counts.get(tally.key) ?? 0) + tally.count)
  }
  return counts
}

/** How many entries there are of a level, or in all. */
export function totalOf(statistics: Statistics, level: Level | undefined): number {
  return [...countsBy(statistics, 'prefecture', level).values()].reduce((sum, count) => sum + count, 0)
}
