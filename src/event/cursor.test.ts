import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fromJst } from '../base/time.ts'
import { quiet, within, withoutScope } from '../store/index.ts'
import { type TestDatabase, testDatabase } from '../store/test-database.ts'
import { makeAppender } from './appender.ts'
import { type Planted, plant } from './planted.ts'
import { newestBatch, readBatches, readEvents, readLines, searchEvents } from './read.ts'
import { eventRef } from './ref.ts'

const noon = fromJst({ year: 2026, month: 11, day: 23, hour: 12 })

let database: TestDatabase
let planted: Planted

beforeAll(async () => {
  database = await testDatabase()
  planted = await plant(database.superuser)
})
afterAll(() => database.drop())

const insertBatch = `insert into event_batch (no, company_id, sensor_id, day, transport, peer, received_at, lines)
  values (0, $1, $2, '2026-11-23', 'http', '192.0.2.9', now(), 1)`

describe('a cursor over the numbers of batches', () => {
  test('cannot pass a writer that has not committed: the second writer waits for the first', async () => {
    const { company, sensor } = planted.yamada
    const first = await database.superuser.connect()
    const second = await database.superuser.connect()
    try {
      await first.query('begin')
      await first.query(insertBatch, [company, sensor])
      await second.query('begin')
      let inserted = false
      const waiting = second.query(insertBatch, [company, sensor]).then(() => {
        inserted = true
      })
      const { pid } = (await first.query('select pg_backend_pid() as pid')).rows[0]
      await untilBlockedBy(pid)
      expect(inserted).toBe(false)
      await first.query('commit')
      await waiting
      await second.query('commit')
    } finally {
      first.release()
      second.release()
    }
    const seen = await withoutScope(database.store.detect, (tx) => readBatches(tx, 0, 10))
    expect(seen.map((batch) => batch.no)).toEqual(seen.map((batch) => batch.no).toSorted((a, b) => a - b))
  })

  async function untilBlockedBy(pid: number): Promise<void> {
    for (;;) {
      const { rows } = await database.superuser.query(
        'select 1 from pg_stat_activity where $1::integer = any (pg_blocking_pids(pid))',
        [pid],
      )
      if (rows.length > 0) return
    }
  }

  test('skips nothing while four processes write and it reads', async () => {
    const from = await withoutScope(database.store.detect, newestBatch)
    const writers = Array.from({ length: 4 }, () =>
      makeAppender(database.store.ingest, { log: quiet, groupLines: 7 }),
    )
    const batches = 150
    let writing = true
    const written = Promise.all(
      writers.map(async (writer, w) => {
        for (let b = 0; b < batches; b += 5) {
          await Promise.all(
            [0, 1, 2, 3, 4].map((i) =>
              writer.append({
                ...(i % 2 === 0 ? planted.yamada : planted.sato),
                transport: 'http',
                peer: '192.0.2.1',
                receivedAt: noon,
                lines: [{ raw: `${w}-${b + i}`, truncated: false }],
              }),
            ),
          )
        }
      }),
    ).finally(() => {
      writing = false
    })
    const seen: number[] = []
    let cursor = from
    for (;;) {
      const last = !writing
      const found = await withoutScope(database.store.detect, (tx) => readBatches(tx, cursor, 50))
      seen.push(...found.map((batch) => batch.no))
      cursor = found.at(-1)?.no ?? cursor
      if (last && found.length === 0) break
    }
    await written
    expect(seen).toHaveLength(4 * batches)
    expect(new Set(seen).size).toBe(4 * batches)
  })
})

describe('reading lines', () => {
  test('gives only the company in scope, also for batches and refs of another one', async () => {
    const writer = makeAppender(database.store.ingest, { log: quiet })
    const from = await withoutScope(database.store.detect, newestBatch)
    const common = { transport: 'http', peer: '192.0.2.1', receivedAt: noon } as const
    await writer.append({
      ...planted.yamada,
      ...common,
      lines: [
        { raw: '山田 1', truncated: false },
        { raw: '山田 2', truncated: false },
      ],
    })
    await writer.append({ ...planted.sato, ...common, lines: [{ raw: '佐藤 1', truncated: false }] })
    const batches = await withoutScope(database.store.detect, (tx) => readBatches(tx, from, 10))
    expect(batches.map((batch) => [batch.company, batch.lines])).toEqual([
      [planted.yamada.company, 2],
      [planted.sato.company, 1],
    ])
    const yamada = { organisations: [planted.yamada.company] }
    const lines = await within(database.store.detect, yamada, (tx) => readLines(tx, batches))
    expect(lines.map((line) => line.raw)).toEqual(['山田 1', '山田 2'])

    const refs = batches.map((batch) => eventRef(batch.day, batch.no, 1))
    const evidence = await within(database.store.app, yamada, (tx) =>
      readEvents(tx, planted.yamada.company, refs),
    )
    expect(evidence.map((line) => line.raw)).toEqual(['山田 1'])
    const foreign = await within(database.store.app, yamada, (tx) =>
      readEvents(tx, planted.sato.company, refs),
    )
    expect(foreign).toEqual([])
    const searched = await within(database.store.app, yamada, (tx) =>
      searchEvents(tx, planted.yamada.company, { from: noon, to: noon + 1, limit: 1 }),
    )
    expect(searched.map((line) => line.raw)).toEqual(['山田 2'])
  })
})
