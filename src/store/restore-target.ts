import { fault } from '../base/fault.ts'
import type { Partition, SequenceState, Table } from './backup-format.ts'
import type { Client } from './pool.ts'
import { fullName, groups, quoted } from './roles.ts'

/** The database that a backup goes into: made ready for rows, and put back as sql/ made it. All in one transaction. */

const ours = `n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema'`

/** Throws RESTORE_NOT_EMPTY when there is any table or sequence. */
export async function mustBeEmpty(client: Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where ${ours} and c.relkind in ('r', 'p', 'S', 'v', 'm') order by 1 limit 5`,
  )
  if (rows.length > 0) {
    throw fault('RESTORE_NOT_EMPTY', {
      found: rows.map((row) => row.name),
      do: 'restore into a new MIMAMORI_HOME, or an empty database in DATABASE_URL',
    })
  }
}

/** What was taken away for the loading, as statements that put it back. */
export type Loosened = { readonly putBack: readonly string[] }

// A partition gets its foreign keys and triggers from its parent.
const foreignKeys = `
  select c.conrelid::regclass::text as "table", c.conname as name, pg_get_constraintdef(c.oid) as text
  from pg_constraint c join pg_class t on t.oid = c.conrelid join pg_namespace n on n.oid = t.relnamespace
  where c.contype = 'f' and c.conparentid = 0 and ${ours} order by 1, 2`

const triggers = `
  select t.tgrelid::regclass::text as "table", t.tgname as name, t.tgenabled as enabled
  from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
  where not t.tgisinternal and t.tgenabled <> 'D' and ${ours} order by 1, 2`

const forced = `
  select c.oid::regclass::text as "table" from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relforcerowsecurity and ${ours} order by 1`

const enableWords: Readonly<Record<string, string>> = { O: 'enable', A: 'enable always', R: 'enable replica' }

async function takeAway(client: Client): Promise<string[]> {
  const putBack: string[] = []
  for (const it of (await client.query<{ table: string; name: string; text: string }>(foreignKeys)).rows) {
    await client.query(`alter table ${it.table} drop constraint ${quoted(it.name)}`)
    putBack.push(`alter table ${it.table} add constraint ${quoted(it.name)} ${it.text}`)
  }
  for (const it of (await client.query<{ table: string; name: string; enabled: string }>(triggers)).rows) {
    await client.query(`alter table ${it.table} disable trigger ${quoted(it.name)}`)
    putBack.push(`alter table ${it.table} ${enableWords[it.enabled] ?? 'enable'} trigger ${quoted(it.name)}`)
  }
  return putBack
}

/**
 * Makes the tables ready to take rows in any order as they were: foreign keys, triggers and the forcing of row-level
 * security step aside for the owner, days are made, and rows that sql/ itself put in are removed, since the backup has them.
 */
export async function loosen(client: Client, starts: readonly Table[]): Promise<Loosened> {
  const putBack = await takeAway(client)
  if (starts.length > 0) {
    await client.query(`truncate ${starts.map((it) => fullName(it.table)).join(', ')}`)
  }
  for (const start of starts) {
    for (const partition of start.partitions) await makeDay(client, start, partition)
  }
  for (const it of (await client.query<{ table: string }>(forced)).rows) {
    await client.query(`alter table ${it.table} no force row level security`)
    putBack.push(`alter table ${it.table} force row level security`)
  }
  return { putBack }
}

async function isThere(client: Client, schema: string, name: string): Promise<boolean> {
  const there = await client.query('select 1 where to_regclass($1) is not null', [fullName({ schema, name })])
  return there.rowCount === 1
}

/** A day is made by the function of sql/ that makes all of them; any other partition as the backup describes it. */
async function makeDay(client: Client, start: Table, partition: Partition): Promise<void> {
  const { schema } = start.table
  if (await isThere(client, schema, partition.name)) return
  const maker = await client.query(`select 1 where to_regprocedure($1) is not null`, [
    `${quoted(schema)}.make_event_day(date)`,
  ])
  if (maker.rowCount === 1 && partition.from !== null && start.table.name === 'event') {
    const wanted = `($1::timestamptz at time zone 'Asia/Tokyo')::date`
    await client.query(`select ${quoted(schema)}.make_event_day(${wanted})`, [partition.from])
    if (await isThere(client, schema, partition.name)) return
  }
  const name = fullName({ schema, name: partition.name })
  await client.query(`create table ${name} partition of ${fullName(start.table)} ${partition.bound}`)
  await client.query(`revoke all on ${name} from public, ${Object.values(groups).join(', ')}`)
}

/** Puts back what `loosen` took away; foreign keys are checked over all rows on the way. */
export async function fasten(client: Client, it: Loosened): Promise<void> {
  for (const statement of it.putBack) await client.query(statement)
}

export async function setSequences(client: Client, states: readonly SequenceState[]): Promise<void> {
  for (const it of states) {
    await client.query('select setval($1::regclass, $2::bigint, $3)', [fullName(it), it.last, it.called])
  }
}
