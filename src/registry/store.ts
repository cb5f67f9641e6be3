import { randomBytes } from 'node:crypto'
import { fault } from '../base/fault.ts'
import type { Instant } from '../base/time.ts'
import { moment, newId, type Tx } from '../store/index.ts'
import type { ChangedBy, Entry, EntryEvent, EntryEventKind, EntryStatus, NewEntry } from './entry.ts'
import { facetGram, gramsOf } from './gram.ts'
import { searchKey } from './normalise.ts'
import { numberFrom } from './number.ts'
import { entryColumns, toEntry, toEvent } from './row.ts'
import { registryOf } from './settings.ts'

/** Which side changes an entry, and when. */
export type Change = { readonly by: ChangedBy; readonly now: Instant }

/** What is derived from an entry for the search. Written with every change, so that the index never lags. */
export function searchColumns(
  entry: Pick<Entry, 'name' | 'nameKana' | 'prefecture' | 'industry' | 'level' | 'status'>,
): {
  nameKey: string
  kanaKey: string
  grams: number[]
} {
  const nameKey = searchKey(entry.name)
  const kanaKey = searchKey(entry.nameKana ?? '')
  const grams = new Set([
    ...gramsOf(nameKey),
    ...gramsOf(kanaKey),
    facetGram('level', entry.level.slice(2)),
    facetGram('status', entry.status.slice(0, 2)),
    facetGram('prefecture', entry.prefecture),
    ...(entry.industry === undefined ? [] : [facetGram('industry', entry.industry)]),
  ])
  return { nameKey, kanaKey, grams: [...grams] }
}

/** A number that nobody has: 40 bits at random, so the numbers tell neither order nor count. */
export function issueNumber(code: string): string {
  for (;;) {
    const number = numberFrom(code, randomBytes(5))
    if (number !== undefined) return number
  }
}

/**
 * Numbers that nobody has. Of 400,000 random ones two are the same in one register of fourteen, so the register is asked.
 */
export async function freeNumbers(tx: Tx, code: string, count: number): Promise<string[]> {
  const free = new Set<string>()
  while (free.size < count) {
    const wanted = Array.from({ length: count - free.size }, () => issueNumber(code))
    const taken = await tx.rows<{ number: string }>(
      'select number from registry_entry where number = any($1::text[])',
      [wanted],
    )
    const known = new Set(taken.map((row) => row.number))
    for (const number of wanted) if (!known.has(number)) free.add(number)
  }
  return [...free]
}

/**
 * Enters a declaration and gives its number. An entry that it `replaces` ends with it. Faults: NOT_FOUND without a
 * register, BAD_INPUT for a level that the register does not use.
 */
export async function enterEntry(tx: Tx, entry: NewEntry, { by, now }: Change): Promise<string> {
  const registry = await registryOf(tx)
  if (registry === undefined) throw fault('NOT_FOUND', { what: 'registry' })
  if (!registry.levels.includes(entry.level)) throw fault('BAD_INPUT', { field: 'level' })
  const [number = ''] = await freeNumbers(tx, registry.code, 1)
  await insertEntry(tx, {
    ...entry,
    number,
    status: 'active',
    statusSince: now,
    replacedBy: undefined,
    updatedAt: now,
  })
  await tell(tx, { number, kind: 'entered', at: now, by, level: entry.level, reason: undefined })
  if (entry.replaces !== undefined)
    await replaceEntry(tx, { number: entry.replaces, replacedBy: number }, { by, now })
  return number
}

async function insertEntry(tx: Tx, entry: Entry): Promise<void> {
  const search = searchColumns(entry)
  await tx.run(
    `insert into registry_entry (number, name, name_kana, corporate_number, sole_proprietor, prefecture, town, industry, level,
       pledge_edition, declared_on, self_check_on, policy_url, status, status_since, replaces, updated_at, name_key, kana_key, grams)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::date, $12::date, $13, $14, $15::timestamptz, $16, $15::timestamptz, $17, $18, $19)`,
    [
      entry.number,
      entry.name,
      entry.nameKana,
      entry.corporateNumber,
      entry.soleProprietor,
      entry.prefecture,
      entry.town,
      entry.industry,
      entry.level,
      entry.pledgeEdition,
      entry.declaredOn,
      entry.selfCheckOn,
      entry.policyUrl,
      entry.status,
      moment(entry.statusSince),
      entry.replaces,
      search.nameKey,
      search.kanaKey,
      search.grams,
    ],
  )
}

async function tell(tx: Tx, event: EntryEvent & { readonly number: string }): Promise<void> {
  await tx.run(
    `insert into registry_entry_event (id, number, kind, at, by, level, reason) values ($1, $2, $3, $4::timestamptz, $5, $6, $7)`,
    [newId(), event.number, event.kind, moment(event.at), event.by, event.level, event.reason],
  )
}

/** One entry, locked until the end of the transaction. Fault NOT_FOUND. */
async function lockEntry(tx: Tx, number: string): Promise<Entry> {
  const row = await tx.one<Entry>(
    `select ${entryColumns} from registry_entry e where e.number = $1 for update`,
    [number],
  )
  if (row === undefined) throw fault('NOT_FOUND', { entry: number })
  return toEntry(row)
}

