import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '../../access/index.ts'
import { closeAlert } from '../../alert/index.ts'
import { hour, minute } from '../../base/time.ts'
import { hearForCases } from '../../case/index.ts'
import { type TestServer, testServer } from '../../http/test-server.ts'
import { handDue, hearForNotices } from '../../notice/index.ts'
import { makeLink } from '../../notice/link.ts'
import { at, makeTown, type TestAlert, type TestCompany, type Town } from '../../notice/test-town.ts'
import { forgetListeners, newId } from '../../store/index.ts'
import { ownerRoutes } from './index.ts'
import { testOwnerParts } from './test-parts.ts'

let town: Town
let server: TestServer
let actor: Actor | undefined
let now = at(14, 32)

beforeAll(async () => {
  town = await makeTown()
  server = await testServer({
    routes: ownerRoutes(testOwnerParts(town.app)),
    db: town.app,
    deps: {
      session: () => Promise.resolve(actor && { actor, cookies: [] }),
      clock: () => now,
    },
  })
})
afterAll(async () => {
  await server.close()
  await town.database.drop()
})
beforeEach(() => {
  forgetListeners()
  hearForNotices()
  hearForCases({ closeAlert })
  actor = town.yamada.owner
  now = at(14, 32)
})

const get = (url: string) => server.inject({ url, headers: { cookie: 'any=1' } })
const post = (url: string, form: Record<string, string> = {}) => server.post(url, form)
const whereTo = (answer: { headers: Record<string, unknown> }): string => String(answer.headers['location'])
async function rows<R>(text: string, values: unknown[]): Promise<R[]> {
  const { rows: found } = await town.database.superuser.query(text, values)
  return found as R[]
}

async function noticeOf(alert: Partial<TestAlert>, company: TestCompany = town.yamada): Promise<string> {
  const id = await town.raise(company, alert, now - 5 * minute)
  await handDue(town.detect, now)
  const [found] = await rows<{ id: string }>('select id from notice where alert_id = $1', [id])
  return found?.id ?? ''
}
const linkTo = (notice: string): Promise<string> =>
  town.asDetect(town.yamada, (tx) =>
    makeLink(tx, { company: town.yamada.id, notice, person: town.yamada.owner.person }, now),
  )
type Answer = { answer: string; via: string; consent: boolean; by_person: string }
const answersTo = (notice: string): Promise<Answer[]> =>
  rows<Answer>('select * from notice_answer where notice_id = $1 order by at', [notice])
const deliveriesOf = (notice: string): Promise<unknown[]> =>
  rows('select * from notice_delivery where notice_id = $1 order by id', [notice])

describe('a notice behind a mailed link', () => {
  test('opening it, as often as a scanner likes, changes nothing; the pressing is recorded', async () => {
    const notice = await noticeOf({ detection: 'ep.log.cleared' })
    const secret = await linkTo(notice)
    actor = undefined
    const before = await deliveriesOf(notice)
    for (let times = 0; times < 3; times++) {
      const page = await get(`/n/${secret}`)
      expect(page.statusCode).toBe(200)
      expect(page.body).toContain('開いただけでは、何も変わりません')
      expect(page.headers['referrer-policy']).toBe('same-origin')
    }
    expect(await answersTo(notice)).toEqual([])
    expect(await deliveriesOf(notice)).toEqual(before)
    const answered = await post(`/n/${secret}/answers`, { answer: 'unknown' })
    expect(whereTo(answered)).toBe(`/n/${secret}?done=answered`)
    expect(await answersTo(notice)).toMatchObject([
      { answer: 'unknown', via: 'link', consent: false, by_person: town.yamada.owner.person },
    ])
    expect((await get(`/n/${secret}`)).body).toContain('と答えました')
  })

  test('a link that is wrong or older than 72 hours opens nothing and takes no answer', async () => {
    const notice = await noticeOf({})
    const secret = await linkTo(notice)
    actor = undefined
    now += 73 * hour
    for (const each of [secret, 'A'.repeat(32), 'x']) {
      expect((await get(`/n/${each}`)).statusCode).toBe(404)
      expect((await post(`/n/${each}/answers`, { answer: 'help' })).statusCode).toBe(404)
    }
    expect((await get(`/n/${secret}`)).body).toContain('リンクは72時間で切れます')
    expect(await answersTo(notice)).toEqual([])
  })
})

