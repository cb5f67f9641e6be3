import { type Pool, type Tx, withoutScope } from '../store/index.ts'
import { type Application, enteredFrom } from './application-store.ts'
import { searchKey } from './normalise.ts'
import type { Surroundings } from './review-oddity.ts'

/** Decisions on applications are made one after the other: each sees what the one before entered. */
export async function lockDecisions(tx: Tx): Promise<void> {
  await tx.run('select pg_advisory_xact_lock(7305801, 17)')
}

/** Entries in force with a corporate number; a suspended one may come back, so it counts. */
export function entriesOfCorporateNumber(tx: Tx, corporateNumber: string): Promise<string[]> {
  return numbers(
    tx,
    `select number from registry_entry where corporate_number = $1 and status <> 'stopped' order by number limit 5`,
    [corporateNumber],
  )
}

async function numbers(tx: Tx, text: string, values: readonly unknown[]): Promise<string[]> {
  const rows = await tx.rows<{ number: string }>(text, values)
  return rows.map(({ number }) => number)
}

/** What the register holds that an application is like, without the entry that it changes. */
export async function surroundingsOf(
  tx: Tx,
  { filled, email, entry }: Pick<Application, 'filled' | 'email' | 'entry'>,
): Promise<Pick<Surroundings, 'sameCorporateNumber' | 'sameNameAndPrefecture' | 'sameMail'>> {
  const others = (found: readonly string[]): readonly string[] => found.filter((number) => number !== entry)
  const sameNumber =
    filled.corporateNumber === undefined ? [] : await entriesOfCorporateNumber(tx, filled.corporateNumber)
  const sameName = await numbers(
    tx,
    `select number from registry_entry where name_key = $1 and prefecture = $2 and status <> 'stopped'
     order by number limit 5`,
    [searchKey(filled.name ?? ''), filled.prefecture ?? ''],
  )
  return {
    sameCorporateNumber: others(sameNumber),
    sameNameAndPrefecture: others(sameName),
    sameMail: email === null ? 0 : await enteredFrom(tx, { email, besides: entry }),
  }
}

/** An entry in force with the corporate number of an application, besides the one that it changes; entries are public. */
export function duplicateOf(
  pool: Pool,
  { filled, entry }: Pick<Application, 'filled' | 'entry'>,
): Promise<string | undefined> {
  const { corporateNumber } = filled
  if (corporateNumber === undefined) return Promise.resolve(undefined)
  return withoutScope(pool, async (tx) =>
    (await entriesOfCorporateNumber(tx, corporateNumber)).find((number) => number !== entry),
  )
}
