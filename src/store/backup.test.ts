import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { backup } from './backup.ts'
import { plantFirms, suzuki, whatIsThere, yamada } from './fixtures/firms.ts'
import { quiet } from './log.ts'
import { migrate } from './migrate.ts'
import { openPools } from './open.ts'
import { connect } from './pool.ts'
import { restore } from './restore.ts'
import {
  type EmptyDatabase,
  emptyTestDatabase,
  type TestDatabase,
  testCluster,
  testDatabase,
} from './test-database.ts'
import { within } from './transaction.ts'

const schema = fileURLToPath(new URL('fixtures/schema', import.meta.url))
const now = Date.UTC(2026, 10, 23)

let folder: string
let database: TestDatabase
let file: string
let number = 0
const targets: EmptyDatabase[] = []

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mimamori-backup-'))
  database = await testDatabase({ sql: schema })
  await plantFirms(database.superuser)
  file = newFile()
  await make(file)
})

afterEach(async () => {
  for (const target of targets.splice(0)) await target.drop()
})

afterAll(async () => {
  await database.drop()
  rmSync(folder, { recursive: true, force: true })
})

function newFile(): string {
  number += 1
  return join(folder, `${number}.mimamori`)
}

const make = (at: string, from: { ownerUrl: string } = database) =>
  backup({ ownerUrl: from.ownerUrl, secret: testCluster().secret, file: at, log: quiet, now })

async function target(): Promise<EmptyDatabase> {
  const made = await emptyTestDatabase()
  targets.push(made)
  return made
}

const bring = (into: EmptyDatabase, from: string, sql = schema) =>
  restore({ ownerUrl: into.ownerUrl, file: from, log: quiet, sql })

describe('a backup that is restored elsewhere', () => {
  test('has every row of every table, and the schema as it was', async () => {
    const into = await target()
    const summary = await bring(into, file)
    expect(summary).toMatchObject({ from: 3, to: 3, tables: 6, at: '2026-11-23T00:00:00.000Z' })
    const before = await whatIsThere(database.superuserUrl)
    expect(before.rows['public.note_trail']?.count).toBe(3)
    expect(await whatIsThere(into.superuserUrl)).toEqual(before)
  })

  test('gives the same backup again', async () => {
    const into = await target()
    await bring(into, file)
    const again = await make(newFile(), into)
    const once = await make(newFile())
    expect(again.tables).toEqual(once.tables)
    expect(again.rows).toBe(once.rows)
  })

  test('goes on counting where it was, keeps firms apart and watches again', async () => {
    const into = await target()
    await bring(into, file)
    const store = await openPools(into, quiet)
    const scope = { organisations: [yamada] }
    const made = await within(store.app, scope, (tx) =>
      tx.one<{ id: number }>('insert into note (firm_id, text) values ($1, $2) returning id', [
        yamada,
        '続き',
      ]),
    )
    expect(made?.id).toBe(4)
    const trail = await within(store.app, scope, (tx) => tx.rows('select from note_trail where note_id = 4'))
    expect(trail).toHaveLength(1)
    expect(await within(store.app, scope, (tx) => tx.rows('select id from firm'))).toEqual([{ id: yamada }])
    const stranger = within(store.app, scope, (tx) =>
      tx.run('insert into note (firm_id, text) values ($1, $2)', [suzuki, 'よその会社']),
    )
    await expect(stranger).rejects.toThrow(/row-level security/)
    await store.close()
  })

  test('of an older schema comes forward', async () => {
    const old = await target()
    await migrate({ ownerUrl: old.ownerUrl, log: quiet, folder: schema, upTo: 2 })
    const made = newFile()
    await make(made, old)
    expect(await bring(await target(), made)).toMatchObject({ from: 2, to: 3, rows: 1 })
  })

  test('of the whole product’s schema works', async () => {
    const whole = await testDatabase()
    const made = newFile()
    const { tables } = await make(made, whole)
    expect(tables.length).toBeGreaterThan(5)
    const into = await target()
    await restore({ ownerUrl: into.ownerUrl, file: made, log: quiet })
    expect(await whatIsThere(into.superuserUrl)).toEqual(await whatIsThere(whole.superuserUrl))
    await whole.drop()
  })
})

