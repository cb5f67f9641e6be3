import type { Tx } from '../store/index.ts'
import type { Entry, EntryStatus } from './entry.ts'
import { entryColumns, toEntry } from './row.ts'

/** Every entry that is suspended or has stopped: what a status list marks. By number. */
export function entriesNotActive(
  tx: Tx,
): Promise<{ number: string; status: Exclude<EntryStatus, 'active'> }[]> {
  return tx.rows(`select number, status from registry_entry where status <> 'active' order by number`)
}

/**
 * The entries of many tidy keys, each a number of the register or a corporate number. Of a firm with several entries the one in
 * force comes first, then the newest.
 */
export async function entriesByKeys(
  tx: Tx,
  keys: readonly string[],
): Promise<ReadonlyMap<string, readonly Entry[]>> {
  const asked = [...new Set(keys)]
  const rows = await tx.rows<Entry & { key: string }>(
    `select k.key, ${entryColumns} from unnest($1::text[]) as k (key) join registry_entry e on e.number = k.key
     union all
     select k.key, ${entryColumns} from unnest($1::text[]) as k (key) join registry_entry e on e.corporate_number = k.key
     order by key, "declaredOn" desc, number desc`,
    [asked],
  )
  const found = new Map<string, Entry[]>()
  for (const { key, ...row } of rows) {
    const entry = toEntry(row)
    const known = found.get(key) ?? []
    if (entry.status === 'active' && known[0]?.status !== 'active') known.unshift(entry)
    else known.push(entry)
    found.set(key, known)
  }
  return found
}
