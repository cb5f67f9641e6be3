import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Instant, minute, second } from '../base/time.ts'
import type { Canary } from '../detect/index.ts'
import { type TestDatabase, testDatabase } from '../store/test-database.ts'
import { raiseFindings } from './raise.ts'
import {
  appenderOn,
  botnet,
  breakIn,
  detectorOn,
  type Firm,
  morning,
  plantFirm,
  plantProvider,
  sent,
  traffic,
} from './test-firms.ts'
import { written } from './test-written.ts'

let db: TestDatabase
let minato: { provider: string; analyst: string }
let code = 2000
const clock = (): Instant => morning + 10 * minute

beforeAll(async () => {
  db = await testDatabase()
  minato = await plantProvider(db, 'みなと情報サービス')
})
afterAll(() => db.drop())

const firm = (provider = minato.provider): Promise<Firm> =>
  plantFirm(db, { provider, name: '山田製作所', code: `M-${++code}` })

async function forget(company: string): Promise<void> {
  for (const table of ['alert_evidence', 'detection', 'alert', 'sensor_health', 'sensor_hour']) {
    await db.superuser.query(`delete from ${table} where company_id = $1`, [company])
  }
  await db.superuser.query('delete from detector_state')
}

test('killed and started again at every place of a stream, the watch finds the same as in one run', async () => {
  const yamada = await firm()
  const appender = appenderOn(db)
  const story = breakIn(morning)
  for (const { at, line } of story)
    await sent(appender, { company: yamada.company, sensor: yamada.utm }, { lines: [line], at })
  await appender.close()

  await forget(yamada.company)
  const whole = detectorOn(db, clock)
  await whole.load()
  while ((await whole.step()) > 0);
  const expected = await written(db, yamada.company)
  expect(expected.alerts.map((row: { detection: string }) => row.detection)).toEqual([
    'auth.brute.success',
    'gw.c2.blocked',
  ])
  expect(expected.health).toMatchObject([{ lines: story.length }])

  const batches = await db.superuser.query<{ no: number }>('select no from event_batch order by no')
  const first = batches.rows[0]?.no ?? 1
  for (let saved = 0; saved <= story.length; saved += 2) {
    await forget(yamada.company)
    // The first life saves its state after `saved` batches, works on to the end, and is killed.
    const upto = first - 1 + saved
    const before = detectorOn(db, clock, { pool: db.store.detect })
    await stepUpto(before, upto)
    await before.save()
    while ((await before.step()) > 0);
    // The second life knows only what was saved.
    const after = detectorOn(db, clock)
    await after.load()
    expect(after.state().uptoBatch).toBe(upto)
    while ((await after.step()) > 0);
    expect(await written(db, yamada.company), `state saved after batch ${saved}`).toEqual(expected)
  }
}, 60_000)

/** Works up to a batch by hiding the later ones for a moment. */
async function stepUpto(detector: ReturnType<typeof detectorOn>, upto: number): Promise<void> {
  await detector.load()
  await db.superuser.query(
    'create table kept_back as select * from event_batch where no > $1'.replace('$1', String(upto)),
  )
  await db.superuser.query('delete from event_batch where no > $1', [upto])
  while ((await detector.step()) > 0);
  await db.superuser.query('alter table event_batch disable trigger number_in_commit_order')
  await db.superuser.query('insert into event_batch select * from kept_back')
  await db.superuser.query('alter table event_batch enable trigger number_in_commit_order')
  await db.superuser.query('drop table kept_back')
}

