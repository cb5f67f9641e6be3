import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { fromJst, hour } from '../base/time.ts'
import { type Pool, quiet } from '../store/index.ts'
import { type TestDatabase, testDatabase } from '../store/test-database.ts'
import { makeAppender } from './appender.ts'
import type { Batch, Line } from './batch.ts'
import { type Planted, plant } from './planted.ts'

const noon = fromJst({ year: 2026, month: 11, day: 23, hour: 12 })

let database: TestDatabase
let planted: Planted

beforeAll(async () => {
  database = await testDatabase()
  planted = await plant(database.superuser)
})
beforeEach(() => database.superuser.query('truncate event, event_batch, batch_key'))
afterAll(() => database.drop())

const line = (raw: string): Line => ({ raw, truncated: false })

function batch(raws: readonly string[], more: Partial<Batch> = {}): Batch {
  return {
    ...planted.yamada,
    transport: 'syslog-tcp',
    peer: '192.0.2.1',
    receivedAt: noon,
    lines: raws.map(line),
    ...more,
  }
}

type Row = { company_id: string; sensor_id: string; day: string; batch_no: number; line: number; raw: string }
const stored = async (): Promise<Row[]> =>
  (await database.superuser.query<Row>('select * from event order by batch_no, line')).rows

const appender = (pool: Pool = database.store.ingest, more = {}) =>
  makeAppender(pool, { log: quiet, pause: () => Promise.resolve(), ...more })

/** Pretends that a word of SQL fails, as often as `failures` has something to throw. */
function failing(word: RegExp, failures: unknown[], after = false): Pool {
  const pool = database.store.ingest
  return new Proxy(pool, {
    get: (target, name) => {
      if (name !== 'connect') return Reflect.get(target, name)
      return async () => {
        const client = await pool.connect()
        return new Proxy(client, {
          get: (real, key) => {
            const value: unknown = Reflect.get(real, key)
            if (key !== 'query') return typeof value === 'function' ? value.bind(real) : value
            return async (text: string, values?: unknown[]) => {
              const hit = word.test(text) && failures.length > 0
              if (hit && !after) throw failures.shift()
              const result = await real.query(text, values)
              if (hit) throw failures.shift()
              return result
            }
          },
        })
      }
    },
  })
}

const lost = (): Error => new Error('Connection terminated unexpectedly')
const sqlstate = (code: string): Error => Object.assign(new Error('no'), { code })

describe('lines are kept', () => {
  test('one row a line, in order, numbered from 1, true repeats included', async () => {
    const result = await appender().append(batch(['a', 'a', 'b']))
    expect(result).toEqual({ stored: 3, duplicate: false })
    expect((await stored()).map((row) => [row.line, row.raw])).toEqual([
      [1, 'a'],
      [2, 'a'],
      [3, 'b'],
    ])
  })

  test('under the company and sensor of their batch when many wait together', async () => {
    const one = appender()
    await Promise.all([
      one.append(batch(['yamada 1'])),
      one.append(batch(['sato 1', 'sato 2'], planted.sato)),
      one.append(batch(['yamada 2'])),
    ])
    const rows = await stored()
    expect(rows.map((row) => row.raw)).toEqual(['yamada 1', 'sato 1', 'sato 2', 'yamada 2'])
    for (const row of rows) {
      const owner = row.raw.startsWith('yamada') ? planted.yamada : planted.sato
      expect([row.company_id, row.sensor_id]).toEqual([owner.company, owner.sensor])
    }
    expect(new Set(rows.map((row) => row.batch_no)).size).toBe(3)
  })

  test('under the day in Japan on which they arrived, also around midnight', async () => {
    const one = appender()
    const midnight = fromJst({ year: 2026, month: 12, day: 31, hour: 24 })
    await one.append(batch(['old year'], { receivedAt: midnight - 1 }))
    await one.append(batch(['new year'], { receivedAt: midnight }))
    expect((await stored()).map((row) => row.day)).toEqual(['2026-12-31', '2027-01-01'])
  })

  test('with their bytes where the text is not all of them, and without NUL in the text', async () => {
    const sjis = Buffer.from([0x93, 0xfa, 0x96, 0x7b])
    await appender().append(
      batch([], {
        lines: [{ raw: '日本', rawBytes: sjis, truncated: true }, line('a\0b'), line('\ud800 {"},\\ \'"')],
      }),
    )
    const { rows } = await database.superuser.query(
      'select raw, raw_bytes, truncated from event order by line',
    )
    expect(rows[0]).toEqual({ raw: '日本', raw_bytes: sjis, truncated: true })
    expect(rows[1]).toEqual({ raw: 'a\ufffdb', raw_bytes: Buffer.from('a\0b'), truncated: false })
    expect(rows[2].raw).toBe('\ufffd {"},\\ \'"')
  })

  test('of a batch larger than one statement takes, all or nothing', async () => {
    const many = Array.from({ length: 5_001 }, (_, i) => `line ${i}`)
    expect(await appender().append(batch(many))).toEqual({ stored: 5_001, duplicate: false })
    expect((await stored()).map((row) => row.raw)).toEqual(many)
  })

  test('none of an empty batch', async () => {
    expect(await appender().append(batch([]))).toEqual({ stored: 0, duplicate: false })
    expect(await stored()).toEqual([])
  })
})

