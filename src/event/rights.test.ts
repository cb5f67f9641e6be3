import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fromJst } from '../base/time.ts'
import { quiet, within } from '../store/index.ts'
import { type TestDatabase, testDatabase } from '../store/test-database.ts'
import { makeAppender } from './appender.ts'
import { type Planted, plant } from './planted.ts'

const noon = fromJst({ year: 2026, month: 11, day: 23, hour: 12 })

let database: TestDatabase
let planted: Planted

beforeAll(async () => {
  database = await testDatabase()
  planted = await plant(database.superuser)
  const lines = [{ raw: 'a line', truncated: false }]
  await makeAppender(database.store.ingest, { log: quiet }).append({
    ...planted.yamada,
    transport: 'http',
    peer: '192.0.2.1',
    receivedAt: noon,
    lines,
    key: 'k',
  })
})
afterAll(() => database.drop())

describe('a partition', () => {
  test.each(['app', 'ingest', 'detect'] as const)('gives the role %s nothing by its name', async (role) => {
    const scope = { organisations: [planted.yamada.company] }
    const tries = [
      'select * from event_20261123',
      'select count(*) from event_20261123',
      'delete from event_20261123',
      `update event_20261123 set raw = ''`,
      `insert into event_20261123 select * from event_20261123`,
      'truncate event_20261123',
      'drop table event_20261123',
    ]
    for (const statement of tries) {
      const tried = within(database.store[role], scope, (tx) => tx.run(statement))
      await expect(tried, statement).rejects.toThrow(/permission denied|must be owner/)
    }
  })

  test("has its own row-level security, forced, and no rights but the owner's", async () => {
    const { rows } = await database.superuser.query(
      `select relname, relrowsecurity as rls, relforcerowsecurity as forced,
         (select count(*) from aclexplode(relacl) where grantee <> relowner) as granted
       from pg_class where relispartition and relkind = 'r'`,
    )
    expect(rows.length).toBeGreaterThan(0)
    for (const row of rows) expect(row).toMatchObject({ rls: true, forced: true, granted: 0 })
  })
})

describe('the ingest role', () => {
  test('reads the keys of batches and whose installation it is, and nothing else', async () => {
    const { rows } = await database.superuser.query<{ name: string }>(
      `select c.relname as name from pg_class c
       where c.relkind in ('r', 'p', 'v', 'm') and c.relnamespace = 'public'::regnamespace
         and (has_table_privilege('mimamori_ingest', c.oid, 'select')
           or has_any_column_privilege('mimamori_ingest', c.oid, 'select')) order by 1`,
    )
    expect(rows.map((row) => row.name)).toEqual(['batch_key', 'installation'])
  })

  test('changes and deletes nothing', async () => {
    const { rows } = await database.superuser.query(
      `select c.relname from pg_class c
       where c.relkind in ('r', 'p', 'v', 'm') and c.relnamespace = 'public'::regnamespace
         and (has_table_privilege('mimamori_ingest', c.oid, 'update, delete, truncate')
           or has_any_column_privilege('mimamori_ingest', c.oid, 'update'))`,
    )
    expect(rows).toEqual([])
  })

  test('writes no row of a company outside its scope', async () => {
    const { company, sensor } = planted.sato
    const planting = within(database.store.ingest, { organisations: [planted.yamada.company] }, (tx) =>
      tx.run(
        `insert into event_batch (no, company_id, sensor_id, day, transport, peer, received_at, lines)
         values (0, $1, $2, '2026-11-23', 'http', '192.0.2.9', now(), 1)`,
        [company, sensor],
      ),
    )
    await expect(planting).rejects.toThrow(/row-level security/)
    const line = within(database.store.ingest, { organisations: [planted.yamada.company] }, (tx) =>
      tx.run(
        `insert into event (day, batch_no, line, company_id, sensor_id, received_at, raw)
         values ('2026-11-23', 1, 99, $1, $2, now(), 'planted')`,
        [company, sensor],
      ),
    )
    await expect(line).rejects.toThrow(/row-level security/)
  })

  test('writes no sensor of one company under another', async () => {
    const planting = within(database.store.ingest, { organisations: [planted.yamada.company] }, (tx) =>
      tx.run(
        `insert into event_batch (no, company_id, sensor_id, day, transport, peer, received_at, lines)
         values (0, $1, $2, '2026-11-23', 'http', '192.0.2.9', now(), 1)`,
        [planted.yamada.company, planted.sato.sensor],
      ),
    )
    await expect(planting).rejects.toThrow(/foreign key/)
  })

  test('sees the keys of no company outside its scope', async () => {
    const seen = await within(database.store.ingest, { organisations: [planted.sato.company] }, (tx) =>
      tx.rows('select key from batch_key'),
    )
    expect(seen).toEqual([])
  })
})
