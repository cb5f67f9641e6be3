import { minute, type Instant } from '../base/time.ts'
import type { Tx } from '../store/index.ts'
import type { Entry } from './entry.ts'
import { entryColumns, toEntry } from './row.ts'
import { type BoxReading, type Conditions, conditionsOf, readBox, type SearchQuery } from './search-query.ts'

/** Hits are counted exactly up to here; beyond it the page says "or more". Counting all of 山 would cost more than finding. */
export const countedUpTo = 3_000
export const perPage = 20
/** People turn no more pages than these; who wants all of it takes the file. */
export const mostPages = 50

export type SearchResult = {
  readonly box: BoxReading
  readonly entries: readonly Entry[]
  readonly total: number
  /** Whether there are more than `total`. */
  readonly more: boolean
  readonly page: number
  readonly pages: number
}

/** So many of the newest are looked through before the whole index is asked; usual names need a few hundred. */
const newestFirst = 10_000
/** How long the number of all entries may be old: counting them takes longer than any search. */
const totalKept = minute

/** That a query has more hits than are counted is remembered this long; counting up to there is most of its cost. */
const usualKept = 10 * minute
const mostUsual = 1_000

export type Search = (
  tx: Tx,
  asked: { readonly query: SearchQuery; readonly page: number; readonly code: string; readonly now: Instant },
) => Promise<SearchResult>

/**
 * The search of the register. Entries whose whole name or reading is what was typed come first, then the newest
 * declarations. Remembers the number of all entries for a minute, and for ten which queries have too many hits to count.
 */
export function makeSearch(): Search {
  let all: { count: number; at: Instant } | undefined
  const countAll = async (tx: Tx, now: Instant): Promise<number> => {
    if (all === undefined || now - all.at > totalKept || now < all.at) {
      const row = await tx.one<{ n: number }>('select count(*)::int8 as n from registry_entry')
      all = { count: row?.n ?? 0, at: now }
    }
    return all.count
  }
  const usualOnes = new Map<string, Instant>()
  const remember = (query: string, now: Instant): void => {
    if (usualOnes.size >= mostUsual) usualOnes.clear()
    usualOnes.set(query, now)
  }
  return async (tx, { query, page: wanted, code, now }) => {
    const box = readBox(query.typed, code)
    const conditions = conditionsOf(query, box)
    const page = Math.min(Math.max(1, wanted), mostPages)
    const offset = (page - 1) * perPage
    const answer = (entries: readonly Entry[], total: number, more = false): SearchResult => {
      const pages = Math.max(1, Math.min(mostPages, Math.ceil(total / perPage)))
      return { box, entries, total, more, page: Math.min(page, pages), pages }
    }
    if (conditions.where === 'true')
      return answer(await newest(tx, conditions, { offset, limit: perPage }), await countAll(tx, now))
    const key = box.as === 'words' ? box.key : undefined
    const asked = JSON.stringify(conditions)
    const since = usualOnes.get(asked)
    if (since === undefined || now - since > usualKept || now < since) {
      const found = await gathered(tx, conditions, { key, offset })
      if (found.total <= countedUpTo) return answer(found.entries, found.total)
      remember(asked, now)
    }
    return answer(await usual(tx, conditions, { key, offset }), countedUpTo, true)
  }
}

const wholeName = (at: number): string => `(e.name_key = $${at} or e.kana_key = $${at})`

/**
 * All hits at once, counted and put in order: good while they are few. The inner list is planned for being read whole,
 * so that a wrong guess at how usual a pair is cannot lead past the index; it is read only as far as it is counted.
 */
async function gathered(
  tx: Tx,
  conditions: Conditions,
  of: { readonly key: string | undefined; readonly offset: number },
): Promise<{ total: number; entries: Entry[] }> {
  const { where, values } = conditions
  const same = of.key === undefined ? 'false' : wholeName(values.length + 1)
  const rows = await tx.rows<Entry & { total: number }>(
    `with hit as materialized (select e.number, e.declared_on, ${same} as same from registry_entry e where ${where}),
       counted as materialized (select * from hit limit ${countedUpTo + 1}),
       shown as (select * from counted order by same desc, declared_on desc, number desc limit ${perPage} offset ${of.offset})
     select (select count(*)::int from counted) as total, ${entryColumns}
     from (select 1) one left join shown on true left join registry_entry e on e.number = shown.number
     order by shown.same desc, shown.declared_on desc, shown.number desc`,
    of.key === undefined ? values : [...values, of.key],
  )
  const entries = rows.filter((row) => row.number !== null).map(({ total: _, ...row }) => toEntry(row))
  return { total: rows[0]?.total ?? 0, entries }
}

/** A page of more hits than are counted: whole names first, then down the list of the newest until the page is full. */
async function usual(
  tx: Tx,
  conditions: Conditions,
  of: { readonly key: string | undefined; readonly offset: number },
): Promise<Entry[]> {
  const { key, offset } = of
  if (key === undefined) return newest(tx, conditions, { offset, limit: perPage })
  const values = [...conditions.values, key]
  const whole = wholeName(values.length)
  const same = await newest(
    tx,
    { ...conditions, where: `${whole} and ${conditions.where}`, values },
    { offset: 0, limit: mostPages * perPage, all: true },
  )
  const front = same.slice(offset, offset + perPage)
  if (front.length === perPage) return front
  const rest = await newest(
    tx,
    { ...conditions, where: `${conditions.where} and not ${whole}`, values },
    { offset: Math.max(0, offset - same.length), limit: perPage - front.length },
  )
  return [...front, ...rest]
}

/**
 * From the newest declaration downwards. Looks through the newest of the register and only then asks for everything: hits
 * that are all old would otherwise cost a walk over every entry.
 */
async function newest(
  tx: Tx,
  conditions: Conditions,
  of: { readonly offset: number; readonly limit: number; readonly all?: true },
): Promise<Entry[]> {
  const { where, days, values } = conditions
  const ordered = 'order by e.declared_on desc, e.number desc'
  const part = `limit ${of.limit} offset ${of.offset}`
  if (where === days || of.all) {
    return (
      await tx.rows<Entry>(
        `select ${entryColumns} from registry_entry e where ${where} ${ordered} ${part}`,
        values,
      )
    ).map(toEntry)
  }
  const near = await tx.rows<Entry>(
    `select ${entryColumns} from (select * from registry_entry e where ${days} ${ordered} limit ${newestFirst}) e where ${where} ${part}`,
    values,
  )
  if (near.length === of.limit) return near.map(toEntry)
  const far = await tx.rows<Entry>(
    `with hit as materialized (select * from registry_entry e where ${where}) select ${entryColumns} from hit e ${ordered} ${part}`,
    values,
  )
  return far.map(toEntry)
}
