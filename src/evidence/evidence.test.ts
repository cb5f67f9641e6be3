import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { day, hour, type Instant, jstDate, minute } from '../base/time.ts'
import { at, makeTown, type TestCompany, type Town } from '../notice/test-town.ts'
import { moment, newId } from '../store/index.ts'
import type { Counts } from './counts.ts'
import { evidenceOf } from './evidence-of.ts'
import { gatherDaily } from './gather.ts'
import { keepRecord, unerasedDevices } from './record.ts'

let town: Town
const now = at(14, 32)

beforeAll(async () => {
  town = await makeTown()
})
afterAll(() => town.database.drop())
beforeEach(async () => {
  for (const table of [
    'evidence_observation',
    'evidence_gathered',
    'evidence_record',
    'alert_decision',
    'alert',
    'event',
    'event_batch',
    'sensor_health',
    'sensor_hour',
    'task',
  ])
    await run(`delete from ${table}`)
  await run("delete from device where nickname <> '経理-02'")
  await run('update device set retired_at = null')
})

const run = (text: string, values: unknown[] = []): Promise<{ rows: unknown[] }> =>
  town.database.superuser.query(text, values)

const known = (company: TestCompany): Promise<ReadonlyMap<string, Counts>> =>
  town.as(company.owner, (tx) => evidenceOf(tx, company.id, now))
const signal = async (name: string, company = town.yamada): Promise<Counts | undefined> =>
  (await known(company)).get(name)

/** The company's sensor was heard until `until`, on each of the last 40 days. */
async function heard(company: TestCompany, until: Instant = now - minute, days = 40): Promise<void> {
  await run(
    `insert into sensor_health (sensor_id, company_id, first_received_at, last_received_at) values ($1, $2, $3, $4)`,
    [company.sensor, company.id, moment(until - 100 * day), moment(until)],
  )
  await run(
    `insert into sensor_hour (company_id, sensor_id, hour, lines, upto_batch)
     select $1, $2, date_trunc('hour', $3::timestamptz) - n * interval '1 day', 5, 1 from generate_series(0, $4) n`,
    [company.id, company.sensor, moment(until), days - 1],
  )
}

async function line(company: TestCompany, receivedAt: Instant, raw: string): Promise<void> {
  await run('select make_event_day($1::date)', [jstDate(receivedAt)])
  const { rows } = await run(
    `insert into event_batch (no, company_id, sensor_id, day, transport, peer, received_at, lines)
     values (0, $1, $2, $3, 'http', 'test', $4, 1) returning no`,
    [company.id, company.sensor, jstDate(receivedAt), moment(receivedAt)],
  )
  const { no } = rows[0] as { no: number }
  await run(
    `insert into event (day, batch_no, line, company_id, sensor_id, received_at, raw) values ($1, $2, 1, $3, $4, $5, $6)`,
    [jstDate(receivedAt), no, company.id, company.sensor, moment(receivedAt), raw],
  )
}

const windows = (
  when: Instant,
  of: { provider: string; id: number; title?: string; host?: string },
): string =>
  JSON.stringify({
    '@timestamp': new Date(when).toISOString(),
    winlog: {
      channel: 'System',
      provider_name: of.provider,
      event_id: String(of.id),
      computer_name: of.host ?? 'KEIRI-02',
      event_data: of.title === undefined ? {} : { updateTitle: of.title },
    },
  })
const updated = (company: TestCompany, when: Instant, host?: string): Promise<void> =>
  line(
    company,
    when,
    windows(when, {
      provider: 'Microsoft-Windows-WindowsUpdateClient',
      id: 19,
      title: '2026-11 セキュリティ更新プログラム (KB5070001)',
      ...(host !== undefined && { host }),
    }),
  )
const defender = (company: TestCompany, when: Instant, id: number): Promise<void> =>
  line(company, when, windows(when, { provider: 'Microsoft-Windows-Windows Defender', id }))

