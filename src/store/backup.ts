import { createHash } from 'node:crypto'
import {
  createWriteStream,
  existsSync,
  openSync,
  closeSync,
  fsyncSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { to as copyTo } from 'pg-copy-streams'
import { fault } from '../base/fault.ts'
import type { Instant } from '../base/time.ts'
import { mustSeeEverything } from './backup-access.ts'
import { format, line, type Progress, type SequenceState, type Table } from './backup-format.ts'
import type { Log } from './log.ts'
import { appliedMigrations, type Applied, versionOf } from './migrate.ts'
import { type Client, connect, moment } from './pool.ts'
import { fullName, loginUrl, quoted } from './roles.ts'

export type BackupOptions = {
  readonly ownerUrl: string
  readonly secret: string
  /** Must not exist yet; appears only when it is whole. */
  readonly file: string
  readonly log: Log
  readonly now: Instant
  readonly progress?: Progress
}

export type TableSummary = { readonly table: string; readonly rows: number; readonly sha256: string }

export type BackupSummary = {
  /** Version of the schema. */
  readonly version: number
  readonly tables: readonly TableSummary[]
  readonly rows: number
  readonly sequences: number
  /** Size of the file. */
  readonly bytes: number
}

/**
 * Every table of ours with the columns that hold something of their own. Generated columns compute themselves; the list
 * of migrations is in the header. Days stand beside their parent, since restore must make them first.
 */
const tables = `
  select json_build_object('schema', n.nspname, 'name', c.relname) as "table",
    (select coalesce(json_agg(a.attname order by a.attnum), '[]') from pg_attribute a
     where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
    (select coalesce(json_agg(json_build_object('name', p.relname, 'bound', pg_get_expr(p.relpartbound, p.oid),
        'from', substring(pg_get_expr(p.relpartbound, p.oid) from $r$FROM \\('([^']*)'\\)$r$)) order by p.relname), '[]')
     from pg_inherits i join pg_class p on p.oid = i.inhrelid where i.inhparent = c.oid) as partitions
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p') and not c.relispartition and n.nspname not like 'pg\\_%'
    and n.nspname <> 'information_schema' and not (n.nspname = 'mimamori' and c.relname = 'migration')
  order by n.nspname, c.relname`

const sequences = `
  select n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind = 'S' and n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema' order by 1, 2`

// Only for the progress bar: what the server thinks it has.
const expectedRows = `
  select coalesce(sum(greatest(reltuples, 0)), 0)::bigint as rows from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  where c.relkind = 'r' and n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema'`

const edition = (): string => {
  const about: { version?: string } = JSON.parse(
    readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
  )
  return about.version ?? 'unknown'
}

/** How a number, a span or bytes are written must not depend on the server or on who reads them back. */
export const session = `set datestyle = 'ISO, YMD'; set intervalstyle = 'postgres'; set extra_float_digits = 1;
  set bytea_output = 'hex'; set statement_timeout = 0; set idle_in_transaction_session_timeout = 0`

async function describe(
  client: Client,
): Promise<{ starts: Table[]; expected: number; schema: readonly Applied[] }> {
  const starts = (await client.query<Table>(tables)).rows
  if (starts.length > 0) {
    // No day may be dropped between the snapshot and its being read.
    await client.query(`lock table ${starts.map((it) => fullName(it.table)).join(', ')} in access share mode`)
  }
  const expected = (await client.query<{ rows: number }>(expectedRows)).rows[0]?.rows ?? 0
  return { starts, expected, schema: await appliedMigrations(client) }
}

async function sequenceStates(client: Client): Promise<SequenceState[]> {
  const states: SequenceState[] = []
  for (const it of (await client.query<{ schema: string; name: string }>(sequences)).rows) {
    const { rows } = await client.query<{ last: string; called: boolean }>(
      `select last_value::text as last, is_called as called from ${fullName(it)}`,
    )
    const state = rows[0]
    if (state !== undefined) states.push({ ...it, ...state })
  }
  return states
}

const blockSize = 256 * 1024

/** Joins the small pieces in which COPY comes into blocks of a decent size. */
async function* blocks(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer[] = []
  let size = 0
  for await (const piece of pieces) {
    held.push(piece)
    size += piece.length
    if (size < blockSize) continue
    yield Buffer.concat(held)
    held = []
    size = 0
  }
  if (size > 0) yield Buffer.concat(held)
}

type Writing = {
  readonly client: Client
  readonly options: BackupOptions
  readonly summaries: TableSummary[]
}

function countLines(block: Buffer): number {
  let count = 0
  for (let at = block.indexOf(10); at >= 0; at = block.indexOf(10, at + 1)) count += 1
  return count
}

async function* table(it: Writing, start: Table, tell: (rows: number) => unknown): AsyncGenerator<Buffer> {
  const name = `${start.table.schema}.${start.table.name}`
  const columns = start.columns.map(quoted).join(', ')
  yield line({ table: name })
  const hash = createHash('sha256')
  let rows = 0
  const copy = it.client.query(copyTo(`copy (select ${columns} from ${fullName(start.table)}) to stdout`))
  for await (const block of blocks(copy)) {
    hash.update(block)
    // In COPY's text a line end inside a value is escaped, so lines are rows.
    rows += countLines(block)
    await tell(rows)
    yield line({ bytes: block.length })
    yield block
  }
  const summary = { table: name, rows, sha256: hash.digest('hex') }
  it.summaries.push(summary)
  yield line({ bytes: 0 })
  yield line({ end: name, rows, sha256: summary.sha256 })
}

async function* content(it: Writing): AsyncGenerator<Buffer> {
  const { starts, expected, schema } = await describe(it.client)
  const server = (await it.client.query<{ v: string }>(`select current_setting('server_version') as v`))
    .rows[0]?.v
  yield line({
    mimamori: 'backup',
    format,
    edition: edition(),
    server: server ?? '',
    at: moment(it.options.now),
    schema,
    tables: starts,
    expected,
  })
  let before = 0
  for (const start of starts) {
    yield* table(it, start, (rows) =>
      it.options.progress?.({ table: start.table.name, rows: before + rows, expected }),
    )
    before += it.summaries.at(-1)?.rows ?? 0
  }
  yield line({ done: true, rows: before, sequences: await sequenceStates(it.client) })
}

function makeDurable(part: string, file: string): void {
  const open = openSync(part, 'r')
  fsyncSync(open)
  closeSync(open)
  renameSync(part, file)
}

/**
 * Writes everything in the database, as of one moment, into one file; people go on working meanwhile. Reads as the backup
 * role and refuses (BACKUP_INCOMPLETE) when that role would miss a row. Passwords of database roles are not in it, since
 * they come from the secret of the home; sessions and hashed codes of sign-in are, so guard the file like the database.
 */
export async function backup(options: BackupOptions): Promise<BackupSummary> {
  if (existsSync(options.file))
    throw fault('SETTING', { problems: [`${options.file}: this file exists already`] })
  const part = `${options.file}.part`
  const url = loginUrl({ ownerUrl: options.ownerUrl, secret: options.secret, part: 'backup' })
  const client = await connect({ url, log: options.log, name: 'mimamori backup' })
  const summaries: TableSummary[] = []
  try {
    await client.query(`set timezone = 'UTC'; ${session}`)
    await client.query('begin isolation level repeatable read, read only')
    await mustSeeEverything(client)
    const version = versionOf(await appliedMigrations(client))
    const file = createWriteStream(part, { mode: 0o600 })
    await pipeline(content({ client, options, summaries }), createGzip({ level: 4 }), file)
    await client.query('commit')
    makeDurable(part, options.file)
    const rows = summaries.reduce((sum, one) => sum + one.rows, 0)
    const counted = (await client.query(sequences)).rowCount ?? 0
    return { version, tables: summaries, rows, sequences: counted, bytes: statSync(options.file).size }
  } finally {
    rmSync(part, { force: true })
    await client.end()
  }
}
