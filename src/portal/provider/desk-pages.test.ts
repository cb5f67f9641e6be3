import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { mustHave } from '../../access/test-access.ts'
import { minute } from '../../base/time.ts'
import { hearForCases } from '../../case/index.ts'
import { closeAlert } from '../../alert/index.ts'
import { loadRuleBook, installRules } from '../../detect/index.ts'
import { handDue, hearForNotices } from '../../notice/index.ts'
import { at } from '../../notice/test-town.ts'
import { practiceMailer } from '../../mail/index.ts'
import { forgetListeners, moment, newId, withoutScope } from '../../store/index.ts'
import { type Desk, emptyBook, makeDesk } from './test-desk.ts'

let desk: Desk
const now = at(14, 32)

beforeAll(async () => {
  desk = await makeDesk(now)
})
afterAll(() => desk.close())
beforeEach(() => {
  forgetListeners()
  hearForNotices()
  hearForCases({ closeAlert })
  desk.role = 'analyst'
  desk.practice = false
  desk.now = now
  desk.days = []
  desk.book = loadRuleBook(installRules())
})

const get = (url: string) => desk.server.inject({ url, headers: { cookie: 'any=1' } })
const post = (url: string, form: Record<string, string> = {}) => desk.server.post(url, form)
const whereTo = (answer: { headers: Record<string, unknown> }): string => String(answer.headers['location'])
const rowsOf = async (): Promise<string[]> =>
  [...(await get('/queue')).body.matchAll(/data-row="([\da-f-]{36})"/g)].map((found) => found[1] ?? '')
const practiceIn = (yes: boolean): Promise<unknown> =>
  desk.town.database.superuser.query('update installation set practice = $1', [yes])

describe('the queue', () => {
  test('without an alert says so, and what happens when one comes', async () => {
    const page = await get('/queue')
    expect(page.statusCode).toBe(200)
    expect(page.body).toContain('いま、待っている気づきはありません')
    expect(page.body).toContain('<title>受付 0件')
  })

  test('says in red that there are no rules', async () => {
    desk.book = emptyBook()
    expect((await get('/queue')).body).toContain('働いている規則が1つもありません')
  })

  test('an alert that was closed as a false alarm leaves it; the undo brings it back', async () => {
    const alert = await desk.town.raise(
      desk.town.yamada,
      { severity: 'today', detection: 'os.admin.created' },
      now,
    )
    expect(await rowsOf()).toEqual([alert])
    const closed = await post(`/alerts/${alert}/closing`, { reason: 'false-alarm', note: 'メモ' })
    expect(whereTo(closed)).toMatch(/^\/queue\?done=closing&undo=[\da-f-]{36}$/)
    expect(await rowsOf()).toEqual([])
    const page = await get(whereTo(closed))
    expect(page.body).toContain('問題なしにしました')
    const undo = mustHave(/action="(\/decisions\/[\da-f-]{36}\/withdrawal)"/.exec(page.body)?.[1])
    const back = await post(undo)
    expect(whereTo(back)).toBe(`/queue?alert=${alert}&done=withdrawn`)
    expect(await rowsOf()).toEqual([alert])
    expect(whereTo(await post(undo))).toBe(whereTo(back))
    await post(`/alerts/${alert}/closing`, { reason: 'handled' })
  })

  test('a decision that no button sends is refused, and one on a settled alert says that it was settled before', async () => {
    const alert = await desk.town.raise(desk.town.yamada, { severity: 'week' }, now)
    expect((await post(`/alerts/${alert}/closing`, { reason: 'because' })).statusCode).toBe(400)
    expect((await post(`/alerts/${alert}/later`, { until: 'never' })).statusCode).toBe(400)
    expect((await post(`/alerts/${alert}/merge`, { into: 'no-id' })).statusCode).toBe(400)
    expect((await post(`/alerts/${newId()}/closing`, { reason: 'handled' })).statusCode).toBe(404)
    expect((await post(`/alerts/${alert}/later`, { until: '1h' })).statusCode).toBe(303)
    expect((await post(`/alerts/${alert}/closing`, { reason: 'handled' })).statusCode).toBe(303)
    expect((await post(`/alerts/${alert}/closing`, { reason: 'handled' })).statusCode).toBe(409)
  })

  test('a case is opened from it, and the alert stands alone on its page', async () => {
    const alert = await desk.town.raise(desk.town.maruhachi, { severity: 'now' }, now)
    const opened = await post(`/alerts/${alert}/case`)
    expect(whereTo(opened)).toMatch(/^\/cases\/[\da-f-]{36}\?done=case$/)
    expect((await get(whereTo(opened))).statusCode).toBe(200)
    const alone = await get(`/alerts/${alert}`)
    expect(alone.statusCode).toBe(200)
    expect(alone.body).toContain('href="/cases/')
    expect((await get('/cases')).body).toContain('丸八運送')
    expect((await post(`/alerts/${alert}/closing`, { reason: 'handled' })).statusCode).toBe(303)
  })
})

describe('the rules', () => {
  test('stand there with whose they are; an analyst does not reload them', async () => {
    const page = await get('/rules')
    expect(page.body).toContain('Mimamori（Apache-2.0）')
    expect(page.body).not.toContain('働いている規則がありません')
    expect(page.body).not.toContain('規則を読み直す')
    expect((await post('/rules/reload')).statusCode).toBe(404)
    desk.role = 'admin'
    expect(whereTo(await post('/rules/reload'))).toBe('/rules?done=read')
  })

  test('are red when none is in force, and a set that cannot be read leaves the old one', async () => {
    desk.book = emptyBook()
    const red = await get('/rules')
    expect(red.body).toContain('働いている規則がありません')
    desk.role = 'admin'
    const kept = await post('/rules/reload')
    expect(whereTo(kept)).toBe('/rules?done=kept')
    expect((await get(whereTo(kept))).body).toContain('前の規則のままにしました')
  })
})

