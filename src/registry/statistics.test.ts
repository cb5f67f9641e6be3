import { afterAll, beforeAll, expect, test } from 'vitest'
import { fromJst, minute } from '../base/time.ts'
import { countEntries, countQuery, countsBy, dimensions, makeStatistics, totalOf } from './statistics.ts'
import { within } from '../store/index.ts'
import { testRegister, type TestRegister } from './test-register.ts'

let it: TestRegister
const now = fromJst({ year: 2026, month: 11, day: 25, hour: 9 })
const pool = () => it.parts.access.app

/** Entries of every prefecture, trade, level and state, without order; some without a trade. */
const plant = (n: number): Promise<unknown> =>
  it.database.superuser.query(
    `insert into registry_entry (number, name, prefecture, industry, level, pledge_edition, declared_on, status, status_since,
       updated_at, name_key, kana_key, grams)
     select 'OSK-' || lpad(i::text, 9, '0'), '会社' || i, lpad((1 + (i * 7919) % 47)::text, 2, '0'),
       case when i % 11 = 0 then null else chr(65 + (i * 31) % 20) end, case when i % 3 = 0 then 'SA2' else 'SA1' end, 'jou6',
       date '2023-01-01' + (i * 13) % 1400, case i % 17 when 0 then 'stopped' when 1 then 'suspended' else 'active' end, now(),
       now(), 'k' || i, '', '{}' from generate_series(1, $1::int) i`,
    [n],
  )

beforeAll(async () => {
  it = await testRegister()
  await plant(5_000)
})
afterAll(() => it.drop())

test('every count is what counting by hand gives, each level and both', async () => {
  const { rows } = await it.database.superuser.query<{
    prefecture: string
    industry: string | null
    level: string
    on: string
    status: string
  }>('select prefecture, industry, level, declared_on as on, status from registry_entry')
  const statistics = await countEntries(pool(), now)
  for (const level of ['SA1', 'SA2', undefined] as const)
    for (const dimension of dimensions) {
      const naive = new Map<string, number>()
      for (const row of rows) {
        if (row.status !== 'active' || (level !== undefined && row.level !== level)) continue
        const key = dimension === 'month' ? row.on.slice(0, 7) : (row[dimension] ?? '')
        naive.set(key, (naive.get(key) ?? 0) + 1)
      }
      expect(new Map(countsBy(statistics, dimension, level))).toEqual(new Map(naive))
    }
  const active = rows.filter(({ status }) => status === 'active')
  expect(totalOf(statistics, undefined)).toBe(active.length)
  expect(totalOf(statistics, 'SA2')).toBe(active.filter(({ level }) => level === 'SA2').length)
})

test('it can be counted from the index alone', async () => {
  await it.database.superuser.query('vacuum analyze registry_entry')
  const plan = await within(it.database.superuser, { organisations: [] }, async (tx) => {
    // Five thousand rows are read as fast from the table; four hundred thousand are not.
    await tx.run('set local enable_seqscan = off')
    await tx.run('set local enable_bitmapscan = off')
    return tx.rows<{ 'QUERY PLAN': string }>(`explain ${countQuery}`)
  })
  const scans = plan.map((row) => row['QUERY PLAN']).filter((line) => line.includes('Scan using'))
  expect(scans).toHaveLength(2)
  for (const scan of scans) expect(scan).toContain('Index Only Scan using registry_entry_counted')
})

test('counts are remembered for a minute, not longer, and shared by whoever asks meanwhile', async () => {
  const read = makeStatistics()
  const [first, second] = await Promise.all([read(pool(), now), read(pool(), now)])
  expect(second).toBe(first)
  expect(await read(pool(), now + minute - 1)).toBe(first)
  expect((await read(pool(), now + minute)).asOf).toBe(now + minute)
})

test('a register without entries counts to nothing', async () => {
  await it.database.superuser.query('truncate registry_entry cascade')
  const statistics = await countEntries(pool(), now)
  expect(statistics.tallies).toEqual([])
  expect(totalOf(statistics, undefined)).toBe(0)
})
