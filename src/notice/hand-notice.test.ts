import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { day, type Instant, minute } from '../base/time.ts'
import { forgetListeners, listen, moment, newId, tell } from '../store/index.ts'
import { handDue } from './hand-notice.ts'
import { hearForNotices } from './on.ts'
import { type NoticeView, noticeView } from './show.ts'
import { at, makeTown, type TestCompany, type Town } from './test-town.ts'

let town: Town
const handed: string[] = []

beforeAll(async () => {
  town = await makeTown()
})
afterAll(() => town.database.drop())
beforeEach(() => {
  forgetListeners()
  hearForNotices()
  handed.length = 0
  listen('notice.handed', async (_tx, message) => {
    handed.push(message.id)
    await Promise.resolve()
  })
})

async function noticesOf(company: TestCompany, alert: string, now: Instant): Promise<NoticeView[]> {
  return town.as(company.owner, async (tx) => {
    const rows = await tx.rows<{ id: string }>('select id from notice where alert_id = $1 order by made_at', [
      alert,
    ])
    return Promise.all(rows.map((row) => noticeView(tx, row.id, { now })))
  })
}
async function only(company: TestCompany, alert: string, now: Instant): Promise<NoticeView> {
  const [notice, ...more] = await noticesOf(company, alert, now)
  if (!notice || more.length > 0) throw new Error(`${more.length + (notice ? 1 : 0)} notices`)
  return notice
}

describe('when a notice goes out', () => {
  test('いますぐ at once, to everybody named, by mail and in the portal, with the next word promised', async () => {
    const now = at(3, 15, 20)
    const alert = await town.raise(
      town.yamada,
      { held: { kind: 'gateway-block', at: at(3, 14), by: 'device' } },
      now,
    )
    expect((await only(town.yamada, alert, now)).state).toBe('waiting')
    await handDue(town.detect, now)
    const notice = await only(town.yamada, alert, now)
    expect(notice).toMatchObject({
      state: 'open',
      handedAt: now,
      severity: 'now',
      variant: 'base',
      staff: 'みなと情報サービス',
    })
    expect(notice.nextContactAt).toBe(at(3, 30))
    expect(notice.deliveries.map((each) => [each.person.name, each.channel, each.state])).toEqual([
      ['山田', 'mail', 'queued'],
      ['山田', 'portal', 'handed'],
      ['鈴木', 'mail', 'queued'],
      ['鈴木', 'portal', 'handed'],
    ])
    expect(handed).toEqual([notice.id])
    expect(notice.texts.ja.what[2]).toBe(
      '3時14分に入口で止めました。別の道から情報が出る恐れは残っています。',
    )
    expect(notice.problems).toEqual([])
    await handDue(town.detect, now + minute)
    expect(handed).toHaveLength(1)
  })

  test('今日中 after three minutes, in the night at 7:00, to the first named', async () => {
    const alert = await town.raise(
      town.yamada,
      { detection: 'os.admin.created', severity: 'today', facts: { account: 'support01', actor: 'tanaka' } },
      at(22, 14),
    )
    await handDue(town.detect, at(23))
    expect((await only(town.yamada, alert, at(23))).handedAt).toBeNull()
    const morning = at(7) + day
    await handDue(town.detect, morning)
    const notice = await only(town.yamada, alert, morning)
    expect(notice.handedAt).toBe(morning)
    expect(notice.texts.ja.what[0]).toBe('昨夜22時04分に「support01」という名前で、管理者が作られました。')
    expect(notice.nextContactAt).toBe(at(10) + day)
    expect(new Set(notice.deliveries.map((each) => each.person.name))).toEqual(new Set(['山田']))
  })

  test('今週中 is in the portal at once and its mail waits for the morning; お知らせ is never mailed', async () => {
    const week = await town.raise(
      town.yamada,
      { detection: 'inv.device.new', severity: 'week', device: null },
      at(12),
    )
    const info = await town.raise(
      town.yamada,
      {
        detection: 'gw.av.blocked',
        severity: 'info',
        held: { kind: 'gateway-block', at: at(12), by: 'device' },
      },
      at(12),
    )
    await handDue(town.detect, at(12))
    const [listed, silent] = [await only(town.yamada, week, at(12)), await only(town.yamada, info, at(12))]
    expect(listed.state).toBe('open')
    expect(listed.deliveries.find((each) => each.channel === 'mail')?.nextTryAt).toBe(at(7) + day)
    expect(silent.deliveries.map((each) => each.channel)).toEqual(['portal'])
    expect(silent.nextContactAt).toBeNull()
  })

  test('handed over late, the words name the times of now', async () => {
    const alert = await town.raise(
      town.yamada,
      { held: { kind: 'device-isolated', at: at(14), by: 'provider' } },
      at(14),
    )
    expect((await only(town.yamada, alert, at(14))).texts.ja.todo[1]).toBe(
      '14時15分までに電話します。出てください。',
    )
    await handDue(town.detect, at(16))
    expect((await only(town.yamada, alert, at(16))).texts.ja.todo[1]).toBe(
      '16時15分までに電話します。出てください。',
    )
  })
})

