import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Planted, plant } from '../event/planted.ts'
import { within } from '../store/index.ts'
import { type TestDatabase, testDatabase } from '../store/test-database.ts'
import { noteSequences } from './gap-store.ts'

let database: TestDatabase
let planted: Planted

beforeAll(async () => {
  database = await testDatabase()
  planted = await plant(database.superuser)
})
afterAll(() => database.drop())

const now = Date.UTC(2026, 10, 23, 3)
const lines = (batchNo: number, numbers: readonly number[], sensor = planted.yamada.sensor) =>
  numbers.map((n) => ({
    sensor,
    batchNo,
    receivedAt: now,
    raw: `<13>1 - utm1 fw - - [meta sequenceId="${n}"] x`,
  }))

const note = (kept: ReturnType<typeof lines>, company = planted.yamada.company) =>
  within(database.store.detect, { organisations: [company] }, (tx) =>
    noteSequences(tx, { company, lines: kept, now }),
  )

describe('gaps of a sensor', () => {
  test('are found between batches, kept as incidents, and found once when a batch is read again', async () => {
    expect(await note(lines(1, [1, 2, 3]))).toEqual([])
    // Here the receiver was killed: nothing of it is remembered but what was kept.
    const second = lines(2, [10, 11, 13])
    expect((await note(second)).map((gap) => [gap.from, gap.to])).toEqual([
      [4, 9],
      [12, 12],
    ])
    expect(await note(second)).toEqual([])
    expect(await note(lines(3, [14, 1, 2]))).toEqual([])
    const { rows } = await database.superuser.query(
      `select company_id as company, sensor_id as sensor, kind, count, detail from ingest_incident order by detail`,
    )
    expect(rows).toEqual([
      { ...planted.yamada, kind: 'gap', count: 1, detail: 'utm1 12-12' },
      { ...planted.yamada, kind: 'gap', count: 6, detail: 'utm1 4-9' },
    ])
    const state = await database.superuser.query(
      'select stream, last, missing, runs, upto_batch from sensor_sequence',
    )
    expect(state.rows).toEqual([{ stream: 'utm1', last: 2, missing: 7, runs: 2, upto_batch: 3 }])
  })

  test('of another company are refused', async () => {
    const foreign = note(lines(9, [1, 5], planted.sato.sensor))
    await expect(foreign).rejects.toThrow(/foreign key/)
    const planting = within(database.store.detect, { organisations: [planted.yamada.company] }, (tx) =>
      noteSequences(tx, { company: planted.sato.company, lines: lines(9, [1, 5], planted.sato.sensor), now }),
    )
    await expect(planting).rejects.toThrow(/row-level security/)
  })
})
