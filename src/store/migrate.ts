import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fault } from '../base/fault.ts'
import { openForBackup } from './backup-access.ts'
import type { Log } from './log.ts'
import { type Client, connect } from './pool.ts'

/** The schema of this program: plain SQL, numbered from 1, forward only, never changed once released. */
export const ownSql = fileURLToPath(new URL('../../sql', import.meta.url))

export type Migration = {
  readonly number: number
  readonly name: string
  readonly sha256: string
  readonly text: string
}

export type Applied = Pick<Migration, 'number' | 'name' | 'sha256'>

/** Reads a folder of `0001-name.sql` files in order. Throws MIGRATION for a strange name or a number there twice. */
export function readMigrations(folder: string): readonly Migration[] {
  const names = readdirSync(folder).filter((file) => file.endsWith('.sql'))
  const files = names.toSorted().map((file) => {
    const [, number, name] = /^(\d{4})-([a-z0-9-]+)\.sql$/.exec(file) ?? []
    if (name === undefined) throw fault('MIGRATION', { file, expected: '0001-name.sql' })
    const text = readFileSync(join(folder, file), 'utf8')
    return { number: Number(number), name, sha256: createHash('sha256').update(text).digest('hex'), text }
  })
  for (const [at, file] of files.entries()) {
    if (files[at + 1]?.number === file.number)
      throw fault('MIGRATION', { number: file.number, cause: 'there twice' })
  }
  return files
}

/** What the database says was applied; empty where nothing was. */
export async function appliedMigrations(client: Client): Promise<readonly Applied[]> {
  const there = await client.query<{ there: boolean }>(
    `select to_regclass('mimamori.migration') is not null as there`,
  )
  if (there.rows[0]?.there !== true) return []
  const { rows } = await client.query<Applied>(
    'select number, name, sha256 from mimamori.migration order by number',
  )
  return rows
}

/** The version of the schema: the highest number applied; 0 for none. */
export function versionOf(applied: readonly { readonly number: number }[]): number {
  return applied.at(-1)?.number ?? 0
}

/**
 * Which files are still to be applied. Throws MIGRATION when an applied file was changed, is unknown here, or when a
 * file stands before one that was applied already: the order would differ from everybody else's.
 */
export function pendingMigrations(
  files: readonly Migration[],
  applied: readonly Applied[],
): readonly Migration[] {
  const version = versionOf(applied)
  for (const done of applied) {
    const file = files.find((one) => one.number === done.number)
    if (file === undefined) {
      const program = versionOf(files)
      throw fault('MIGRATION', {
        database: version,
        program,
        do: 'use the newer Mimamori that made this database',
      })
    }
    if (file.sha256 !== done.sha256 || file.name !== done.name) {
      const cause = 'the file was changed after it was applied'
      throw fault('MIGRATION', { number: done.number, name: done.name, cause })
    }
  }
  const known = new Set(applied.map((done) => done.number))
  const pending = files.filter((file) => !known.has(file.number))
  const late = pending.find((file) => file.number < version)
  if (late !== undefined) {
    throw fault('MIGRATION', {
      number: late.number,
      name: late.name,
      cause: `comes after ${version} was applied`,
    })
  }
  return pending
}

// Any number does, as long as every Mimamori uses the same.
export const lockNumber = 7_164_662

export const bootstrap = `
  create schema if not exists mimamori;
  create table if not exists mimamori.migration (
    number integer primary key,
    name text not null,
    sha256 text not null,
    at timestamptz not null default clock_timestamp()
  )`

/** Runs one file and notes it, inside the transaction that is open. */
export async function applyFile(client: Client, migration: Migration): Promise<void> {
  try {
    await client.query(migration.text)
    await client.query('insert into mimamori.migration (number, name, sha256) values ($1, $2, $3)', [
      migration.number,
      migration.name,
      migration.sha256,
    ])
  } catch (thrown) {
    const { number, name } = migration
    throw fault('MIGRATION', { number, name, cause: describe(thrown, migration) })
  }
}

async function apply(client: Client, migration: Migration): Promise<void> {
  try {
    await client.query('begin')
    await applyFile(client, migration)
    const done = await client.query('commit')
    if (done.command !== 'COMMIT') throw fault('MIGRATION', { cause: 'the file ended its own transaction' })
  } catch (thrown) {
    await client.query('rollback').catch(() => undefined)
    throw thrown
  }
}

function describe(thrown: unknown, migration: Migration): string {
  if (!(thrown instanceof Error)) return String(thrown)
  const position = 'position' in thrown ? Number(thrown.position) : Number.NaN
  if (!(position > 0)) return thrown.message
  return `line ${migration.text.slice(0, position).split('\n').length}: ${thrown.message}`
}

export type MigrateOptions = {
  readonly ownerUrl: string
  readonly log: Log
  readonly folder?: string
  /** Stop after this number; restore uses it to meet the version of a backup. */
  readonly upTo?: number
}

/**
 * Brings the schema to the newest version: each file in a transaction of its own, one program at a time. Gives the
 * version before and after. Throws MIGRATION; files applied before the failing one stay.
 */
export async function migrate(options: MigrateOptions): Promise<{ from: number; to: number }> {
  const files = readMigrations(options.folder ?? ownSql)
  const client = await connect({ url: options.ownerUrl, log: options.log, name: 'mimamori migrate' })
  try {
    await client.query('select pg_advisory_lock($1)', [lockNumber])
    const applied = await appliedMigrations(client)
    const pending = pendingMigrations(files, applied).filter(
      (file) => file.number <= (options.upTo ?? Infinity),
    )
    if (applied.length === 0) await client.query(bootstrap)
    for (const file of pending) {
      await apply(client, file)
      options.log.info({ number: file.number, name: file.name }, 'the schema was brought forward')
    }
    await openForBackup(client)
    return { from: versionOf(applied), to: versionOf(pending) || versionOf(applied) }
  } finally {
    await client.end()
  }
}