describe('the watch goes on', () => {
  test('a batch that a fault of ours cannot judge is set aside after three tries, its neighbours are judged', async () => {
    const yamada = await firm()
    const appender = appenderOn(db)
    const lines = [
      botnet(morning),
      botnet(morning + second, { from: '192.168.27.10' }),
      botnet(morning + 2 * second),
    ]
    for (const line of lines)
      await sent(appender, { company: yamada.company, sensor: yamada.utm }, { lines: [line], at: morning })
    await appender.close()
    let tries = 0
    const raise: typeof raiseFindings = (tx, of, now) => {
      if (of.findings.some((finding) => finding.names.includes('192.168.27.10'))) {
        tries++
        throw new TypeError('a fault of ours')
      }
      return raiseFindings(tx, of, now)
    }
    const detector = detectorOn(db, clock, { raise })
    await detector.load()
    while ((await detector.step()) > 0);
    await detector.save()
    expect((await written(db, yamada.company)).alerts).toMatchObject(
      [{ count: 2 }].map((row) => ({ ...row, count: 2 })),
    )
    expect(detector.state().setAside.filter((each) => each.company === yamada.company)).toHaveLength(1)
    expect(tries).toBe(4)
  })

  test('while the database is busy nothing is left out', async () => {
    const yamada = await firm()
    const appender = appenderOn(db)
    await sent(
      appender,
      { company: yamada.company, sensor: yamada.utm },
      { lines: [botnet(morning)], at: morning },
    )
    await appender.close()
    let failures = 6
    const raise: typeof raiseFindings = async (tx, of, now) => {
      await raiseFindings(tx, of, now)
      if (failures-- > 0) throw Object.assign(new Error('too many connections'), { code: '53300' })
    }
    const detector = detectorOn(db, clock, { raise })
    await detector.load()
    while ((await detector.step()) > 0);
    await detector.save()
    expect((await written(db, yamada.company)).alerts).toMatchObject([{ detection: 'gw.c2.blocked' }])
    expect(detector.state()).toMatchObject({ troubled: null, lagMs: 0 })
  })

  test('the loop is woken, judges, and stops with its state saved', async () => {
    const yamada = await firm()
    const appender = appenderOn(db)
    let judged = (): void => undefined
    const done = new Promise<void>((resolve) => {
      judged = resolve
    })
    const raise: typeof raiseFindings = async (tx, of, now) => {
      await raiseFindings(tx, of, now)
      if (of.company === yamada.company) judged()
    }
    const detector = detectorOn(db, clock, { raise })
    appender.onAppended(detector.wake)
    await detector.start()
    expect(detector.state().running).toBe(true)
    await sent(
      appender,
      { company: yamada.company, sensor: yamada.utm },
      { lines: [botnet(morning)], at: morning },
    )
    await done
    await appender.close()
    await detector.stop()
    const upto = detector.state().uptoBatch
    const saved = await db.superuser.query('select upto_batch from detector_state')
    expect(saved.rows).toEqual([{ upto_batch: upto }])
    const newest = await db.superuser.query('select max(no) as no from event_batch')
    expect(newest.rows).toEqual([{ no: upto }])
  })
})

test('a canary is told only for the sensor that carries it, and is never an alert', async () => {
  const own = await firm()
  await db.superuser.query("update sensor set canary = 'syslog-tcp', source = 'syslog' where id = $1", [
    own.utm,
  ])
  const appender = appenderOn(db)
  const line = (at: Instant): string =>
    `<14>1 2026-11-23T10:00:00+09:00 mimamori canary - - - mimamori canary ${at}-4f2a`
  await sent(
    appender,
    { company: own.company, sensor: own.utm },
    { lines: [line(morning), line(morning + second)], at: morning },
  )
  await sent(appender, { company: own.company, sensor: own.windows }, { lines: [line(morning)], at: morning })
  await appender.close()
  const heard: Canary[] = []
  const onCanary = (_tx: unknown, canary: Canary): Promise<void> => {
    heard.push(canary)
    return Promise.resolve()
  }
  const detector = detectorOn(db, clock, { onCanary })
  await detector.load()
  while ((await detector.step()) > 0);
  await detector.save()
  expect(heard).toEqual([{ company: own.company, receiver: 'syslog-tcp', sentAt: morning + second }])
  expect((await written(db, own.company)).alerts).toEqual([])
})

test('the health of a sensor counts every line once, and finds a clock that is wrong', async () => {
  const yamada = await firm()
  const appender = appenderOn(db)
  const batch = (at: Instant, lines: string[]) =>
    sent(appender, { company: yamada.company, sensor: yamada.utm }, { lines, at })
  await batch(morning, [traffic(morning), 'no log of a gateway at all'])
  await batch(morning + minute, [traffic(morning + minute)])
  // A buffer of the night is sent at once: late, but no wrong clock.
  await batch(morning + 2 * minute, [traffic(morning - 300 * minute)])
  await batch(morning + 3 * minute, [traffic(morning + 3 * minute)])
  await appender.close()
  const detector = detectorOn(db, clock)
  await detector.load()
  while ((await detector.step()) > 0);
  // Not saved: it is all read again.
  const again = detectorOn(db, clock)
  await again.load()
  while ((await again.step()) > 0);
  const health = () =>
    db.superuser
      .query('select * from sensor_health where sensor_id = $1', [yamada.utm])
      .then((answer) => answer.rows[0])
  expect(await health()).toMatchObject({
    lines: 5,
    unreadable: 1,
    late: 1,
    skew_ms: 0,
    skew_since: null,
    recent_gaps: [60, 60, 60],
    last_received_at: morning + 3 * minute,
  })
  const kept = await db.superuser.query('select line, reason from unreadable_line where sensor_id = $1', [
    yamada.utm,
  ])
  expect(kept.rows).toMatchObject([{ line: 2 }])

  const wrong = appenderOn(db)
  for (let i = 4; i <= 8; i++) {
    const at = morning + i * minute
    await sent(
      wrong,
      { company: yamada.company, sensor: yamada.utm },
      { lines: [traffic(at - 61 * minute)], at },
    )
  }
  await wrong.close()
  while ((await again.step()) > 0);
  expect(await health()).toMatchObject({ skew_ms: -61 * minute, skew_since: morning + 4 * minute })
})
