import type { Pool, Tx } from '../store/index.ts'
import { withoutScope } from '../store/index.ts'
import type { Entry } from './entry.ts'
import { entryColumns, toEntry } from './row.ts'
import { conditionsOf, readBox, type SearchQuery } from './search-query.ts'

/** Entries of a query in the order of their numbers, from the one after `after`. For programs, that read all of it. */
export async function listEntries(
  tx: Tx,
  query: SearchQuery,
  of: { readonly code: string; readonly after?: string | undefined; readonly limit: number },
): Promise<Entry[]> {
  const { where, values } = conditionsOf(query, readBox(query.typed, of.code))
  const rows = await tx.rows<Entry>(
    `select ${entryColumns} from registry_entry e where ${where} and e.number > $${values.length + 1}
     order by e.number limit ${of.limit}`,
    [...values, of.after ?? ''],
  )
  return rows.map(toEntry)
}

/** So many rows are held at a time while the whole register is sent. */
const atOnce = 2_000

/**
 * All entries of a query, some thousand at a time, each in a transaction of its own: a slow reader holds no connection. What
 * changes meanwhile is in it as it was when its part was read.
 */
export async function* allEntries(
  pool: Pool,
  query: SearchQuery,
  code: string,
): AsyncGenerator<readonly Entry[], void, undefined> {
  let after: string | undefined
  for (;;) {
    const entries = await withoutScope(pool, (tx) => listEntries(tx, query, { code, after, limit: atOnce }))
    if (entries.length > 0) yield entries
    if (entries.length < atOnce) return
    after = entries.at(-1)?.number
  }
}