async function updateEntry(tx: Tx, entry: Entry, now: Instant): Promise<void> {
  const search = searchColumns(entry)
  await tx.run(
    `update registry_entry set name = $2, name_kana = $3, corporate_number = $4, prefecture = $5, town = $6, industry = $7,
       level = $8, pledge_edition = $9, declared_on = $10::date, self_check_on = $11::date, policy_url = $12, status = $13,
       status_since = $14::timestamptz, replaced_by = $15, updated_at = $16::timestamptz, name_key = $17, kana_key = $18, grams = $19
     where number = $1`,
    [
      entry.number,
      entry.name,
      entry.nameKana,
      entry.corporateNumber,
      entry.prefecture,
      entry.town,
      entry.industry,
      entry.level,
      entry.pledgeEdition,
      entry.declaredOn,
      entry.selfCheckOn,
      entry.policyUrl,
      entry.status,
      moment(entry.statusSince),
      entry.replacedBy,
      moment(now),
      search.nameKey,
      search.kanaKey,
      search.grams,
    ],
  )
}

/** From which states one can come to a state. What has stopped stays so: declaring again is a new entry. */
const comesFrom: Readonly<Record<EntryStatus, readonly EntryStatus[]>> = {
  active: ['suspended'],
  suspended: ['active'],
  stopped: ['active', 'suspended'],
}
const told: Readonly<Record<EntryStatus, EntryEventKind>> = {
  active: 'resumed',
  suspended: 'suspended',
  stopped: 'stopped',
}

/**
 * Suspends, resumes or stops an entry; `reason` is read by everybody. Faults: NOT_FOUND, ENTRY_STATE when the entry is
 * already so or has stopped for good.
 */
export async function changeEntryStatus(
  tx: Tx,
  to: { readonly number: string; readonly status: EntryStatus; readonly reason?: string | undefined },
  { by, now }: Change,
): Promise<void> {
  const { number } = to
  const entry = await lockEntry(tx, number)
  if (!comesFrom[to.status].includes(entry.status))
    throw fault('ENTRY_STATE', { from: entry.status, to: to.status })
  await updateEntry(tx, { ...entry, status: to.status, statusSince: now }, now)
  await tell(tx, { number, kind: told[to.status], at: now, by, level: entry.level, reason: to.reason })
}

async function replaceEntry(
  tx: Tx,
  of: { number: string; replacedBy: string },
  { by, now }: Change,
): Promise<void> {
  const entry = await lockEntry(tx, of.number)
  if (entry.status === 'stopped') throw fault('ENTRY_STATE', { from: entry.status, to: 'replaced' })
  await updateEntry(tx, { ...entry, status: 'stopped', statusSince: now, replacedBy: of.replacedBy }, now)
  await tell(tx, { number: of.number, kind: 'replaced', at: now, by, level: entry.level, reason: undefined })
}

/** What a company may have put right without declaring again. */
export type EntryDetails = Pick<
  Entry,
  'name' | 'nameKana' | 'corporateNumber' | 'prefecture' | 'town' | 'industry' | 'selfCheckOn' | 'policyUrl'
>

/** Puts an entry's details right, as a whole. Faults: NOT_FOUND, ENTRY_STATE when it has stopped. */
export async function changeEntryDetails(
  tx: Tx,
  details: EntryDetails & { readonly number: string },
  { by, now }: Change,
): Promise<void> {
  const { number } = details
  const entry = await lockEntry(tx, number)
  if (entry.status === 'stopped') throw fault('ENTRY_STATE', { from: entry.status, to: 'details' })
  await updateEntry(tx, { ...entry, ...details }, now)
  await tell(tx, { number, kind: 'details_changed', at: now, by, level: entry.level, reason: undefined })
}

/** Steps up or down under the same number. Faults: NOT_FOUND, ENTRY_STATE unless it is active. */
export async function changeEntryLevel(
  tx: Tx,
  to: Pick<Entry, 'number' | 'level' | 'pledgeEdition' | 'declaredOn' | 'selfCheckOn' | 'policyUrl'>,
  { by, now }: Change,
): Promise<void> {
  const { number } = to
  const entry = await lockEntry(tx, number)
  if (entry.status !== 'active') throw fault('ENTRY_STATE', { from: entry.status, to: to.level })
  await updateEntry(tx, { ...entry, ...to }, now)
  await tell(tx, { number, kind: 'level_changed', at: now, by, level: to.level, reason: undefined })
}

/** One entry with its history, the newest first. The number must be tidy (`readNumber`). */
export async function findEntry(
  tx: Tx,
  number: string,
): Promise<(Entry & { readonly history: readonly EntryEvent[] }) | undefined> {
  const row = await tx.one<Entry>(`select ${entryColumns} from registry_entry e where e.number = $1`, [
    number,
  ])
  if (row === undefined) return undefined
  const history = await tx.rows<EntryEvent>(
    `select kind, at, by, level, reason from registry_entry_event where number = $1 order by at desc, kind`,
    [number],
  )
  return { ...toEntry(row), history: history.map(toEvent) }
}