describe('updates', () => {
  test('nothing is said before anything is known', async () => {
    expect([...(await known(town.yamada)).keys()].filter((key) => key !== 'device_ledger')).toEqual([])
    await heard(town.yamada)
    await gatherDaily({ app: town.app }, now)
    expect(await signal('endpoint_patch')).toBeUndefined()
  })

  test('a computer that installed the update 10 days ago is current', async () => {
    await heard(town.yamada)
    await updated(town.yamada, now - 10 * day)
    await gatherDaily({ app: town.app }, now)
    expect(await signal('endpoint_patch')).toMatchObject({ total: 1, ok: 1, bad: 0, items: [] })
  })

  test('41 days without an update, though on and heard all the time: behind, by its nickname', async () => {
    await heard(town.yamada)
    await updated(town.yamada, now - 41 * day)
    await line(town.yamada, now - hour, windows(now - hour, { provider: 'Other', id: 1 }))
    await gatherDaily({ app: town.app }, now)
    expect(await signal('endpoint_patch')).toMatchObject({ total: 1, ok: 0, bad: 1, items: ['経理-02'] })
  })

  test('41 days in a drawer: not known', async () => {
    await heard(town.yamada, now - minute, 5)
    await updated(town.yamada, now - 41 * day)
    await gatherDaily({ app: town.app }, now)
    expect(await signal('endpoint_patch')).toBeUndefined()
  })

  test('what was gathered once is not gathered twice, and stays after the lines have gone', async () => {
    await heard(town.yamada)
    await updated(town.yamada, now - 10 * day)
    await gatherDaily({ app: town.app }, now - day)
    await run('delete from event')
    await gatherDaily({ app: town.app }, now)
    expect(await signal('endpoint_patch')).toMatchObject({ ok: 1 })
  })

  test('the machine behind a collector is not the collector', async () => {
    await heard(town.yamada)
    await run("update sensor set class = 'server' where id = $1", [town.yamada.sensor])
    await updated(town.yamada, now - 3 * day, 'SOKO-07')
    await gatherDaily({ app: town.app }, now)
    expect(await signal('endpoint_patch')).toMatchObject({ total: 2, ok: 1, unknown: 1 })
    await run("update sensor set class = 'pc' where id = $1", [town.yamada.sensor])
  })

  test('what the lines of 山田製作所 say is nothing of 丸八運送', async () => {
    await heard(town.yamada)
    await heard(town.maruhachi)
    await updated(town.yamada, now - 10 * day)
    await gatherDaily({ app: town.app }, now)
    expect(await signal('endpoint_patch', town.maruhachi)).toBeUndefined()
    const seen = await town.as(town.maruhachi.owner, (tx) => evidenceOf(tx, town.yamada.id, now))
    expect([...seen.keys()]).toEqual(['advisory_read'].filter((key) => seen.has(key)))
  })
})

describe('protection', () => {
  test('on and current, until it says that it is off, until it says that it is on again', async () => {
    await heard(town.yamada)
    await defender(town.yamada, now - 2 * day, 2000)
    await gatherDaily({ app: town.app }, now - day)
    expect(await signal('endpoint_protection')).toMatchObject({ ok: 1, bad: 0 })
    await defender(town.yamada, now - 5 * hour, 5001)
    await gatherDaily({ app: town.app }, now)
    expect(await signal('endpoint_protection')).toMatchObject({ ok: 0, bad: 1, items: ['経理-02'] })
    await defender(town.yamada, now - hour, 5000)
    await run('update evidence_gathered set upto = upto - interval $$1 day$$')
    await gatherDaily({ app: town.app }, now)
    expect(await signal('endpoint_protection')).toMatchObject({ ok: 1, bad: 0 })
  })

  test('an alert that the protection was stopped stands against it, until somebody closed it', async () => {
    await heard(town.yamada)
    await gatherDaily({ app: town.app }, now)
    const alert = await town.raise(town.yamada, { detection: 'ep.agent.stopped' }, now - 3 * day)
    expect(await signal('endpoint_protection')).toMatchObject({ total: 1, bad: 1 })
    await run(
      `insert into alert_decision (id, company_id, alert_id, kind, reason, at) values ($1, $2, $3, 'closing', 'permitted', now())`,
      [newId(), town.yamada.id, alert],
    )
    expect(await signal('endpoint_protection')).toBeUndefined()
  })
})

