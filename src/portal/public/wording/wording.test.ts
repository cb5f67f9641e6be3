import { afterEach, describe, expect, test } from 'vitest'
import { minute } from '../../../base/time.ts'
import { type TestServer, testServer, wednesday } from '../../../http/test-server.ts'
import { goodPage, pageWith } from '../../../publication/test-page.ts'
import type { Visit } from '../../../visit/index.ts'
import type { PublicDeps } from '../parts.ts'
import { wordingRoutes } from './routes.ts'

const open: TestServer[] = []
afterEach(async () => {
  for (const each of open.splice(0)) await each.close()
})

async function serve(
  visit: Visit = () => Promise.reject(new Error('not asked for')),
  clock = () => wednesday,
) {
  const routes = wordingRoutes({ visit } as PublicDeps)
  const server = await testServer({ routes, deps: { clock } })
  open.push(server)
  return server
}
const visible = (body: string): string => body.replace(/<style[\s\S]*?<\/style>/g, '').replace(/<[^>]+>/g, '')

describe('the check of wording', () => {
  test('is open to anybody, without a script, in a few kilobytes', async () => {
    const server = await serve()
    const page = await server.inject('/wording')
    expect(page.statusCode).toBe(200)
    expect(page.body).toContain('当社は、SECURITY ACTION（二つ星）を自己宣言しています。')
    expect(page.body).not.toContain('<script')
    expect(page.body.length).toBeLessThan(30_000)
  })

  test('marks the place and says what to write instead', async () => {
    const server = await serve()
    const text = '創業50年の山田製作所です。SECURITY ACTION 二つ星を取得しました。<b>よろしく</b>'
    const page = await server.post('/wording', { text })
    expect(page.statusCode).toBe(200)
    expect(page.body).toContain('<mark>SECURITY ACTION 二つ星を取得</mark>')
    expect(page.body).toContain('SECURITY ACTION（二つ星）を自己宣言しています')
    expect(page.body).toContain('書き直したい言い方が1か所あります')
    expect(page.body).not.toContain('<b>')
    expect(visible(page.body)).toContain('創業50年の山田製作所です')
  })

  test('says so when there is nothing to change', async () => {
    const server = await serve()
    const page = await server.post('/wording', { text: 'SECURITY ACTION 一つ星を宣言しています。' })
    expect(page.body).toContain('気になる言い方は見つかりませんでした')
    expect(page.body).not.toContain('<mark>')
  })

  test('asks for a text or an address, and takes 4,000 characters', async () => {
    const server = await serve()
    const none = await server.post('/wording', {})
    expect(none.statusCode).toBe(422)
    expect(none.body).toContain('文章か、ページのアドレスを入れてください')
    expect((await server.post('/wording', { text: 'あ'.repeat(4_001) })).statusCode).toBe(422)
    expect((await server.post('/wording', { text: '二つ星を取得'.repeat(600) })).statusCode).toBe(200)
  })

  test('looks at a page and tells what is wrong with the address', async () => {
    const asked: string[] = []
    const server = await serve((url) => {
      asked.push(url)
      return Promise.resolve(pageWith(`${goodPage}\nIPA公認の会社です`))
    })
    const page = await server.post('/wording', { url: 'yamada.example/policy' })
    expect(asked).toEqual(['https://yamada.example/policy'])
    expect(page.body).toContain('<mark>IPA公認</mark>')
    for (const url of [
      'http://yamada.example/',
      'https://192.168.0.1/',
      'https://user@yamada.example/',
      '社内',
    ])
      expect((await server.post('/wording', { url })).statusCode).toBe(422)
    expect(asked).toHaveLength(1)
  })

  test.each([
    [{ ok: false, why: 'certificate', url: 'https://yamada.example/' } as const, '証明書'],
    [pageWith('ない', { status: 404 }), 'そのページはありませんでした'],
    [pageWith(undefined), '読み取れる文字がありませんでした'],
  ])('says in plain words why a page was not read', async (visited, words) => {
    const server = await serve(() => Promise.resolve(visited))
    const page = await server.post('/wording', { url: 'https://yamada.example/' })
    expect(page.statusCode).toBe(422)
    expect(page.body).toContain(words)
  })

  test('visits ten pages in ten minutes for one reader, and four at a time for all', async () => {
    let now = wednesday
    const server = await serve(
      () => Promise.resolve(pageWith(goodPage)),
      () => now,
    )
    const post = () => server.post('/wording', { url: 'https://yamada.example/' })
    for (let times = 0; times < 10; times++) expect((await post()).statusCode).toBe(200)
    expect((await post()).statusCode).toBe(429)
    expect((await server.post('/wording', { text: '二つ星' })).statusCode).toBe(200)
    now += 10 * minute
    expect((await post()).statusCode).toBe(200)

    let free: () => void = () => undefined
    const held = new Promise<void>((done) => {
      free = done
    })
    const busy = await serve(async () => {
      await held
      return pageWith(goodPage)
    })
    const waiting = Array.from({ length: 4 }, () => busy.post('/wording', { url: 'https://yamada.example/' }))
    await new Promise((done) => setTimeout(done, 50))
    expect((await busy.post('/wording', { url: 'https://yamada.example/' })).statusCode).toBe(429)
    free()
    for (const each of await Promise.all(waiting)) expect(each.statusCode).toBe(200)
  })
})