describe('a backup', () => {
  test('is as of one moment, while people go on working', async () => {
    const made = newFile()
    let planted = 0
    const summary = await backup({
      ownerUrl: database.ownerUrl,
      secret: testCluster().secret,
      file: made,
      log: quiet,
      now,
      // The days come first and the rates last: by then the snapshot is old.
      progress: async ({ table }) => {
        if (table === 'event' && planted === 0) {
          planted += 1
          await database.superuser.query(`insert into rate values ('あと', 1)`)
        }
      },
    })
    expect(planted).toBe(1)
    expect(summary.tables.find(({ table }) => table === 'public.rate')?.rows).toBe(1)
    await database.superuser.query(`delete from rate where name = 'あと'`)
  })

  test('is for our eyes only and takes nobody’s place', async () => {
    expect(statSync(file).mode & 0o777).toBe(0o600)
    await expect(make(file)).rejects.toMatchObject({ code: 'SETTING' })
  })

  test.each([
    ['has no policy for it', 'drop policy backup on firm', 'public.firm'],
    ['has a policy that shows only some rows', `alter policy backup on note using (id > 1)`, 'public.note'],
    [
      'has a policy that takes rows away again',
      'create policy less on event as restrictive for select using (false)',
      'public.event',
    ],
    ['must not be read', 'revoke select on sign_in.person from mimamori_backup', 'sign_in.person'],
    [
      'is in a schema nobody thought of',
      'create schema jobs; create table jobs.job (id integer)',
      'jobs.job',
    ],
  ])('fails loudly when a table %s', async (_why, statement, name) => {
    const spoilt = await target()
    await bring(spoilt, file)
    const owner = await connect({ url: spoilt.superuserUrl, log: quiet })
    await owner.query(statement)
    await owner.end()
    await expect(make(newFile(), spoilt)).rejects.toMatchObject({
      code: 'BACKUP_INCOMPLETE',
      details: { hidden: [name] },
    })
  })
})

describe('a restore is refused, and nothing is changed', () => {
  async function spoilt(change: (whole: Buffer) => Buffer): Promise<unknown> {
    const bad = newFile()
    writeFileSync(bad, change(readFileSync(file)))
    const into = await target()
    const thrown = await bring(into, bad).catch((error: unknown) => error)
    // The database stayed empty: the good file goes in.
    await bring(into, file)
    return thrown
  }

  const unreadable = { code: 'BACKUP_UNREADABLE' }

  test('when the file is cut off, at any place', async () => {
    for (const part of [0, 10, 0.3, 0.9, 0.99]) {
      expect(await spoilt((whole) => whole.subarray(0, part < 1 ? whole.length * part : part))).toMatchObject(
        unreadable,
      )
    }
  })

  test('when a byte of it changed', async () => {
    const flipped = await spoilt((whole) => {
      const copy = Buffer.from(whole)
      copy[copy.length - 200] = (copy[copy.length - 200] ?? 0) ^ 0xff
      return copy
    })
    expect(flipped).toMatchObject(unreadable)
  })

  test('when a value in it was changed', async () => {
    const changed = await spoilt((whole) => {
      const text = gunzipSync(whole).toString('utf8').replace('山田製作所', '山田制作所')
      return gzipSync(text)
    })
    expect(changed).toMatchObject(unreadable)
  })

  test('when it is no backup at all', async () => {
    expect(await spoilt(() => Buffer.from('PK nothing of ours'))).toMatchObject(unreadable)
    expect(await spoilt(() => gzipSync('{"hello":1}\n'))).toMatchObject(unreadable)
  })

  test('when the database holds something already', async () => {
    const into = await target()
    await bring(into, file)
    await expect(bring(into, file)).rejects.toMatchObject({ code: 'RESTORE_NOT_EMPTY' })
  })

  test('when the backup is of a newer program', async () => {
    const older = mkdtempSync(join(folder, 'sql-'))
    writeFileSync(join(older, '0001-firm.sql'), readFileSync(join(schema, '0001-firm.sql')))
    await expect(bring(await target(), file, older)).rejects.toMatchObject({ code: 'MIGRATION' })
  })
})
