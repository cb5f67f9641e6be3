import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { day, type Instant, minute } from '../base/time.ts'
import { forgetListeners, listen, moment, newId, tell } from '../store/index.ts'
import { storeCanaryNotice } from './canary-notice.ts'
import { makeNumberCheck } from './check.ts'
import { handDue } from './hand-notice.ts'
import { homeNotices, listNotices } from './list.ts'
import { hearForNotices } from './on.ts'
import { previewNotice } from './preview.ts'
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
    const rows = await tx.rows<{ id: string }>('select id from notice where alert_id = $1 order by made_at', [alert])
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
    const alert = await town.raise(town.yamada, { held: { kind: 'gateway-block', at: at(3, 14), by: 'device' } }, now)
    expect((await only(town.yamada, alert, now)).state).toBe('waiting')
    await handDue(town.detect, now)
    const notice = await only(town.yamada, alert, now)
    expect(notice).toMatchObject({ state: 'open', handedAt: now, severity: 'now', variant: 'base', staff: 'みなと情報サービス' })
    expect(notice.nextContactAt).toBe(at(3, 30))
    expect(notice.deliveries.map((each) => [each.person.name, each.channel, each.state])).toEqual([
      ['山田', 'mail', 'queued'],
      ['山田', 'portal', 'handed'],
      ['鈴木', 'mail', 'queued'],
      ['鈴木', 'portal', 'handed'],
    ])
    expect(handed).toEqual([notice.id])
    expect(notice.texts.ja.what[2]).toBe('3時14分に入口で止めました。別の道から情報が出る恐れは残っています。')
    expect(notice.problems).toEqual([])
    await handDue(town.detect, now + minute)
    expect(handed).toHaveLength(1)
  })

  test('今日中 after three minutes, in the night at 7:00, to the first named', async () => {
    const alert = await town.raise(town.yamada, { detection: 'os.admin.created', severity: 'today', facts: { account: 'support01', actor: 'tanaka' } }, at(22, 14))
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
    const week = await town.raise(town.yamada, { detection: 'inv.device.new', severity: 'week', device: null }, at(12))
    const info = await town.raise(town.yamada, { detection: 'gw.av.blocked', severity: 'info', held: { kind: 'gateway-block', at: at(12), by: 'device' } }, at(12))
    await handDue(town.detect, at(12))
    const [listed, silent] = [await only(town.yamada, week, at(12)), await only(town.yamada, info, at(12))]
    expect(listed.state).toBe('open')
    expect(listed.deliveries.find((each) => each.channel === 'mail')?.nextTryAt).toBe(at(7) + day)
    expect(silent.deliveries.map((each) => each.channel)).toEqual(['portal'])
    expect(silent.nextContactAt).toBeNull()
  })

  test('handed over late, the words name the times of now', async () => {
    const alert = await town.raise(town.yamada, { held: { kind: 'device-isolated', at: at(14), by: 'provider' } }, at(14))
    expect((await only(town.yamada, alert, at(14))).texts.ja.todo[1]).toBe('14時15分までに電話します。出てください。')
    await handDue(town.detect, at(16))
    expect((await only(town.yamada, alert, at(16))).texts.ja.todo[1]).toBe('16時15分までに電話します。出てください。')
  })
})

