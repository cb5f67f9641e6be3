import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hour, type Instant, minute, second } from '../base/time.ts'
import { forgetListeners, listen, type Message, within } from '../store/index.ts'
import { type TestDatabase, testDatabase } from '../store/test-database.ts'
import type { AlertRow } from './alert.ts'
import { alertColumns } from './raise-store.ts'
import {
  appenderOn,
  botnet,
  detectorOn,
  type Firm,
  morning,
  plantFirm,
  plantProvider,
  sent,
  virus,
  vpnEntered,
  vpnRefused,
} from './test-firms.ts'

let db: TestDatabase
let provider: string
let code = 1000
let clock = morning
const told: Message[] = []

beforeAll(async () => {
  db = await testDatabase()
  provider = (await plantProvider(db, 'みなと情報サービス')).provider
  for (const kind of ['alert.raised', 'alert.grew'] as const) {
    listen(kind, (_tx, message) => {
      told.push(message)
      return Promise.resolve()
    })
  }
})
afterAll(async () => {
  forgetListeners()
  await db.drop()
})

const firm = (): Promise<Firm> => plantFirm(db, { provider, name: '山田製作所', code: `M-${++code}` })

async function watch(
  of: Firm,
  batches: readonly { at: Instant; lines: readonly string[]; sensor?: string }[],
) {
  const appender = appenderOn(db)
  for (const { at, lines, sensor } of batches) {
    await sent(appender, { company: of.company, sensor: sensor ?? of.utm }, { lines, at })
  }
  await appender.close()
  const detector = detectorOn(db, () => clock)
  await detector.load()
  while ((await detector.step()) > 0);
  await detector.save()
}

function alertsOf(company: string): Promise<AlertRow[]> {
  return within(db.store.detect, { organisations: [company] }, (tx) =>
    tx.rows<AlertRow>(`select ${alertColumns} from alert a order by a.first_at, a.id`),
  )
}

describe('one story', () => {
  test('5,000 equal events are one alert with the count 5,000', async () => {
    const yamada = await firm()
    const lines = Array.from({ length: 5_000 }, (_, i) => botnet(morning + i))
    const batches = Array.from({ length: 10 }, (_, i) => ({
      at: morning + 5 * second,
      lines: lines.slice(i * 500, i * 500 + 500),
    }))
    await watch(yamada, batches)
    const alerts = await alertsOf(yamada.company)
    expect(alerts).toHaveLength(1)
    expect(alerts[0]).toMatchObject({
      count: 5_000,
      severity: 'now',
      detection: 'gw.c2.blocked',
      noticeType: 'n03',
    })
    expect(alerts[0]?.device).toBe(yamada.keiri)
    expect(alerts[0]?.held).toMatchObject({ kind: 'gateway-block', by: 'device', at: morning })
    const evidence = await db.superuser.query(
      'select count(*)::int as n from alert_evidence where company_id = $1',
      [yamada.company],
    )
    expect(evidence.rows[0]).toEqual({ n: 200 })
  })

  test('a quiet quarter of an hour ends a story', async () => {
    const yamada = await firm()
    await watch(yamada, [
      { at: morning, lines: [botnet(morning)] },
      { at: morning + 14 * minute, lines: [botnet(morning + 14 * minute)] },
      { at: morning + 30 * minute, lines: [botnet(morning + 30 * minute)] },
    ])
    expect((await alertsOf(yamada.company)).map((alert) => alert.count)).toEqual([2, 1])
  })

  test('a story lasts a day at most', async () => {
    const yamada = await firm()
    const calls = Array.from({ length: 26 * 6 }, (_, i) => morning + i * 10 * minute)
    await watch(
      yamada,
      calls.map((at) => ({ at, lines: [botnet(at)] })),
    )
    const alerts = await alertsOf(yamada.company)
    expect(alerts).toHaveLength(2)
    expect((alerts[0]?.lastAt ?? 0) - (alerts[0]?.firstAt ?? 0)).toBeLessThanOrEqual(24 * hour)
  })

  test('いますぐ of another machine is never the same story', async () => {
    const yamada = await firm()
    await watch(yamada, [
      { at: morning, lines: [botnet(morning), botnet(morning, { from: '192.168.27.10' })] },
    ])
    const alerts = await alertsOf(yamada.company)
    expect(new Set(alerts.map((alert) => alert.device))).toEqual(new Set([yamada.keiri, yamada.nas]))
  })

  test('an unknown inside address is nobody’s machine, and never the gateway', async () => {
    const yamada = await firm()
    await watch(yamada, [{ at: morning, lines: [botnet(morning, { from: '192.168.27.99' })] }])
    expect((await alertsOf(yamada.company))[0]).toMatchObject({ device: null })
  })

  test('a batch that comes three hours late is its own story, told at once', async () => {
    const yamada = await firm()
    await watch(yamada, [{ at: morning + 3 * hour, lines: [botnet(morning)] }])
    const [alert] = await alertsOf(yamada.company)
    expect(alert).toMatchObject({ firstAt: morning, arrivedAt: morning + 3 * hour })
  })
})