describe('a notice in the portal', () => {
  test('is answered by the owner: what acts is consent, and the page says what follows', async () => {
    const notice = await noticeOf({ detection: 'ep.log.cleared' })
    expect((await get(`/notices/${notice}`)).statusCode).toBe(200)
    const answered = await post(`/notices/${notice}/answers`, { answer: 'unknown' })
    expect(whereTo(answered)).toBe(`/notices/${notice}?done=answered`)
    expect(await answersTo(notice)).toMatchObject([{ via: 'portal', consent: true }])
    expect((await get(`/notices/${notice}`)).body).toContain('すぐに切り離して')
  })

  test('is answered by a member: what acts waits for a call, and the button says so beforehand', async () => {
    actor = town.yamada.member
    const notice = await noticeOf({ detection: 'ep.log.cleared' })
    const page = await get(`/notices/${notice}`)
    expect(page.body).toContain('lang="en"')
    expect(page.body).toMatch(/we call|call you|We will call/i)
    expect(page.body).not.toContain('We isolate it at once')
    await post(`/notices/${notice}/answers`, { answer: 'unknown' })
    expect(await answersTo(notice)).toMatchObject([{ consent: false, by_person: actor.person }])
    const tasks = await rows<{ kind: string }>(
      'select kind from task where notice_id = $1 and done_at is null',
      [notice],
    )
    expect(tasks.map((task) => task.kind)).toContain('call')
    expect(tasks.map((task) => task.kind)).not.toContain('contain')
  })

  test('an answer that stands on no button is refused, and a notice of another company is not there', async () => {
    const notice = await noticeOf({})
    expect((await post(`/notices/${notice}/answers`, { answer: 'wire-money' })).statusCode).toBe(400)
    actor = town.maruhachi.owner
    expect((await get(`/notices/${notice}`)).statusCode).toBe(404)
    expect((await post(`/notices/${notice}/answers`, { answer: 'help' })).statusCode).toBe(404)
    actor = town.analyst
    expect((await post(`/notices/${notice}/answers`, { answer: 'help' })).statusCode).toBe(404)
    expect(await answersTo(notice)).toEqual([])
    expect((await get(`/notices/${newId()}`)).statusCode).toBe(404)
  })
})

describe('a device', () => {
  const url = (): string => `/devices/${town.yamada.device}`

  test('is renamed by the owner; a name that is too long comes back with what was typed', async () => {
    const long = await post(url(), { nickname: '経理の古いパソコン', place: '3階', person: '' })
    expect(long.statusCode).toBe(422)
    expect(long.body).toContain('<title>エラー：')
    expect(long.body).toContain('呼び名は8文字まで')
    expect(long.body).toContain('value="経理の古いパソコン"')
    expect(long.body).toContain('value="3階"')
    expect(whereTo(await post(url(), { nickname: '経理の机', place: '3階', person: '' }))).toBe(
      '/devices?done=saved',
    )
    const list = await get('/devices?done=saved')
    expect(list.body).toContain('経理の机')
    expect(list.body).toContain('次のお知らせから、この名前を書きます')
  })

  test('is not renamed by a member or by another company', async () => {
    for (const each of [town.yamada.member, town.maruhachi.owner, town.analyst]) {
      actor = each
      expect((await post(url(), { nickname: '別の名' })).statusCode).toBe(404)
    }
    actor = town.maruhachi.owner
    expect((await get(url())).statusCode).toBe(404)
    expect((await get('/devices')).body).not.toContain('経理の机')
  })

  test('is taken off the watch by the owner alone, after being asked once more', async () => {
    actor = town.yamada.member
    expect((await get(url())).body).not.toContain('/retirement')
    expect((await get(`${url()}/retirement`)).statusCode).toBe(404)
    expect((await post(`${url()}/retirement`)).statusCode).toBe(404)
    actor = town.yamada.owner
    const asked = await get(`${url()}/retirement`)
    expect(asked.body).toContain('見守りから外しますか')
    expect((await get('/devices')).body).toContain('経理の机')
    const done = await post(`${url()}/retirement`)
    expect(whereTo(done)).toContain('/devices?retired=')
    expect((await get(whereTo(done))).body).toContain('経理の机を見守りから外しました')
    expect((await get(url())).statusCode).toBe(404)
    const sensors = await rows<{ retired_at: number | null }>('select retired_at from sensor where id = $1', [
      town.yamada.sensor,
    ])
    expect(sensors[0]?.retired_at).toBe(now)
  })
})

test('the pages of a company are there, in the reader’s language, and only of the own company', async () => {
  for (const url of ['/home', '/notices', '/devices', '/company']) {
    for (const each of [town.yamada.owner, town.yamada.member]) {
      actor = each
      const page = await get(url)
      expect({ url, status: page.statusCode }).toEqual({ url, status: 200 })
      expect(page.body).toContain(`<html lang="${each.language}"`)
      expect(page.body).not.toContain('丸八運送')
    }
  }
})

test('nobody signed in is sent to the door and led back', async () => {
  actor = undefined
  expect(whereTo(await get('/notices'))).toBe('/sign-in?to=%2Fnotices')
  expect((await post('/devices/x', { nickname: 'x' })).statusCode).toBe(401)
})
