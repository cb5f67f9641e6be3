import { randomInt } from 'node:crypto'
import { fault } from '../base/fault.ts'
import type { Tx } from '../store/index.ts'

/** Places in one list: the least that Bitstring Status List 1.0 (3.1) allows, so that a place hides among many. */
export const placesPerList = 131_072

/** Where the badge of an entry stands: the list, from 1, and the place in it. */
export type StatusPlace = { readonly list: number; readonly place: number }

/** Draws per list; where all of them are taken the list is about four fifths full, and the next one begins. */
const draws = 12

async function known(tx: Tx, entry: string): Promise<StatusPlace | undefined> {
  return tx.one<StatusPlace>('select list, place from badge_status where entry_number = $1', [entry])
}

/**
 * The place of an entry; drawn by lot when it is first asked for, and never changed. `draw` gives a whole number from 0
 * below its argument.
 */
export async function placeOf(
  tx: Tx,
  entry: string,
  draw: (below: number) => number = (below) => randomInt(below),
): Promise<StatusPlace> {
  const already = await known(tx, entry)
  if (already) return already
  const newest = await tx.one<{ list: number }>(
    'select coalesce(max(list), 1)::int as list from badge_status',
  )
  for (let list = newest?.list ?? 1, tried = 0; tried < 3 * draws; tried += 1) {
    if (tried > 0 && tried % draws === 0) list += 1
    const place = draw(placesPerList)
    // Another process may take the place, or place the same entry, at the same moment.
    const taken = await tx.run(
      'insert into badge_status (entry_number, list, place) values ($1, $2, $3) on conflict do nothing',
      [entry, list, place],
    )
    if (taken === 1) return { list, place }
    const meanwhile = await known(tx, entry)
    if (meanwhile) return meanwhile
  }
  throw fault('INTERNAL', { bug: 'no free place in a status list', entry })
}

/** How many lists there are; the first exists before anybody stands in it. */
export async function countLists(tx: Tx): Promise<number> {
  const row = await tx.one<{ lists: number }>('select coalesce(max(list), 1)::int as lists from badge_status')
  return row?.lists ?? 1
}

/** The places of these entries in one list. */
export async function placesOf(tx: Tx, list: number, entries: readonly string[]): Promise<readonly number[]> {
  const rows = await tx.rows<{ place: number }>(
    'select place from badge_status where list = $1 and entry_number = any ($2::text[])',
    [list, entries],
  )
  return rows.map((row) => row.place)
}