describe('what is listed, and what happened', () => {
  test('a computer without a sensor is not watched; one that was never heard is not known', async () => {
    expect(await signal('endpoint_coverage')).toBeUndefined()
    await heard(town.yamada)
    await run(
      `insert into device (id, company_id, nickname, class) values ($1, $2, '営業-05', 'laptop'), ($3, $2, '複合機', 'printer')`,
      [newId(), town.yamada.id, newId()],
    )
    expect(await signal('endpoint_coverage')).toMatchObject({ total: 2, ok: 1, bad: 1, items: ['営業-05'] })
  })

  test('a list without place or person is neither good nor bad', async () => {
    await run(`insert into device (id, company_id, nickname, class) values ($1, $2, '営業-05', 'laptop')`, [
      newId(),
      town.yamada.id,
    ])
    expect(await signal('device_ledger')).toMatchObject({ total: 2, ok: 1, bad: 0, unknown: 1 })
  })

  test('a device out of use is bad until somebody puts its erasing on record', async () => {
    await run('update device set retired_at = $2 where id = $1', [town.yamada.device, moment(now - 9 * day)])
    expect(await signal('device_retired')).toMatchObject({ total: 1, bad: 1, items: ['経理-02'] })
    const erased = {
      signal: 'device_retired',
      device: town.yamada.device,
      doneOn: '2026-11-20',
      now,
    } as const
    await expect(keepRecord(town.app, town.maruhachi.owner, erased)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    await expect(keepRecord(town.app, town.analyst, erased)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(
      keepRecord(town.app, town.yamada.member, { ...erased, doneOn: '2026-11-26' }),
    ).rejects.toMatchObject({ code: 'BAD_INPUT' })
    await keepRecord(town.app, town.yamada.member, erased)
    expect(await signal('device_retired')).toMatchObject({ total: 1, ok: 1, bad: 0 })
    expect(await town.as(town.yamada.owner, (tx) => unerasedDevices(tx, town.yamada.id))).toEqual([])
  })

  test('a sign-in after many refused ones counts; found harmless it does not', async () => {
    await heard(town.yamada)
    expect(await signal('account_taken_over')).toMatchObject({ total: 0, bad: 0 })
    const alert = await town.raise(town.yamada, { detection: 'auth.brute.success' }, now - 80 * day)
    expect(await signal('account_taken_over')).toMatchObject({ total: 1, bad: 1, items: ['経理-02'] })
    await run(
      `insert into alert_decision (id, company_id, alert_id, kind, reason, at) values ($1, $2, $3, 'closing', 'false-alarm', now())`,
      [newId(), town.yamada.id, alert],
    )
    expect(await signal('account_taken_over')).toMatchObject({ total: 0 })
  })

  test('“none in 90 days” is not said of a company that joined last week', async () => {
    await run(
      `insert into sensor_health (sensor_id, company_id, first_received_at, last_received_at) values ($1, $2, $3, $4)`,
      [town.yamada.sensor, town.yamada.id, moment(now - 7 * day), moment(now)],
    )
    expect(await signal('account_taken_over')).toBeUndefined()
  })

  test('the telephone was answered, on that day', async () => {
    const call = (outcome: string, doneAt: Instant): Promise<unknown> =>
      run(
        `insert into task (id, company_id, kind, due_at, text_ja, text_en, made_at, done_at, outcome)
         values ($1, $2, 'call', $3, '', '', $3, $3, $4)`,
        [newId(), town.yamada.id, moment(doneAt), outcome],
      )
    expect(await signal('contact_test')).toBeUndefined()
    await call('not-reached', now - 2 * day)
    expect(await signal('contact_test')).toMatchObject({ bad: 1 })
    await call('reached', now - day)
    expect(await signal('contact_test')).toMatchObject({ ok: 1, bad: 0, asOf: now - day })
  })

  test('a restore that was tried is a record of the company', async () => {
    await keepRecord(town.app, town.yamada.owner, {
      signal: 'restore_test',
      name: '会計データ',
      doneOn: '2026-10-01',
      now,
    })
    expect(await signal('restore_test')).toMatchObject({ total: 1, ok: 1 })
    expect(await signal('restore_test', town.maruhachi)).toBeUndefined()
  })
})
