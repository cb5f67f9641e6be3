import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readConfig } from '../config.ts'
import { mustBeBound, mustServeJapanese, readServerFacts } from './check.ts'
import { quiet } from './log.ts'
import { openStore } from './open.ts'
import { connect, makePool } from './pool.ts'
import { quoted, urlAs, urlTo } from './roles.ts'
import { type TestDatabase, testCluster, testDatabase } from './test-database.ts'

const schema = fileURLToPath(new URL('fixtures/schema', import.meta.url))

let database: TestDatabase
let home: string

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'mimamori-open-'))
  database = await testDatabase({ sql: schema })
})

afterAll(async () => {
  await database.drop()
  rmSync(home, { recursive: true, force: true })
})

const settings = (url: string) => readConfig({ DATABASE_URL: url, MIMAMORI_HOME: home })

async function refusal(url: string): Promise<unknown> {
  const pool = makePool({ url, log: quiet, max: 1 })
  try {
    return await mustBeBound(pool).catch((thrown: unknown) => thrown)
  } finally {
    await pool.end()
  }
}

describe('a connection is refused', () => {
  test('as superuser', async () => {
    expect(await refusal(database.superuserUrl)).toMatchObject({
      code: 'DATABASE_ROLE',
      details: { superuser: true },
    })
  })

  test('as the owner of the tables', async () => {
    expect(await refusal(database.ownerUrl)).toMatchObject({ code: 'DATABASE_ROLE' })
  })

  test('as a role that bypasses row-level security, or is a member of the owner', async () => {
    const cluster = testCluster()
    const name = `takahashi_${process.pid}`
    const url = urlAs(database.superuserUrl, name, 'pw')
    await database.superuser.query(`create role ${name} login bypassrls password 'pw'`)
    await database.superuser.query(`grant connect on database ${quoted(database.name)} to ${name}`)
    expect(await refusal(url)).toMatchObject({ code: 'DATABASE_ROLE', details: { bypasses: true } })
    const owner = new URL(cluster.ownerUrl).username
    await database.superuser.query(`alter role ${name} nobypassrls; grant ${owner} to ${name}`)
    expect(await refusal(url)).toMatchObject({ code: 'DATABASE_ROLE', details: { bypasses: false } })
    await database.superuser.query(
      `revoke connect on database ${quoted(database.name)} from ${name}; drop role ${name}`,
    )
  })

  test('to a database whose letters are C, where Japanese would be found by nothing', async () => {
    const name = `plain_${process.pid}`
    await database.superuser.query(
      `create database ${name} template template0 locale_provider libc locale 'C' encoding 'UTF8'`,
    )
    const client = await connect({ url: urlTo(database.superuserUrl, name), log: quiet })
    const facts = await readServerFacts(client)
    await client.end()
    expect(() => mustServeJapanese(facts)).toThrow(expect.objectContaining({ code: 'DATABASE_LOCALE' }))
    await expect(openStore(settings(urlTo(testCluster().ownerUrl, name)), quiet)).rejects.toMatchObject({
      code: expect.stringMatching(/DATABASE_LOCALE|42501/),
    })
    await database.superuser.query(`drop database ${name} with (force)`)
  })

  test('to a server older than 15', () => {
    const old = {
      version: 140_012,
      versionText: '14.12',
      encoding: 'UTF8',
      ctype: 'C.UTF-8',
      knowsJapanese: true,
    }
    expect(() => mustServeJapanese(old)).toThrow(expect.objectContaining({ code: 'DATABASE_VERSION' }))
  })

  test('to a stranger: nobody but the program may come in', async () => {
    const name = `stranger_${process.pid}`
    await database.superuser.query(`create role ${name} login password 'pw'`)
    const coming = connect({ url: urlAs(database.superuserUrl, name, 'pw'), log: quiet })
    await expect(coming).rejects.toThrow(/permission denied for database/)
    await database.superuser.query(`drop role ${name}`)
  })
})

describe('a server of one’s own', () => {
  let owner: string
  let url: string
  const name = `mimamori_own_${process.pid}`

  beforeAll(async () => {
    owner = `suzuki_${process.pid}`
    await database.superuser.query(`create role ${owner} login password 'pw'`)
    await database.superuser.query(`create database ${name} owner ${owner}`)
    url = urlAs(urlTo(database.superuserUrl, name), owner, 'pw')
  })

  afterAll(async () => {
    await database.superuser.query(`drop database ${name} with (force)`)
    const { rows } = await database.superuser.query<{ role: string }>(
      `select rolname as role from pg_roles where rolname like '%' || $1`,
      [name],
    )
    for (const { role } of rows) await database.superuser.query(`drop role ${quoted(role)}`)
    const groups = ['app', 'ingest', 'detect', 'backup', 'signin']
      .map((part) => `mimamori_${part}`)
      .join(', ')
    await database.superuser.query(
      `drop owned by ${owner}; revoke ${groups} from ${owner}; drop role ${owner}`,
    )
  })

  test('says what an administrator must run when its user may too little', async () => {
    await expect(openStore(settings(url), quiet, { sql: schema })).rejects.toMatchObject({
      code: 'DATABASE_OWNER',
      details: { user: owner, runAsAdministrator: [`alter role "${owner}" createrole`] },
    })
    await database.superuser.query(`alter role ${owner} createrole`)
    // The groups of this server were made by somebody else.
    await expect(openStore(settings(url), quiet, { sql: schema })).rejects.toMatchObject({
      code: 'DATABASE_OWNER',
      details: {
        runAsAdministrator: [expect.stringMatching(/^grant mimamori_app to .* with admin option$/)],
      },
    })
    for (const part of ['app', 'ingest', 'detect', 'backup', 'signin']) {
      await database.superuser.query(`grant mimamori_${part} to ${owner} with admin option`)
    }
  })

  test('serves like the embedded one, a second time and with another secret too', async () => {
    const company = randomUUID()
    for (const at of [home, home, mkdtempSync(join(home, 'other-'))]) {
      const store = await openStore(readConfig({ DATABASE_URL: url, MIMAMORI_HOME: at }), quiet, {
        sql: schema,
      })
      expect((await store.app.query('select yen from rate')).rows).toEqual([{ yen: 9800 }])
      await expect(store.app.query('insert into firm values ($1)', [company])).rejects.toThrow(
        /row-level security/,
      )
      await expect(store.ingest.query('select * from firm')).rejects.toThrow(/permission denied/)
      await store.close()
    }
  })

  test('opened by a guest must be up to date', async () => {
    const store = await openStore(settings(url), quiet, { sql: schema, guest: true }).catch(
      (thrown: unknown) => thrown,
    )
    // The secret of this home is not the newest one any more, which the guest must not change.
    expect(store).toMatchObject({ code: '28P01' })
    await expect(openStore(settings(url), quiet, { guest: true })).rejects.toMatchObject({
      code: 'MIGRATION',
    })
  })
})
