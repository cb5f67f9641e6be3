import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestServer, testServer } from '../../../http/test-server.ts'
import { lessonOf } from '../../../lesson/index.ts'
import { at, makeTown, type TestCompany, type Town } from '../../../notice/test-town.ts'
import { testOwnerParts } from '../test-parts.ts'
import { openLessonPages } from '../../public/lesson/lesson.tsx'
import { lessonRoutes } from './routes.ts'

let town: Town
let server: TestServer
let asked: TestCompany | undefined

beforeAll(async () => {
  town = await makeTown()
  server = await testServer({
    routes: [...lessonRoutes(testOwnerParts(town.app)), ...openLessonPages()],
    db: town.app,
    deps: {
      session: () => Promise.resolve(asked && { actor: asked.owner, cookies: [] }),
      clock: () => at(14, 32),
    },
  })
  asked = town.yamada
})
afterAll(async () => {
  await server.close()
  await town.database.drop()
})

const cookie = 'any=1'
const get = (url: string) => server.inject({ url, headers: { cookie } })
const post = (url: string, form: Record<string, string> = {}) =>
  server.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'http://localhost:8080', cookie },
    payload: new URLSearchParams(form).toString(),
  })

describe('threat news and the lesson', () => {
  test('are read and marked by people of the company', async () => {
    const page = await get('/lessons')
    expect(page.body).toContain('VPN装置')
    expect((await post('/news/ransom-vpn/reading')).headers.location).toBe('/lessons?done=read')
    expect((await get('/lessons?done=read')).body).toContain('読んだ印があります')
    expect((await post('/news/nothing/reading')).statusCode).toBe(404)
  })

  test('are learned without an account through a link, one question after the other', async () => {
    const made = await post('/lesson-links')
    const path = /\/lesson\/[\w-]{20,}/.exec(made.body)?.[0] ?? ''
    expect(made.body).toContain('<svg')
    asked = undefined
    const empty = await post(path, { name: '' })
    expect(empty.statusCode).toBe(422)
    const begun = await post(path, { name: '田中 一郎' })
    const training = String(begun.headers.location)
    const lesson = lessonOf()
    const [first] = lesson.chapters
    const wrong = first?.ja.choices.find((one) => !one.right)?.id ?? ''
    const again = await post(training, { chapter: first?.key ?? '', choice: wrong })
    expect((await get(String(again.headers.location))).body).toContain('もう一度')
    for (const chapter of lesson.chapters) {
      const right = chapter.ja.choices.find((one) => one.right)?.id ?? ''
      await post(training, { chapter: chapter.key, choice: right })
    }
    expect((await get(training)).body).toContain('田中 一郎さんが学び終えたこと')
    expect((await get(`${path}x`)).statusCode).toBe(404)
    asked = town.maruhachi
    expect((await get('/lessons')).body).not.toContain('田中')
    asked = town.yamada
    expect((await get('/lessons')).body).toContain('田中')
  })

  test('keep the names that were typed when a line is too long', async () => {
    const reply = await post('/staff-members', { names: `佐藤\n${'あ'.repeat(61)}` })
    expect(reply.statusCode).toBe(422)
    expect(reply.body).toContain('2行目が長すぎます')
    expect(reply.body).toContain('佐藤')
  })
})
