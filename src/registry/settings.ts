import { moment, type Pool, type Tx, withoutScope } from '../store/index.ts'
import type { Registry } from './entry.ts'
import { defined } from './row.ts'

/** The register of this installation; undefined when none is run here. Needs no scope: everything in it is public. */
export function readRegistry(pool: Pool): Promise<Registry | undefined> {
  return withoutScope(pool, registryOf)
}

/** The same inside a transaction. */
export async function registryOf(tx: Tx): Promise<Registry | undefined> {
  const row = await tx.one<Registry>(
    `select run_by as id, code, name, name_en as "nameEn", levels, review, terms, data_licence as "dataLicence",
       data_licence_url as "dataLicenceUrl", contact, opened_at as "openedAt" from registry`,
  )
  return row && defined(row)
}

/**
 * Keeps the settings as a whole; the first call founds the register. Its code never changes, because numbers begin
 * with it. The caller has asked whether the person may.
 */
export async function saveRegistry(tx: Tx, registry: Registry): Promise<void> {
  await tx.run(
    `insert into registry (run_by, code, name, name_en, levels, review, terms, data_licence, data_licence_url, contact, opened_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::timestamptz)
     on conflict (one) do update set name = excluded.name, name_en = excluded.name_en, levels = excluded.levels,
       review = excluded.review, terms = excluded.terms, data_licence = excluded.data_licence,
       data_licence_url = excluded.data_licence_url, contact = excluded.contact, opened_at = excluded.opened_at`,
    [
      registry.id,
      registry.code,
      registry.name,
      registry.nameEn,
      registry.levels,
      registry.review,
      registry.terms,
      registry.dataLicence,
      registry.dataLicenceUrl,
      registry.contact,
      registry.openedAt === undefined ? undefined : moment(registry.openedAt),
    ],
  )
}