describe('when more becomes known', () => {
  test('more of the same tells nothing new', async () => {
    const alert = await town.raise(town.yamada, {}, at(14))
    await handDue(town.detect, at(14))
    for (let more = 0; more < 5; more += 1) await town.grow(town.yamada, { alert: alert }, at(14, more))
    expect(await noticesOf(town.yamada, alert, at(15))).toHaveLength(1)
  })

  test('a change of what is held is told again; the earlier notice points to the later', async () => {
    const alert = await town.raise(town.yamada, {}, at(14))
    await handDue(town.detect, at(14))
    await town.grow(
      town.yamada,
      { alert: alert, held: { kind: 'device-isolated', at: at(14, 5), by: 'provider' } },
      at(14, 5),
    )
    await handDue(town.detect, at(14, 5))
    const [earlier, later] = await noticesOf(town.yamada, alert, at(14, 6))
    expect(earlier).toMatchObject({
      state: 'superseded',
      later: later?.id,
      variant: 'not-contained',
      choices: [],
    })
    expect(later).toMatchObject({ state: 'open', variant: 'device-isolated' })
  })

  test('more urgent evidence brings a waiting notice forward and tells a read one again', async () => {
    const waiting = await town.raise(
      town.yamada,
      { detection: 'auth.brute.vpn', severity: 'today', facts: { count: 50, entry: 'vpn' } },
      at(23),
    )
    await town.grow(
      town.yamada,
      { alert: waiting, detection: 'auth.brute.success', severity: 'now' },
      at(23, 1),
    )
    await handDue(town.detect, at(23, 1))
    expect(await only(town.yamada, waiting, at(23, 1))).toMatchObject({
      type: 'n06',
      severity: 'now',
      handedAt: at(23, 1),
    })

    const read = await town.raise(town.yamada, { detection: 'auth.brute.vpn', severity: 'today' }, at(14))
    await handDue(town.detect, at(14, 3))
    await town.grow(town.yamada, { alert: read, detection: 'auth.brute.success', severity: 'now' }, at(14, 9))
    await handDue(town.detect, at(14, 9))
    expect((await noticesOf(town.yamada, read, at(15))).map((each) => [each.type, each.state])).toEqual([
      ['n09', 'superseded'],
      ['n06', 'open'],
    ])
  })

  test('closed before it was due, it is taken back; undone, it goes out', async () => {
    const now = at(9)
    const alert = await town.raise(town.yamada, { detection: 'os.admin.created', severity: 'today' }, now)
    const decision = newId()
    const { app, analyst, yamada } = town
    await town.as(analyst, async (tx) => {
      await tx.run(
        `insert into alert_decision (id, company_id, alert_id, kind, reason, by_person, at) values ($1, $2, $3, 'closing', 'permitted', $4, $5)`,
        [decision, yamada.id, alert, analyst.person, moment(now)],
      )
      await tell(tx, { kind: 'alert.decided', company: yamada.id, id: alert }, now)
    })
    await handDue(town.detect, at(9, 5))
    expect((await only(yamada, alert, at(9, 5))).state).toBe('withdrawn')
    await town.as(analyst, async (tx) => {
      await tx.run('update alert_decision set withdrawn_at = $2 where id = $1', [decision, moment(at(9, 6))])
      await tell(tx, { kind: 'alert.decided', company: yamada.id, id: alert }, at(9, 6))
    })
    await handDue(town.detect, at(9, 6))
    expect((await only(yamada, alert, at(9, 7))).state).toBe('open')
    expect(app).toBeDefined()
  })
})

describe('one company’s trouble', () => {
  test('does not keep another company’s いますぐ waiting', async () => {
    const now = at(19)
    listen('notice.handed', async (_tx, message) => {
      await Promise.resolve()
      if (message.company === town.yamada.id) throw new Error('a bug for this company')
    })
    const [mine, theirs] = [await town.raise(town.yamada, {}, now), await town.raise(town.maruhachi, {}, now)]
    await expect(handDue(town.detect, now)).rejects.toThrow('a bug for this company')
    expect((await only(town.maruhachi, theirs, now)).state).toBe('open')
    expect((await only(town.yamada, mine, now)).state).toBe('waiting')
  })
})
