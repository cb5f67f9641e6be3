import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readConfig } from '../config.ts'
import { backup } from './backup.ts'
import { plantFirms, whatIsThere, yamada } from './fixtures/firms.ts'
import { hasOtherServer, type OtherServer, startOtherServer } from './fixtures/other-server.ts'
import { quiet } from './log.ts'
import { openBase, openStore, prepare } from './open.ts'
import { type Client, connect, makePool } from './pool.ts'
import { ensureRoles, quoted, urlAs, urlTo } from './roles.ts'
import { restore } from './restore.ts'
import { secretOf } from './secret.ts'
import { emptyTestDatabase, testCluster, testDatabase } from './test-database.ts'
import { within } from './transaction.ts'

const schema = fileURLToPath(new URL('fixtures/schema', import.meta.url))
const now = Date.UTC(2026, 10, 23)

// Skipped where neither TEST_SERVER_DATABASE_URL nor Debian's PostgreSQL is there: `apt-get install postgresql`.
describe.skipIf(!hasOtherServer)('a PostgreSQL server instead of the embedded one', () => {
  let server: OtherServer
  let admin: Client
  let folder: string
  let owner: string
  const databases: string[] = []

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'mimamori-server-'))
    server = await startOtherServer()
    admin = await connect({ url: server.adminUrl, log: quiet })
    owner = `owner_${randomBytes(3).toString('hex')}`
    await admin.query(`create role ${owner} login createrole password 'pw'`)
  })

  afterAll(async () => {
    for (const name of databases) await admin.query(`drop database ${quoted(name)} with (force)`)
    await admin.end()
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  async function newDatabase(): Promise<{ ownerUrl: string; adminUrl: string }> {
    const name = `mimamori_${randomBytes(3).toString('hex')}`
    databases.push(name)
    await admin.query(`create database ${name} owner ${owner}`)
    return {
      ownerUrl: urlAs(urlTo(server.adminUrl, name), owner, 'pw'),
      adminUrl: urlTo(server.adminUrl, name),
    }
  }

  const settings = (url: string) => readConfig({ DATABASE_URL: url, MIMAMORI_HOME: folder })

  test('takes the whole schema of the product, and keeps firms apart', async () => {
    const { ownerUrl } = await newDatabase()
    const store = await openStore(settings(ownerUrl), quiet)
    const seen = await within(store.app, { organisations: [yamada] }, (tx) => tx.rows('select 1 as one'))
    expect(seen).toEqual([{ one: 1 }])
    await store.close()
    const again = await openStore(settings(ownerUrl), quiet)
    await again.close()
  })

  test('gets the backup of an embedded database, and gives it back', async () => {
    const embedded = await testDatabase({ sql: schema })
    await plantFirms(embedded.superuser)
    const secret = testCluster().secret
    const first = join(folder, 'first.mimamori')
    await backup({ ownerUrl: embedded.ownerUrl, secret, file: first, log: quiet, now })

    const there = await newDatabase()
    const client = await connect({ url: there.ownerUrl, log: quiet })
    await ensureRoles(client, { ownerUrl: there.ownerUrl, secret: secretOf(folder) })
    await client.end()
    await restore({ ownerUrl: there.ownerUrl, file: first, log: quiet, sql: schema })
    const planted = await whatIsThere(embedded.superuserUrl)
    expect((await whatIsThere(there.adminUrl)).rows).toEqual(planted.rows)

    const second = join(folder, 'second.mimamori')
    await backup({ ownerUrl: there.ownerUrl, secret: secretOf(folder), file: second, log: quiet, now })
    const back = await emptyTestDatabase()
    await restore({ ownerUrl: back.ownerUrl, file: second, log: quiet, sql: schema })
    expect(await whatIsThere(back.superuserUrl)).toEqual(planted)
    await back.drop()
    await embedded.drop()
  })

  test('with the letters of C is refused', async () => {
    const name = `plain_${randomBytes(3).toString('hex')}`
    databases.push(name)
    await admin.query(`create database ${name} owner ${owner} template template0 locale 'C' encoding 'UTF8'`)
    const base = await openBase(settings(urlAs(urlTo(server.adminUrl, name), owner, 'pw')), quiet)
    await expect(prepare(base, quiet)).rejects.toMatchObject({ code: 'DATABASE_LOCALE' })
  })

  test('may be restarted under a pool, which goes on afterwards', async () => {
    const { ownerUrl } = await newDatabase()
    const pool = makePool({ url: ownerUrl, log: quiet })
    await pool.query('select 1')
    await admin.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where usename = $1 and pid <> pg_backend_pid()`,
      [owner],
    )
    await expect
      .poll(() =>
        pool.query('select 1').then(
          () => 'works',
          () => 'not yet',
        ),
      )
      .toBe('works')
    await pool.end()
  })
})
