import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { moment } from './pool.ts'
import { type TestDatabase, testDatabase } from './test-database.ts'
import { retryOnce, type Tx, within, withoutScope } from './transaction.ts'

const schema = fileURLToPath(new URL('fixtures/schema', import.meta.url))
const yamada = randomUUID()
const suzuki = randomUUID()
const sato = randomUUID()

let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase({ sql: schema })
  await database.superuser.query('insert into firm (id, name) values ($1, $2), ($3, $4)', [
    yamada,
    '山田製作所',
    suzuki,
    '鈴木鉄工',
  ])
})

afterAll(() => database.drop())

const names = (tx: Tx): Promise<{ name: string }[]> => tx.rows('select name from firm order by name')

describe('the scope of a transaction', () => {
  test('shows the firms in it and no others', async () => {
    const seen = await within(database.store.app, { organisations: [yamada] }, names)
    expect(seen).toEqual([{ name: '山田製作所' }])
    const both = await within(database.store.app, { organisations: [yamada, suzuki] }, names)
    expect(both).toHaveLength(2)
  })

  test('refuses a row of another firm', async () => {
    const planted = within(database.store.app, { organisations: [yamada] }, (tx) =>
      tx.run('insert into firm (id, name) values ($1, $2)', [randomUUID(), '他社']),
    )
    await expect(planted).rejects.toThrow(/row-level security/)
  })

  test('is empty where none is given, also on a connection that had one before', async () => {
    for (let i = 0; i < 20; i += 1) {
      await within(database.store.app, { organisations: [yamada, suzuki] }, names)
      expect(await withoutScope(database.store.app, names)).toEqual([])
      expect((await database.store.app.query('select name from firm')).rows).toEqual([])
    }
  })

  test('names the person who acts', async () => {
    const person = await within(database.store.app, { organisations: [], person: sato }, (tx) =>
      tx.one<{ id: string }>(`select current_setting('app.person') as id`),
    )
    expect(person).toEqual({ id: sato })
  })

  test('takes ids and nothing else', async () => {
    for (const organisations of [["'; drop table firm; --"], ['{}'], [`${yamada}'`], ['']]) {
      await expect(within(database.store.app, { organisations }, names)).rejects.toMatchObject({
        code: 'INTERNAL',
      })
    }
    await expect(
      within(database.store.app, { organisations: [], person: 'sato' }, names),
    ).rejects.toMatchObject({ code: 'INTERNAL' })
  })
})

describe('a transaction', () => {
  const rate = (name: string) => (tx: Tx) =>
    tx.one<{ yen: number }>('select yen from rate where name = $1', [name])

  test('keeps all of its work or nothing', async () => {
    const third = randomUUID()
    const work = within(database.store.app, { organisations: [third] }, async (tx) => {
      await tx.run('insert into firm (id, name) values ($1, $2)', [third, '高橋商店'])
      throw new Error('changed my mind')
    })
    await expect(work).rejects.toThrow('changed my mind')
    expect(await within(database.store.app, { organisations: [third] }, names)).toEqual([])
  })

  test('never takes hidden database errors for success', async () => {
    const work = within(database.store.app, { organisations: [yamada] }, async (tx) => {
      await tx.run('select 1 / 0').catch(() => undefined)
    })
    await expect(work).rejects.toThrow(/hid a database error/)
  })

  test('is dead after its work', async () => {
    let kept: Tx | undefined
    await withoutScope(database.store.app, (tx) => {
      kept = tx
      return Promise.resolve()
    })
    await expect(kept?.rows('select 1')).rejects.toMatchObject({ code: 'INTERNAL' })
  })

  test('gives one row, none, or a complaint about more', async () => {
    expect(await withoutScope(database.store.app, rate('標準'))).toEqual({ yen: 9800 })
    expect(await withoutScope(database.store.app, rate('特別'))).toBeUndefined()
    const many = withoutScope(database.store.app, (tx) => tx.one('select generate_series(1, 2)'))
    await expect(many).rejects.toThrow(/2 rows/)
  })

  test('ends with its connection, and the next one works', async () => {
    const work = withoutScope(database.store.app, async (tx) => {
      const own = await tx.one<{ pid: number }>('select pg_backend_pid() as pid')
      await database.superuser.query('select pg_terminate_backend($1)', [own?.pid])
      await tx.rows('select 1')
    })
    await expect(work).rejects.toThrow()
    expect(await withoutScope(database.store.app, rate('標準'))).toEqual({ yen: 9800 })
  })
})

describe('trying again', () => {
  const clash = (code: string): Error => Object.assign(new Error('clash'), { code })

  test('happens once, and only for a clash with another transaction', async () => {
    let tries = 0
    const work = (error: Error) => () => {
      tries += 1
      return tries === 1 ? Promise.reject(error) : Promise.resolve('done')
    }
    expect(await retryOnce(work(clash('40001')))).toBe('done')
    tries = 0
    await expect(retryOnce(work(clash('23505')))).rejects.toThrow('clash')
    tries = -5
    await expect(retryOnce(() => Promise.reject(clash('40P01')))).rejects.toThrow('clash')
  })
})

describe('values', () => {
  test('come as numbers, instants and dates of Japan', async () => {
    const at = Date.UTC(2026, 10, 23, 15, 30)
    const { rows } = await database.store.app.query(
      `select $1::timestamptz as at, $1::timestamptz::date as day, array[$1::timestamptz, null] as ats,
              9007199254740991::bigint as big, array[1, 2]::bigint[] as bigs, '192.0.2.1'::inet as peer,
              array['2026-11-24'::date] as days, 'infinity'::timestamptz as never`,
      [moment(at)],
    )
    expect(rows[0]).toEqual({
      at,
      // Half past midnight of the next day in Japan.
      day: '2026-11-24',
      ats: [at, null],
      big: Number.MAX_SAFE_INTEGER,
      bigs: [1, 2],
      peer: '192.0.2.1',
      days: ['2026-11-24'],
      never: Number.POSITIVE_INFINITY,
    })
  })

  test('that no number can hold are refused rather than rounded', async () => {
    await expect(database.store.app.query('select 9007199254740993::bigint')).rejects.toThrow(/fit a number/)
  })

  test('for the sign-in library come as it expects them', async () => {
    const { rows } = await database.store.signIn.query(
      `select now() as at, current_setting('search_path') as path`,
    )
    expect(rows[0]).toEqual({ at: expect.any(Date), path: 'sign_in' })
  })

  test('go in as arrays of instants', async () => {
    const { rows } = await database.store.app.query<{ at: number }>(
      'select at from unnest($1::timestamptz[]) at',
      [[moment(1), moment(2)]],
    )
    expect(rows).toEqual([{ at: 1 }, { at: 2 }])
  })
})