describe('a batch with a key', () => {
  test('is kept once, whether it comes again later or at the same time', async () => {
    const one = appender()
    const twice = await Promise.all([
      one.append(batch(['a'], { key: 'k' })),
      one.append(batch(['a'], { key: 'k' })),
    ])
    expect(twice.map((result) => result.duplicate)).toEqual([false, true])
    expect(await one.append(batch(['a'], { key: 'k' }))).toEqual({ stored: 0, duplicate: true })
    expect(await stored()).toHaveLength(1)
  })

  test('is another one under another sensor', async () => {
    const one = appender()
    await one.append(batch(['a'], { key: 'k' }))
    expect(await one.append(batch(['a'], { ...planted.sato, key: 'k' }))).toEqual({
      stored: 1,
      duplicate: false,
    })
  })

  test('is kept once by two processes at once', async () => {
    const [one, two] = [appender(), appender()]
    const keys = Array.from({ length: 40 }, (_, i) => `k${i}`)
    const results = await Promise.all([
      ...keys.map((key) => one.append(batch([key], { key }))),
      ...keys.toReversed().map((key) => two.append(batch([key], { key }))),
    ])
    expect(results.filter((result) => !result.duplicate)).toHaveLength(40)
    expect(await stored()).toHaveLength(40)
  })
})

describe('when the database fails', () => {
  test('a broken connection is waited for and nothing is lost or doubled', async () => {
    const one = appender(failing(/insert into event /, [lost(), lost()]))
    expect(await one.append(batch(['a']))).toEqual({ stored: 1, duplicate: false })
    expect(await stored()).toHaveLength(1)
    expect(one.troubled()).toBe(false)
  })

  test('a commit whose answer was lost is found out: lines without a key are not doubled', async () => {
    const one = appender(failing(/^commit/, [lost()], true))
    const results = await Promise.all([one.append(batch(['a', 'b'])), one.append(batch(['c'], { key: 'k' }))])
    expect(results).toEqual([
      { stored: 2, duplicate: false },
      { stored: 1, duplicate: false },
    ])
    expect((await stored()).map((row) => row.raw)).toEqual(['a', 'b', 'c'])
  })

  test('a commit that never reached the database is done again', async () => {
    const one = appender(failing(/^commit/, [lost()]))
    expect(await one.append(batch(['a']))).toEqual({ stored: 1, duplicate: false })
    expect(await stored()).toHaveLength(1)
  })

  test('a full disk refuses and does not keep anybody waiting', async () => {
    const one = appender(failing(/insert into event /, [sqlstate('53100')]))
    await expect(one.append(batch(['a']))).rejects.toMatchObject({ code: 'INGEST_BUSY' })
    expect(one.troubled()).toBe(true)
    expect(await one.append(batch(['a']))).toEqual({ stored: 1, duplicate: false })
    expect(await stored()).toHaveLength(1)
  })

  test('a batch that can never be kept does not fail its neighbours', async () => {
    const one = appender()
    const foreign = { company: planted.yamada.company, sensor: planted.sato.sensor }
    const results = await Promise.allSettled([
      one.append(batch(['a'])),
      one.append(batch(['poison'], foreign)),
      one.append(batch(['b'])),
    ])
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(results[1]).toMatchObject({ reason: { code: 'INTERNAL' } })
    expect((await stored()).map((row) => row.raw)).toEqual(['a', 'b'])
  })

  test('a day whose partition was taken away is made again', async () => {
    const one = appender()
    await one.append(batch(['a']))
    await database.superuser.query('drop table event_20261123')
    expect(await one.append(batch(['b']))).toEqual({ stored: 1, duplicate: false })
  })
})

describe('what waits', () => {
  test('is limited: more is refused, nothing that was taken is dropped', async () => {
    const one = appender(undefined, { maxLines: 10 })
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, (_, i) => one.append(batch([`${i}`]))),
    )
    const kept = results.filter((result) => result.status === 'fulfilled').length
    expect(kept).toBeGreaterThanOrEqual(10)
    expect(results.at(-1)).toMatchObject({ reason: { code: 'INGEST_BUSY' } })
    expect(await stored()).toHaveLength(kept)
    expect(one.waiting()).toEqual({ lines: 0, bytes: 0 })
  })

  test('is written before the end; what comes later is refused', async () => {
    const one = appender()
    const waiting = one.append(batch(['a']))
    const closed = one.close()
    await expect(one.append(batch(['late']))).rejects.toMatchObject({ code: 'INGEST_BUSY' })
    await closed
    expect(await waiting).toEqual({ stored: 1, duplicate: false })
  })

  test('is given up at the end when there is no database', async () => {
    const forever = Array.from({ length: 1_000 }, lost)
    const one = appender(failing(/set_config/, forever), {
      closeWithin: 20,
      pause: () => new Promise((go) => setTimeout(go, 1)),
    })
    const waiting = one.append(batch(['a']))
    waiting.catch(() => undefined)
    await one.close()
    await expect(waiting).rejects.toMatchObject({ code: 'INGEST_BUSY' })
  })

  test('wakes the detector after the commit', async () => {
    const one = appender()
    let heard = 0
    const stop = one.onAppended(() => {
      heard += 1
    })
    await one.append(batch(['a'], { receivedAt: noon + hour }))
    expect(heard).toBe(1)
    stop()
    await one.append(batch(['b']))
    expect(heard).toBe(1)
  })
})