describe('when more becomes known', () => {
  test('more of the same tells nothing new', async () => {
    const alert = await town.raise(town.yamada, {}, at(14))
    await handDue(town.detect, at(14))
    for (let more = 0; more < 5; more += 1) await town.grow(town.yamada, alert, {}, at(14, more))
    expect(await noticesOf(town.yamada, alert, at(15))).toHaveLength(1)
  })

  test('a change of what is held is told again; the earlier notice points to the later', async () => {
    const alert = await town.raise(town.yamada, {}, at(14))
    await handDue(town.detect, at(14))
    await town.grow(town.yamada, alert, { held: { kind: 'device-isolated', at: at(14, 5), by: 'provider' } }, at(14, 5))
    await handDue(town.detect, at(14, 5))
    const [earlier, later] = await noticesOf(town.yamada, alert, at(14, 6))
    expect(earlier).toMatchObject({ state: 'superseded', later: later?.id, variant: 'not-contained', choices: [] })
    expect(later).toMatchObject({ state: 'open', variant: 'device-isolated' })
  })

  test('more urgent evidence brings a waiting notice forward and tells a read one again', async () => {
    const waiting = await town.raise(town.yamada, { detection: 'auth.brute.vpn', severity: 'today', facts: { count: 50, entry: 'vpn' } }, at(23))
    await town.grow(town.yamada, waiting, { detection: 'auth.brute.success', severity: 'now' }, at(23, 1))
    await handDue(town.detect, at(23, 1))
    expect(await only(town.yamada, waiting, at(23, 1))).toMatchObject({ type: 'n06', severity: 'now', handedAt: at(23, 1) })

    const read = await town.raise(town.yamada, { detection: 'auth.brute.vpn', severity: 'today' }, at(14))
    await handDue(town.detect, at(14, 3))
    await town.grow(town.yamada, read, { detection: 'auth.brute.success', severity: 'now' }, at(14, 9))
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

describe('silence', () => {
  async function silence(company: TestCompany, sensorClass: string, since: Instant, now: Instant): Promise<string> {
    return town.asDetect(company, async (tx) => {
      const id = newId()
      const sensor = newId()
      await town.as({ ...company.owner }, (app) =>
        app.run(`insert into sensor (id, company_id, name, class) values ($1, $2, 'UTM', $3)`, [sensor, company.id, sensorClass]),
      )
      await tx.run('insert into silence (id, company_id, sensor_id, since, found_at, owner_at) values ($1, $2, $3, $4, $5, $5)', [
        id, company.id, sensor, moment(since), moment(now),
      ])
      await tell(tx, { kind: 'silence.found', company: company.id, id }, now)
      return id
    })
  }

  test('a silent gateway is 今日中, a server too, a PC after days 今週中', async () => {
    const now = at(9, 30)
    await silence(town.maruhachi, 'utm', at(9, 12), now)
    await silence(town.maruhachi, 'server', at(8, 20), now)
    await silence(town.maruhachi, 'pc', at(8) - 5 * day, now)
    await handDue(town.detect, at(9, 33))
    const rows = await town.as(town.maruhachi.owner, (tx) => listNotices(tx, { companies: [town.maruhachi.id] }))
    expect(rows.map((row) => [row.type, row.severity, row.title.ja]).sort()).toEqual([
      ['n16', 'today', '会社の入口を見守れていません'],
      ['n18', 'today', 'UTMを見守れていません'],
      ['n18', 'week', 'UTMを5日間見守れていません'],
    ])
    const home = await town.as(town.maruhachi.owner, (tx) => homeNotices(tx, town.maruhachi.id))
    expect(home.urgent).toEqual([])
    expect(home.toSee.map((row) => row.severity)).toEqual(['today', 'today', 'week'])
  })

  test('heard again before it was told, it is taken back; afterwards it is over and nothing can be pressed', async () => {
    const [early, late] = [
      await silence(town.maruhachi, 'utm', at(10), at(10, 15)),
      await silence(town.maruhachi, 'utm', at(10), at(10, 15)),
    ]
    const end = (id: string, now: Instant): Promise<void> =>
      town.asDetect(town.maruhachi, async (tx) => {
        await tx.run('update silence set ended_at = $2 where id = $1', [id, moment(now)])
        await tell(tx, { kind: 'silence.ended', company: town.maruhachi.id, id }, now)
      })
    await end(early, at(10, 16))
    await handDue(town.detect, at(10, 20))
    await end(late, at(10, 25))
    const state = (id: string): Promise<NoticeView> =>
      town.as(town.maruhachi.owner, async (tx) => {
        const row = await tx.one<{ id: string }>('select id from notice where silence_id = $1', [id])
        return noticeView(tx, row?.id ?? '', { now: at(10, 30) })
      })
    expect((await state(early)).state).toBe('withdrawn')
    expect(await state(late)).toMatchObject({ state: 'over', choices: [] })
  })
})

describe('what nobody may see', () => {
  test('a foreign notice is not there', async () => {
    const alert = await town.raise(town.yamada, {}, at(14))
    const [notice] = await noticesOf(town.yamada, alert, at(14))
    const asked = town.as(town.maruhachi.owner, (tx) => noticeView(tx, notice?.id ?? '', { now: at(14) }))
    await expect(asked).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(town.as(town.maruhachi.owner, (tx) => previewNotice(tx, alert, at(14)))).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  test('a canary notice is in no list, on no page, under no number, and old ones go', async () => {
    const old = await town.asDetect(town.yamada, (tx) => storeCanaryNotice(tx, town.yamada.id, 'http', at(1) - 2 * day))
    const canary = await town.asDetect(town.yamada, (tx) => storeCanaryNotice(tx, town.yamada.id, 'http', at(14)))
    await handDue(town.detect, at(15))
    expect(handed).not.toContain(canary)
    const rows = await town.as(town.yamada.owner, async (tx) => {
      const stored = await tx.rows<{ id: string; number: string }>('select id, number from notice where canary')
      expect(stored.map((row) => row.id)).toEqual([canary])
      expect(await makeNumberCheck(town.app)(stored[0]?.number ?? '', { ip: '192.0.2.1' }, at(15))).toEqual({ sent: false })
      return listNotices(tx, { companies: [town.yamada.id], state: 'all' })
    })
    expect(rows.map((row) => row.id)).not.toContain(canary)
    expect(old).not.toBe(canary)
  })

  test('a number says that it was sent, when, how urgent and whose; a wrong or waiting one says no', async () => {
    const check = makeNumberCheck(town.app)
    const alert = await town.raise(town.yamada, {}, at(14))
    const [waiting] = await noticesOf(town.yamada, alert, at(14))
    expect(await check(waiting?.number ?? '', { ip: '192.0.2.2' }, at(14))).toEqual({ sent: false })
    await handDue(town.detect, at(14))
    expect(await check(` ${waiting?.number} `, { ip: '192.0.2.2' }, at(14))).toEqual({
      sent: true, date: '2026-11-25', severity: 'now', code: 'M-0427',
    })
    for (const wrong of ['', 'x', '1234-5678-9', '0000-0000-0']) {
      expect(await check(wrong, { ip: '192.0.2.2' }, at(14))).toEqual({ sent: false })
    }
  })

  test('the eleventh try of an hour from one address is refused, another address is free', async () => {
    const check = makeNumberCheck(town.app)
    for (let tries = 0; tries < 10; tries += 1) await check('1', { ip: '192.0.2.3' }, at(14))
    await expect(check('1', { ip: '192.0.2.3' }, at(14, 59))).rejects.toMatchObject({ code: 'TOO_MANY' })
    expect(await check('1', { ip: '192.0.2.4' }, at(14))).toEqual({ sent: false })
    expect(await check('1', { ip: '192.0.2.3' }, at(15, 1))).toEqual({ sent: false })
  })
})

test('the analyst reads what the owner would read', async () => {
  const alert = await town.raise(town.yamada, { detection: 'ep.log.cleared', device: null }, at(14))
  const preview = await town.as(town.analyst, (tx) => previewNotice(tx, alert, at(14)))
  expect(preview).toMatchObject({ type: 'n05', variant: 'ep.log.cleared', severity: 'now', problems: [] })
  expect(preview.texts.ja.what.at(-1)).toBe('どの機械か、いっしょに探します。')
  expect(preview.characters).toBeLessThanOrEqual(220)
  expect(preview.choices[1]).toMatchObject({ action: 'contain', acts: true, then: { ja: 'すぐに切り離して、14時15分までに電話します。' } })
})
