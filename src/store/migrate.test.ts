import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { quiet } from './log.ts'
import { migrate, ownSql, readMigrations } from './migrate.ts'
import { connect } from './pool.ts'
import { type EmptyDatabase, emptyTestDatabase } from './test-database.ts'

const schema = fileURLToPath(new URL('fixtures/schema', import.meta.url))

let folder: string
let database: EmptyDatabase

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mimamori-sql-'))
  database = await emptyTestDatabase()
})

beforeEach(() => {
  rmSync(folder, { recursive: true, force: true })
  cpSync(schema, folder, { recursive: true })
})

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await database.drop()
})

const bring = (upTo?: number) =>
  migrate({ ownerUrl: database.ownerUrl, log: quiet, folder, ...(upTo === undefined ? {} : { upTo }) })

const write = (name: string, text: string): void => writeFileSync(join(folder, name), text)

async function tables(): Promise<string[]> {
  const client = await connect({ url: database.superuserUrl, log: quiet })
  const { rows } = await client.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname in ('public', 'sign_in') order by 1`,
  )
  await client.end()
  return rows.map((row) => row.name)
}

describe('the schema', () => {
  test('comes forward in steps, and once', async () => {
    expect(await bring(1)).toEqual({ from: 0, to: 1 })
    expect(await bring()).toEqual({ from: 1, to: 3 })
    expect(await bring()).toEqual({ from: 3, to: 3 })
    expect(await tables()).toEqual(['event', 'firm', 'note', 'note_trail', 'person', 'rate'])
  })

  test('comes forward once when two programs start together', async () => {
    write('0004-more.sql', 'create table more (one integer)')
    const both = await Promise.all([bring(), bring()])
    expect(new Set(both.map(({ from }) => from))).toEqual(new Set([3, 4]))
  })

  test('stays as it was where a file fails, and says in which line', async () => {
    write('0004-more.sql', 'create table more (one integer)')
    write('0005-broken.sql', 'create table half (one integer);\n\ncreate tabel other ()')
    await expect(bring()).rejects.toMatchObject({
      code: 'MIGRATION',
      details: { number: 5, name: 'broken', cause: expect.stringContaining('line 3') },
    })
    expect(await tables()).not.toContain('half')
  })

  test('is refused when a file was changed afterwards', async () => {
    write('0004-more.sql', 'create table more (one integer)')
    write('0002-note.sql', 'select 1')
    await expect(bring()).rejects.toMatchObject({ code: 'MIGRATION', details: { number: 2 } })
  })

  test('is refused when it is newer than the program', async () => {
    await expect(bring()).rejects.toMatchObject({ code: 'MIGRATION', details: { database: 4, program: 3 } })
  })

  test('is refused when a file was slipped in before the newest', async () => {
    write('0004-more.sql', 'create table more (one integer)')
    write('0006-late.sql', 'create table late (one integer)')
    await bring()
    write('0005-slipped.sql', 'select 1')
    await expect(bring()).rejects.toMatchObject({ code: 'MIGRATION', details: { number: 5 } })
  })
})

describe('the files', () => {
  test('of this program stand in order', () => {
    expect(() => readMigrations(ownSql)).not.toThrow()
  })

  test('have numbers, each once', () => {
    write('0003-again.sql', 'select 1')
    expect(() => readMigrations(folder)).toThrow(/there twice/)
    rmSync(join(folder, '0003-again.sql'))
    write('later.sql', 'select 1')
    expect(() => readMigrations(folder)).toThrow(/later.sql/)
  })
})