describe('the mailbox', () => {
  test('is only there in practice, and shows each mail to whom it may concern', async () => {
    expect((await get('/mailbox')).statusCode).toBe(404)
    expect((await get('/queue')).body).not.toContain('href="/mailbox"')
    desk.practice = true
    expect((await get('/mailbox')).body).toContain('まだメールはありません')
    await practiceMailer(desk.town.app, () => now).send({
      organisation: desk.town.yamada.id,
      to: 'yamada@yamada.example',
      subject: '【今日中】見てください',
      text: '開く：https://mimamori.example/n/abc <b>',
      html: '<p>',
    })
    const list = await get('/mailbox')
    const mail = mustHave(/href="(\/mailbox\/[\da-f-]{36})"/.exec(list.body)?.[1])
    const page = await get(mail)
    expect(page.body).toContain('<a href="https://mimamori.example/n/abc">')
    expect(page.body).toContain('&lt;b>')
    desk.practice = false
    expect((await get(mail)).statusCode).toBe(404)
  })
})

describe('the sample day', () => {
  test('is started only in practice, and what the last one left open is closed as a test', async () => {
    const alert = await desk.town.raise(desk.town.yamada, { severity: 'today' }, now)
    expect((await post('/practice/day')).statusCode).toBe(404)
    expect(desk.days).toEqual([])
    expect(await rowsOf()).toContain(alert)
    desk.practice = true
    await practiceIn(true)
    expect(whereTo(await post('/practice/day'))).toBe('/queue?done=day')
    expect(desk.days).toEqual([now])
    expect(await rowsOf()).not.toContain(alert)
    expect((await get('/queue?done=day')).body).toContain('山田製作所の一日を始めました')
    await practiceIn(false)
  })
})

describe('a sender that nobody knows', () => {
  const held = async (peer: string, lines: readonly string[]): Promise<void> => {
    for (const raw of lines) {
      await desk.town.database.superuser.query(
        `insert into held_line (id, organisation_id, received_at, transport, peer, port, raw) values ($1, $2, $3, 'syslog-udp', $4, 5514, $5)`,
        [newId(), desk.town.analyst.organisation, moment(now - minute), peer, raw],
      )
    }
  }
  const linesOf = async (company: string): Promise<string[]> =>
    (
      await desk.town.database.superuser.query<{ raw: string }>(
        'select raw from event where company_id = $1 order by batch_no, line',
        [company],
      )
    ).rows.map((row) => row.raw)

  test('is shown to the desk with a sample, and adopted by an administrator into one sensor', async () => {
    const { yamada, maruhachi } = desk.town
    expect((await get('/holding')).body).toContain('知らない送り元はありません')
    await held('198.51.100.7', ['<13>one', '<13>two'])
    await held('198.51.100.8', ['<13>three'])
    const page = await get('/holding')
    expect(page.body).toContain('198.51.100.7')
    expect(page.body).not.toContain('引き取る</button>')
    const form = { peer: '198.51.100.7', port: '5514', sensor: yamada.sensor }
    expect((await post('/holding/adoptions', form)).statusCode).toBe(404)
    desk.role = 'admin'
    expect((await post('/holding/adoptions', { ...form, sensor: '' })).statusCode).toBe(422)
    expect((await post('/holding/adoptions', { ...form, sensor: 'no-id' })).statusCode).toBe(400)
    const adopted = await post('/holding/adoptions', form)
    expect(whereTo(adopted)).toBe('/holding?adopted=2')
    expect((await get(whereTo(adopted))).body).toContain('2行を引き取りました')
    expect(await linesOf(yamada.id)).toEqual(['<13>one', '<13>two'])
    expect(await linesOf(maruhachi.id)).toEqual([])
    const again = await get('/holding')
    expect(again.body).not.toContain('198.51.100.7')
    expect(again.body).toContain('198.51.100.8')
    const found = await withoutScope(desk.town.database.store.ingest, (tx) =>
      tx.rows('select sensor_id from sensor_by_address($1, $2)', ['198.51.100.7', 5514]),
    )
    expect(found).toEqual([{ sensor_id: yamada.sensor }])
  })

  test('whose address another sensor has by now is not adopted into a second one', async () => {
    const { yamada, maruhachi } = desk.town
    desk.role = 'admin'
    await held('198.51.100.9', ['<13>four'])
    const form = { peer: '198.51.100.9', port: '5514' }
    expect(whereTo(await post('/holding/adoptions', { ...form, sensor: maruhachi.sensor }))).toBe(
      '/holding?adopted=1',
    )
    await held('198.51.100.9', ['<13>five'])
    expect((await post('/holding/adoptions', { ...form, sensor: yamada.sensor })).statusCode).toBe(422)
    expect(await linesOf(yamada.id)).not.toContain('<13>five')
    expect(whereTo(await post('/holding/adoptions', { ...form, sensor: maruhachi.sensor }))).toBe(
      '/holding?adopted=1',
    )
  })
})

test('the preview of an alert says when its notice goes, and after that that it went', async () => {
  const alert = await desk.town.raise(desk.town.yamada, { severity: 'now' }, now)
  expect((await get(`/queue?alert=${alert}`)).body).toContain('まだ届いていません')
  await handDue(desk.town.detect, now + 4 * minute)
  desk.now = now + 5 * minute
  expect((await get(`/queue?alert=${alert}`)).body).toContain('送信ずみ')
})
