import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { fromJst, hour, minute, second } from '../base/time.ts'
import { saveCompany } from '../company/index.ts'
import { forgetListeners, listen, moment, newId, within } from '../store/index.ts'
import { type TestDatabase, testDatabase } from '../store/test-database.ts'
import { insertSensor } from './create-sensor.ts'
import { findSilence, openSilences } from './find-silence.ts'
import { listSensors } from './store.ts'

const noon = fromJst({ year: 2026, month: 11, day: 25, hour: 12 })
let database: TestDatabase
const provider = newId()

beforeAll(async () => {
  database = await testDatabase()
  await within(database.store.app, { organisations: [provider] }, (tx) =>
    tx.run(`insert into organisation (id, kind, name) values ($1, 'provider', 'みなと情報サービス')`, [
      provider,
    ]),
  )
})
afterAll(() => database.drop())

const told: string[] = []
beforeEach(() => {
  told.length = 0
  forgetListeners()
  for (const kind of ['silence.found', 'silence.ended'] as const) {
    listen(kind, async (_tx, message) => {
      told.push(`${message.kind} ${message.company}`)
    })
  }
})
afterEach(() => forgetListeners())

let codes = 1000

/** A company with one UTM whose last line came `silentFor` milliseconds before noon. */
async function companyWithUtm(
  silentFor: number,
  gaps: readonly number[] = [],
): Promise<{ company: string; sensor: string }> {
  const company = newId()
  const sensor = newId()
  codes += 1
  await within(database.store.app, { organisations: [provider, company] }, async (tx) => {
    await saveCompany(
      tx,
      {
        id: company,
        name: '株式会社山田製作所',
        code: `M-${codes}`,
        corporateNumber: null,
        soleProprietor: false,
        prefecture: null,
        trade: null,
        employees: 8,
      },
      { id: newId(), provider },
    )
    await insertSensor(tx, {
      id: sensor,
      company,
      name: '会社の入口（UTM）',
      source: 'fortigate',
      class: 'utm',
      required: true,
      by: null,
    })
  })
  await hear({ company, sensor, at: noon - silentFor, gaps })
  return { company, sensor }
}

async function hear(of: {
  company: string
  sensor: string
  at: number
  gaps?: readonly number[]
}): Promise<void> {
  await within(database.store.detect, { organisations: [of.company] }, (tx) =>
    tx.run(
      `insert into sensor_health (sensor_id, company_id, first_received_at, last_received_at, recent_gaps) values ($1, $2, $3, $3, $4)
       on conflict (sensor_id) do update set last_received_at = excluded.last_received_at`,
      [of.sensor, of.company, moment(of.at), of.gaps ?? []],
    ),
  )
}

const look = (company: string, now: number, held = false): Promise<void> =>
  findSilence({ app: database.store.app, detect: database.store.detect }, company, { now, held })

const silences = (company: string) =>
  within(database.store.app, { organisations: [company] }, (tx) => openSilences(tx, [company]))

describe('the UTM of 山田製作所 falls silent', () => {
  test('the desk sees it after five minutes, the owner is told after fifteen, once', async () => {
    const { company } = await companyWithUtm(6 * minute)
    await look(company, noon)
    await look(company, noon + second)
    expect(await silences(company)).toMatchObject([{ since: noon - 6 * minute, ownerAt: null }])
    expect(told).toEqual([])
    await look(company, noon + 9 * minute)
    await look(company, noon + 10 * minute)
    expect(told).toEqual([`silence.found ${company}`])
    expect(await silences(company)).toMatchObject([{ ownerAt: noon + 9 * minute }])
  })

  test('it ends when the UTM is heard again with a known rhythm', async () => {
    const { company, sensor } = await companyWithUtm(20 * minute, Array(30).fill(30))
    await look(company, noon)
    await hear({ company, sensor, at: noon + minute })
    await look(company, noon + minute)
    expect(told).toEqual([`silence.found ${company}`, `silence.ended ${company}`])
    expect(await silences(company)).toEqual([])
  })

  test('nobody is told while our own canary is late: it may be our fault', async () => {
    const { company } = await companyWithUtm(20 * minute)
    await look(company, noon, true)
    expect(await silences(company)).toEqual([])
    expect(told).toEqual([])
  })

  test('after an hour in which we were down, silence counts from when lines could arrive again', async () => {
    const { company } = await companyWithUtm(hour)
    const at = (now: number): Promise<void> =>
      findSilence({ app: database.store.app, detect: database.store.detect }, company, {
        now,
        held: false,
        hearingSince: noon,
      })
    await at(noon + minute)
    expect(await silences(company)).toEqual([])
    await at(noon + 6 * minute)
    expect(await silences(company)).toMatchObject([{ since: noon - hour, ownerAt: null }])
    await at(noon + 14 * minute)
    expect(told).toEqual([])
    await at(noon + 15 * minute)
    expect(told).toEqual([`silence.found ${company}`])
  })
})

test('a rhythm is learned from what arrived and kept with the sensor', async () => {
  const { company } = await companyWithUtm(10 * second, Array(30).fill(30))
  await look(company, noon)
  const [sensor] = await within(database.store.app, { organisations: [company] }, (tx) =>
    listSensors(tx, [company], noon),
  )
  expect(sensor).toMatchObject({ cadenceSeconds: 30, cadenceSource: 'learned', condition: 'heard' })
})

test('the silence of one company is not seen in the scope of another', async () => {
  const { company } = await companyWithUtm(20 * minute)
  const { company: midori } = await companyWithUtm(second)
  await look(company, noon)
  const seen = await within(database.store.app, { organisations: [midori] }, (tx) =>
    openSilences(tx, [company, midori]),
  )
  expect(seen).toEqual([])
})
