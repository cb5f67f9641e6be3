import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Instant, minute, second } from '../base/time.ts'
import { within } from '../store/index.ts'
import { type TestDatabase, testDatabase } from '../store/test-database.ts'
import { queue } from './queue.ts'
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
  vpnRefused,
} from './test-firms.ts'
import { written } from './test-written.ts'

let db: TestDatabase
let minato: { provider: string; analyst: string }
let code = 4000
const clock = (): Instant => morning + 10 * minute

beforeAll(async () => {
  db = await testDatabase()
  minato = await plantProvider(db, 'みなと情報サービス')
})
afterAll(() => db.drop())

const firm = (provider = minato.provider): Promise<Firm> =>
  plantFirm(db, { provider, name: '山田製作所', code: `M-${++code}` })

describe('isolation', () => {
  test('two firms with equal names, machines, lines and seconds have two alerts, each with its own lines', async () => {
    const [yamada, other] = [await firm(), await firm()]
    const appender = appenderOn(db)
    for (const each of [yamada, other]) {
      for (const { at, line } of breakIn(morning)) {
        await sent(appender, { company: each.company, sensor: each.utm }, { lines: [line], at })
      }
    }
    await appender.close()
    const detector = detectorOn(db, clock)
    await detector.load()
    while ((await detector.step()) > 0);
    await detector.save()
    const [a, b] = [await written(db, yamada.company), await written(db, other.company)]
    const shape = (of: typeof a) => of.alerts.map((row: object) => ({ ...row, group_key: '' }))
    expect(shape(a)).toEqual(shape(b))
    expect(a.alerts).toHaveLength(2)
    const keys = new Set(a.detections.map((row: { key: string }) => row.key))
    expect(b.detections.some((row: { key: string }) => keys.has(row.key))).toBe(false)
    const foreign = await db.superuser.query(
      `select count(*)::int as n from alert_evidence e join event_batch b on b.no = e.batch_no where b.company_id <> e.company_id`,
    )
    expect(foreign.rows).toEqual([{ n: 0 }])
  })

  test('tries spread over two firms are no attack on either', async () => {
    const [yamada, other] = [await firm(), await firm()]
    const appender = appenderOn(db)
    for (let i = 0; i < 14; i++) {
      const each = i % 2 ? yamada : other
      const at = morning + i * second
      await sent(appender, { company: each.company, sensor: each.utm }, { lines: [vpnRefused(at)], at })
    }
    await appender.close()
    const detector = detectorOn(db, clock)
    await detector.load()
    while ((await detector.step()) > 0);
    await detector.save()
    expect((await written(db, yamada.company)).alerts).toEqual([])
    expect((await written(db, other.company)).alerts).toEqual([])
  })

  test('a write into another company, planted in the detector’s way, is refused', async () => {
    const [yamada, other] = [await firm(), await firm()]
    const appender = appenderOn(db)
    await sent(
      appender,
      { company: yamada.company, sensor: yamada.utm },
      { lines: [botnet(morning)], at: morning },
    )
    await appender.close()
    const planted = detectorOn(db, clock, {
      raise: (
        tx: Parameters<typeof raiseFindings>[0],
        { findings }: Parameters<typeof raiseFindings>[1],
        now: Instant,
      ) => {
        const turned = findings.map((each) => ({ ...each, company: other.company, sensor: other.utm }))
        return raiseFindings(tx, { company: other.company, findings: turned }, now)
      },
    })
    await planted.load()
    while ((await planted.step()) > 0);
    expect(planted.state().setAside).toMatchObject([{ company: yamada.company }])
    expect(planted.state().setAside[0]?.reason).toMatch(/row-level security/)
    expect((await written(db, other.company)).alerts).toEqual([])
    await planted.save()
    // What was set aside is still told after a restart.
    const later = detectorOn(db, clock)
    await later.load()
    expect(later.state().setAside).toHaveLength(1)
  })

  test('the queue of one provider never shows another’s companies', async () => {
    const minami = await plantProvider(db, '南警備保障')
    const theirs = await firm(minami.provider)
    const ours = await firm()
    const appender = appenderOn(db)
    for (const each of [theirs, ours]) {
      await sent(
        appender,
        { company: each.company, sensor: each.utm },
        { lines: [botnet(morning)], at: morning },
      )
    }
    await appender.close()
    const detector = detectorOn(db, clock)
    await detector.load()
    while ((await detector.step()) > 0);
    await detector.save()
    const scope = [minami.provider, theirs.company]
    const seen = await within(db.store.app, { organisations: scope }, (tx) =>
      // Even when asked for by name.
      queue(tx, [...scope, ours.company], clock()),
    )
    expect(seen.map((row) => row.company)).toEqual([theirs.company])
  })
})
