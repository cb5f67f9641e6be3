import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { day, minute } from '../../../base/time.ts'
import type { Actor } from '../../../http/index.ts'
import { type TestServer, testServer } from '../../../http/test-server.ts'
import { at, makeTown, type Town } from '../../../notice/test-town.ts'
import { goodPage, pageWith, testVisit } from '../../../publication/test-page.ts'
import { testOwnerParts } from '../test-parts.ts'
import { publicationRoutes } from './routes.ts'

let town: Town
let server: TestServer
let actor: Actor
let now = at(14, 32)
const site = testVisit(pageWith(goodPage))

beforeAll(async () => {
  town = await makeTown()
  server = await testServer({
    routes: publicationRoutes({ ...testOwnerParts(town.app), visit: site.visit }),
    db: town.app,
    deps: { session: () => Promise.resolve({ actor, cookies: [] }), clock: () => now },
  })
})
afterAll(async () => {
  await server.close()
  await town.database.drop()
})
beforeEach(async () => {
  await town.database.superuser.query('delete from publication_check; delete from publication')
  actor = town.yamada.owner
  site.next = pageWith(goodPage)
  site.asked.length = 0
  now += day
})

const url = 'https://yamada.example/policy'
const get = async (where = '/policy/page') =>
  (await server.inject({ url: where, headers: { cookie: 'any=1' } })).body
const post = (form: Record<string, string>, where = '/policy/page') => server.post(where, form)

describe('the page of the published policy', () => {
  test('begins with a question, then shows within the same request what was found', async () => {
    const first = await get()
    expect(first).toContain('アドレスを教えてください')
    expect(first).not.toContain('/policy/page/check')
    const answer = await post({ url: 'ｈｔｔｐｓ：／／yamada.example/policy', publishedOn: '2026-04-01' })
    expect(answer.headers['location']).toBe('/policy/page?done=named')
    expect(site.asked).toEqual([url])
    const page = await get('/policy/page?done=named')
    expect(page).toContain('アドレスを保存し、見に行きました')
    expect(page).toContain('読めます')
    expect(page).toContain('2026年4月1日')
    expect(page.match(/ありました/g)).toHaveLength(3)
    expect(page.length).toBeLessThan(60_000)
    expect(page).not.toContain('<script')
  })

  test('names what is lacking, with what to write', async () => {
    site.next = pageWith('情報セキュリティ基本方針 当社は守ります')
    await post({ url, publishedOn: '' })
    const page = await get()
    expect(page).toContain('足りないもの')
    expect(page).toContain('「株式会社山田製作所」と、ページに書いてください')
    expect(page).toContain('「2026年4月1日 制定」')
    expect(page).not.toContain('という題名を、ページに書いてください')
  })

  test('tells plainly why a page was not opened', async () => {
    site.next = { ok: false, why: 'certificate', url }
    await post({ url, publishedOn: '' })
    expect(await get()).toContain('証明書')
    site.next = pageWith('ない', { status: 404 })
    now += minute
    await post({}, '/policy/page/check')
    const page = await get('/policy/page?done=checked')
    expect(page).toContain('そのページはありませんでした（404）')
    expect(page).toContain('いま見に行きました')
  })

  test('shows claims on the page with the sentence to write', async () => {
    site.next = pageWith(`${goodPage}\nSECURITY ACTION 二つ星を取得`)
    await post({ url, publishedOn: '' })
    const page = await get()
    expect(page).toContain('「SECURITY ACTION 二つ星を取得」')
    expect(page).toContain('SECURITY ACTION（二つ星）を自己宣言しています')
  })

  test('a wrong address or day comes back beside its field and nothing is visited', async () => {
    for (const [form, words] of [
      [{ url: 'http://yamada.example/', publishedOn: '' }, 'https:// で開ける'],
      [{ url: 'https://192.168.0.1/', publishedOn: '' }, '社内だけで使う'],
      [{ url: '', publishedOn: '' }, '入力してください'],
      [{ url, publishedOn: '2026-13-40' }, '日付の形'],
    ] as const) {
      const answer = await post(form)
      expect(answer.statusCode).toBe(422)
      expect(answer.body).toContain(words)
    }
    expect(site.asked).toEqual([])
    expect(await get()).toContain('アドレスを教えてください')
  })

  test('a company without a site may choose the hosted page, and is told to open it first', async () => {
    const answer = await post({}, '/policy/page/hosted')
    expect(answer.headers['location']).toBe('/policy/page?done=hosted')
    expect(await get()).toContain('いま閉じています')
    expect(site.asked).toEqual([])
  })

  test('the button is good for ten looks in ten minutes', async () => {
    await post({ url, publishedOn: '' })
    for (let times = 0; times < 9; times++)
      expect((await post({}, '/policy/page/check')).statusCode).toBe(303)
    expect((await post({}, '/policy/page/check')).statusCode).toBe(429)
    actor = town.maruhachi.owner
    expect((await post({}, '/policy/page/check')).statusCode).toBe(303)
    expect(await get()).not.toContain('yamada.example')
  })

  test('is written in English too', async () => {
    actor = { ...town.yamada.owner, language: 'en' }
    site.next = pageWith('nothing here')
    await post({ url, publishedOn: '2026-04-01' })
    const page = await get()
    expect(page).toContain('something is missing')
    expect(page).toContain('not found')
  })
})
