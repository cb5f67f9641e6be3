import { describe, expect, test } from 'vitest'
import type { Actor } from './actor.ts'
import { PublicPage } from './kit/page.tsx'
import { route } from './route.ts'
import { testServer } from './test-server.ts'

const hello = route({
  method: 'GET',
  path: '/hello',
  area: 'public',
  handle: async (ctx) => ({
    page: (
      <PublicPage ctx={ctx} title="あいさつ">
        <h1>{ctx.query['name'] ?? 'だれか'}</h1>
      </PublicPage>
    ),
  }),
})
const yamadaId = '11111111-1111-4111-8111-111111111111'
const sato: Actor = {
  person: '33333333-3333-4333-8333-333333333333',
  organisation: yamadaId,
  organisationName: '山田製作所',
  kind: 'company',
  role: 'owner',
  name: '佐藤',
  language: 'ja',
  scope: [yamadaId],
  code: 'M-0427',
}
const cookie = { cookie: 'any=1' }

describe('how a reader wants to read', () => {
  test('the language is chosen by a button, kept in a cookie, and stays on the page', async () => {
    const server = await testServer({ routes: [hello] })
    const answer = await server.post('/language', { lang: 'en', back: '/hello?name=a' })
    expect(answer.headers.location).toBe('/hello?name=a')
    expect(String(answer.headers['set-cookie'])).toMatch(
      /^mm-lang=en; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax$/,
    )
    const page = await server.inject({ url: '/hello', headers: { cookie: 'mm-lang=en' } })
    expect(page.body).toContain('<html lang="en">')
    expect(page.body).toContain('Call for help')
  })

  test.each(['//evil.example', 'https://evil.example', '/\\evil.example', 'evil', '/a\r\nb'])(
    'the way back never leaves us: %j',
    async (back) => {
      const server = await testServer({ routes: [] })
      expect((await server.post('/language', { lang: 'en', back })).headers.location).toBe('/')
    },
  )

  test('without a choice a page is in the own language of the person, else Japanese', async () => {
    const server = await testServer({ routes: [hello], actor: { ...sato, language: 'en' } })
    expect((await server.inject({ url: '/hello', headers: cookie })).body).toContain('<html lang="en">')
    const other = await server.inject({ url: '/hello', headers: { cookie: 'mm-lang=ja' } })
    expect(other.body).toContain('<html lang="ja">')
  })

  test('large text is a cookie too', async () => {
    const server = await testServer({ routes: [hello] })
    expect(String((await server.post('/text', { size: 'large' })).headers['set-cookie'])).toContain(
      'mm-text=large',
    )
    const page = await server.inject({ url: '/hello', headers: { cookie: 'mm-text=large' } })
    expect(page.body).toContain('data-text="large"')
    expect(page.body).toContain('aria-pressed="true"')
  })
})