describe('urgency', () => {
  test('what the gateway stopped is an お知らせ; the same let through is 今日中, on the NAS いますぐ', async () => {
    const [a, b, c] = [await firm(), await firm(), await firm()]
    await watch(a, [{ at: morning, lines: [virus(morning, { action: 'blocked', from: '192.168.27.52' })] }])
    await watch(b, [
      { at: morning, lines: [virus(morning, { action: 'passthrough', from: '192.168.27.52' })] },
    ])
    await watch(c, [
      { at: morning, lines: [virus(morning, { action: 'passthrough', from: '192.168.27.10' })] },
    ])
    expect(await alertsOf(a.company)).toMatchObject([
      { severity: 'info', severityReason: 'type=n01;held=gateway-block' },
    ])
    expect(await alertsOf(b.company)).toMatchObject([{ severity: 'today', held: null }])
    expect(await alertsOf(c.company)).toMatchObject([
      { severity: 'now', severityReason: 'type=n01;class=nas' },
    ])
  })

  test('a call that was not dropped takes the claim of being held back, and says so again', async () => {
    const yamada = await firm()
    told.length = 0
    await watch(yamada, [{ at: morning, lines: [botnet(morning)] }])
    expect(told).toMatchObject([{ kind: 'alert.raised' }])
    const later = morning + minute
    await watch(yamada, [{ at: later, lines: [botnet(later, { action: 'detected' })] }])
    expect(told[1]).toMatchObject({ kind: 'alert.grew', moreUrgent: true })
    expect(await alertsOf(yamada.company)).toMatchObject([{ count: 2, held: null, severity: 'now' }])
  })

  test('a break-in after many tries takes the story over, with the number of tries', async () => {
    const yamada = await firm()
    told.length = 0
    const tries = Array.from({ length: 12 }, (_, i) => morning + i * 20 * second)
    await watch(
      yamada,
      tries.map((at) => ({ at, lines: [vpnRefused(at)] })),
    )
    expect(await alertsOf(yamada.company)).toMatchObject([
      { detection: 'auth.brute.vpn', severity: 'today', count: 12, facts: { entry: 'vpn', count: 12 } },
    ])
    const last = morning + 5 * minute
    await watch(yamada, [{ at: last, lines: [vpnEntered(last)] }])
    const alerts = await alertsOf(yamada.company)
    expect(alerts).toHaveLength(1)
    expect(alerts[0]).toMatchObject({
      detection: 'auth.brute.success',
      noticeType: 'n06',
      severity: 'now',
      count: 13,
    })
    expect(alerts[0]?.facts).toMatchObject({ entry: 'vpn', account: 'suzuki', count: 12 })
    expect(told.at(-1)).toMatchObject({ kind: 'alert.grew', moreUrgent: true })
  })

  test('tries from two addresses are one attack on one door', async () => {
    const yamada = await firm()
    const at = (i: number): Instant => morning + i * 10 * second
    const lines = Array.from({ length: 20 }, (_, i) =>
      vpnRefused(at(i), i % 2 ? '198.51.100.1' : '198.51.100.2'),
    )
    await watch(yamada, [{ at: at(20), lines }])
    expect(await alertsOf(yamada.company)).toMatchObject([{ count: 20, facts: { count: 20 } }])
  })
})

test('alerts of a practice installation say so', async () => {
  const yamada = await firm()
  await db.superuser.query(
    "insert into installation (provider_id, practice, desk_phone, desk_hours) values ($1, true, '0120-000-000', '24時間')",
    [provider],
  )
  clock = morning + minute
  await watch(yamada, [{ at: morning, lines: [botnet(morning)] }])
  await db.superuser.query('delete from installation')
  expect(await alertsOf(yamada.company)).toMatchObject([{ practice: true, raisedAt: clock }])
})
