import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { from as copyFrom } from 'pg-copy-streams'
import { z } from 'zod'
import { fault } from '../base/fault.ts'
import { session } from './backup.ts'
import { format, openBackup, type Progress, type Reader, type Table } from './backup-format.ts'
import type { Log } from './log.ts'
import {
  applyFile,
  bootstrap,
  lockNumber,
  migrate,
  ownSql,
  pendingMigrations,
  readMigrations,
  versionOf,
} from './migrate.ts'
import { type Client, connect } from './pool.ts'
import { fasten, loosen, mustBeEmpty, setSequences } from './restore-target.ts'
import { fullName, quoted } from './roles.ts'

export type RestoreOptions = {
  /** The owner of an empty database whose roles exist. */
  readonly ownerUrl: string
  readonly file: string
  readonly log: Log
  /** Another folder of migrations, for tests. */
  readonly sql?: string
  readonly progress?: Progress
}

export type RestoreSummary = {
  /** Version of the schema in the backup, and after bringing it forward. */
  readonly from: number
  readonly to: number
  readonly at: string
  readonly tables: number
  readonly rows: number
}

const headerShape = z.object({
  mimamori: z.literal('backup'),
  format: z.literal(format),
  edition: z.string(),
  at: z.string(),
  schema: z.array(z.object({ number: z.int(), name: z.string(), sha256: z.string() })),
  tables: z.array(
    z.object({
      table: z.object({ schema: z.string(), name: z.string() }),
      columns: z.array(z.string()),
      partitions: z.array(z.object({ name: z.string(), bound: z.string(), from: z.string().nullable() })),
    }),
  ),
  expected: z.number(),
})
const startShape = z.object({ table: z.string() })
const blockShape = z.object({
  bytes: z
    .int()
    .min(0)
    .max(1024 * 1024 * 1024),
})
const endShape = z.object({ end: z.string(), rows: z.int(), sha256: z.string() })
const doneShape = z.object({
  done: z.literal(true),
  rows: z.int(),
  sequences: z.array(
    z.object({ schema: z.string(), name: z.string(), last: z.string(), called: z.boolean() }),
  ),
})

function checked<T>(shape: z.ZodType<T>, value: unknown): T {
  const read = shape.safeParse(value)
  if (read.success) return read.data
  throw fault('BACKUP_UNREADABLE', { cause: z.prettifyError(read.error) })
}

type Loading = { readonly client: Client; readonly reader: Reader; readonly options: RestoreOptions }

/** Columns that a newer backup has and this schema lacks, or the other way round, would shift values: both are refused. */
async function mustFit(client: Client, wanted: Table): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select attname as name from pg_attribute where attrelid = to_regclass($1) and attnum > 0
       and not attisdropped and attgenerated = ''`,
    [fullName(wanted.table)],
  )
  const here = rows.map((row) => row.name).toSorted()
  if (here.join('\n') === wanted.columns.toSorted().join('\n')) return
  throw fault('BACKUP_UNREADABLE', { table: fullName(wanted.table), cause: 'its columns differ', here })
}

/** Loads one table; gives its rows. Throws BACKUP_UNREADABLE unless count and checksum are those of the backup. */
async function loadTable(it: Loading, wanted: Table, tell: (rows: number) => unknown): Promise<number> {
  const name = `${wanted.table.schema}.${wanted.table.name}`
  if (checked(startShape, await it.reader.line('table')).table !== name) {
    throw fault('BACKUP_UNREADABLE', { cause: `table ${name} was expected` })
  }
  await mustFit(it.client, wanted)
  const hash = createHash('sha256')
  const copy = it.client.query(
    copyFrom(`copy ${fullName(wanted.table)} (${wanted.columns.map(quoted).join(', ')}) from stdin`),
  )
  const blocks = async function* (): AsyncGenerator<Buffer> {
    for (;;) {
      const { bytes } = checked(blockShape, await it.reader.line('bytes'))
      if (bytes === 0) return
      const block = await it.reader.bytes(bytes)
      hash.update(block)
      yield block
    }
  }
  await pipeline(Readable.from(blocks()), copy)
  const end = checked(endShape, await it.reader.line('end'))
  if (end.end !== name || end.rows !== copy.rowCount || end.sha256 !== hash.digest('hex')) {
    throw fault('BACKUP_UNREADABLE', { table: name, rows: copy.rowCount, inBackup: end.rows })
  }
  await tell(end.rows)
  return end.rows
}

type Header = z.infer<typeof headerShape>

async function loadAll(it: Loading, header: Header): Promise<number> {
  let rows = 0
  for (const table of header.tables) {
    rows += await loadTable(it, table, (loaded) =>
      it.options.progress?.({
        table: table.table.name,
        rows: rows + loaded,
        expected: Math.max(header.expected, rows + loaded),
      }),
    )
  }
  const done = checked(doneShape, await it.reader.line('done'))
  if (done.rows !== rows)
    throw fault('BACKUP_UNREADABLE', { cause: 'rows are missing', rows, inBackup: done.rows })
  await setSequences(it.client, done.sequences)
  return rows
}

/** The schema of the backup, not a newer one: its rows fit only that. */
async function makeSchema(client: Client, folder: string, header: Header): Promise<void> {
  const files = readMigrations(folder)
  pendingMigrations(files, header.schema)
  await client.query(bootstrap)
  const inBackup = new Set(header.schema.map((done) => done.number))
  for (const file of files) if (inBackup.has(file.number)) await applyFile(client, file)
}

/**
 * Brings a backup into an empty database, all of it or nothing: makes the schema of the backup, loads every table with its
 * count and checksum verified, checks every foreign key, then brings the schema forward to this program's.
 *
 * Throws RESTORE_NOT_EMPTY, BACKUP_UNREADABLE, or MIGRATION when the backup was made by a newer program.
 */
export async function restore(options: RestoreOptions): Promise<RestoreSummary> {
  const folder = options.sql ?? ownSql
  const reader = openBackup(options.file)
  const client = await connect({ url: options.ownerUrl, log: options.log, name: 'mimamori restore' })
  try {
    const header = checked(headerShape, await reader.line('mimamori'))
    await client.query(session)
    await client.query('select pg_advisory_lock($1)', [lockNumber])
    await client.query('begin')
    await mustBeEmpty(client)
    await makeSchema(client, folder, header)
    const loosened = await loosen(client, header.tables)
    const rows = await loadAll({ client, reader, options }, header)
    await fasten(client, loosened)
    const committed = await client.query('commit')
    if (committed.command !== 'COMMIT') throw fault('INTERNAL', { bug: 'the restore was rolled back' })
    await client.query('analyze')
    await client.query('select pg_advisory_unlock($1)', [lockNumber])
    const moved = await migrate({ ownerUrl: options.ownerUrl, log: options.log, folder })
    return { from: versionOf(header.schema), to: moved.to, at: header.at, tables: header.tables.length, rows }
  } finally {
    reader.close()
    // An open transaction is rolled back by the server when its connection ends.
    await client.end()
  }
}
