import type { Instant } from '../base/time.ts'
import { moment, type Tx } from '../store/index.ts'
import type { EntryStatus, NewEntry } from './entry.ts'
import { freeNumbers, searchColumns } from './store.ts'

/**
 * Enters many at once, e.g. a list that a register kept on paper so far: one row each, with its first line of history.
 * Gives their numbers in the same order. A few thousand a call.
 */
export async function enterMany(
  tx: Tx,
  entries: readonly (NewEntry & { readonly status?: EntryStatus })[],
  of: { readonly code: string; readonly now: Instant },
): Promise<string[]> {
  const numbers = await freeNumbers(tx, of.code, entries.length)
  const searches = entries.map((entry) => searchColumns({ ...entry, status: entry.status ?? 'active' }))
  const column = <K extends keyof NewEntry>(name: K): (NewEntry[K] | null)[] =>
    entries.map((entry) => entry[name] ?? null)
  await tx.run(
    `insert into registry_entry (number, name, name_kana, corporate_number, sole_proprietor, prefecture, town, industry, level,
       pledge_edition, declared_on, self_check_on, policy_url, status, status_since, updated_at, name_key, kana_key, grams)
     select number, name, name_kana, corporate_number, sole_proprietor, prefecture, town, industry, level, pledge_edition, declared_on,
       self_check_on, policy_url, status, $18::timestamptz, $18::timestamptz, name_key, kana_key, grams::integer[]
     from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::boolean[], $6::text[], $7::text[], $8::text[], $9::text[],
       $10::text[], $11::date[], $12::date[], $13::text[], $14::text[], $15::text[], $16::text[], $17::text[])
       as t (number, name, name_kana, corporate_number, sole_proprietor, prefecture, town, industry, level, pledge_edition,
         declared_on, self_check_on, policy_url, status, name_key, kana_key, grams)`,
    [
      numbers,
      column('name'),
      column('nameKana'),
      column('corporateNumber'),
      column('soleProprietor'),
      column('prefecture'),
      column('town'),
      column('industry'),
      column('level'),
      column('pledgeEdition'),
      column('declaredOn'),
      column('selfCheckOn'),
      column('policyUrl'),
      entries.map((entry) => entry.status ?? 'active'),
      searches.map((search) => search.nameKey),
      searches.map((search) => search.kanaKey),
      searches.map((search) => `{${search.grams.join()}}`),
      moment(of.now),
    ],
  )
  await tx.run(
    `insert into registry_entry_event (id, number, kind, at, by, level)
     select gen_random_uuid(), number, 'entered', $2::timestamptz, 'registry', level from unnest($1::text[], $3::text[]) as t (number, level)`,
    [numbers, moment(of.now), column('level')],
  )
  return numbers
}
