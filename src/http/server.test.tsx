import { expect, test } from 'vitest'
import { fault } from '../base/fault.ts'
import type { Actor } from './actor.ts'
import { PublicPage } from './kit/page.tsx'
import { type RouteSpec, route } from './route.ts'
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
const broken = route({
  method: 'GET',
  path: '/broken',
  area: 'public',
  handle: async () => {
    throw new Error('secret detail')
  },
})
const missing = route({
  method: 'GET',
  path: '/missing',
  area: 'public',
  handle: async () => {
    throw fault('NOT_FOUND')
  },
})
const secret = (area: 'owner' | 'provider', roles?: RouteSpec['roles']) =>
  route({
    method: 'GET',
    path: `/${area}/:company`,
    area,
    ids: { company: 'company' },
    ...(roles && { roles }),
    handle: async (ctx) => ({ json: { seen: ctx.params['company'] } }),
  })

const yamadaId = '11111111-1111-4111-8111-111111111111'
const otherId = '22222222-2222-4222-8222-222222222222'
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

test('a page carries a strict policy, and is asked for again each time', async () => {
  const server = await testServer({ routes: [hello] })
  const answer = await server.inject('/hello')
  expect(answer.statusCode).toBe(200)
  expect(answer.headers['content-security-policy']).toBe(
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  )
  expect(answer.headers['referrer-policy']).toBe('same-origin')
  expect(answer.headers['x-content-type-options']).toBe('nosniff')
  expect(answer.headers['cache-control']).toBe('private, no-cache')
  expect(answer.headers['strict-transport-security']).toBeUndefined()
  expect(answer.body).toMatch(/^<!doctype html><html lang="ja">/)
})

test('over https the browser is told to stay there', async () => {
  const server = await testServer({
    routes: [hello],
    options: { config: { baseUrl: 'https://mimamori.example', trustProxy: false } },
  })
  expect((await server.inject('/hello')).headers['strict-transport-security']).toBe('max-age=31536000')
})

test('a signed-in page is kept nowhere; only a provider may run our scripts', async () => {
  const server = await testServer({
    routes: [
      route({
        method: 'GET',
        path: '/queue',
        area: 'provider',
        handle: async (ctx) => ({
          page: (
            <PublicPage ctx={ctx} title="受付">
              <h1>受付</h1>
            </PublicPage>
          ),
        }),
      }),
    ],
    actor: { ...sato, kind: 'provider', role: 'analyst' },
  })
  const answer = await server.inject({ url: '/queue', headers: cookie })
  expect(answer.headers['cache-control']).toBe('no-store')
  expect(answer.headers['content-security-policy']).toContain("script-src 'self'")
  expect(answer.headers['content-security-policy']).not.toContain('unsafe')
})

test('what is typed comes back as text, never as markup', async () => {
  const server = await testServer({ routes: [hello] })
  const answer = await server.inject(`/hello?name=${encodeURIComponent('<script>alert(1)</script>')}`)
  expect(answer.body).toContain('&lt;script>')
  expect(answer.body).not.toContain('<script>')
})

test('what is not there and what is not yours look exactly the same', async () => {
  const server = await testServer({ routes: [missing, secret('owner')], actor: sato })
  const ask = async (url: string) => {
    const answer = await server.inject({ url, headers: cookie })
    return { status: answer.statusCode, body: answer.body.replaceAll(url, '') }
  }
  const nowhere = await ask('/no-such-page')
  expect(nowhere.status).toBe(404)
  expect(await ask('/missing')).toEqual(nowhere)
  expect(await ask(`/owner/${otherId}`)).toEqual(nowhere)
  expect(await ask('/owner/not-an-id')).toEqual(nowhere)
})

test('somebody of another kind or role sees nothing, and it is kept in the trail', async () => {
  const refused: string[] = []
  const server = await testServer({
    routes: [secret('provider')],
    actor: sato,
    deps: { refused: async (actor, what) => void refused.push(`${actor.name} ${what.method} ${what.path}`) },
  })
  expect((await server.inject({ url: `/provider/${yamadaId}`, headers: cookie })).statusCode).toBe(404)
  expect(refused).toEqual(['佐藤 GET /provider/:company'])
  const members = await testServer({
    routes: [secret('owner', ['owner'])],
    actor: { ...sato, role: 'member' },
  })
  expect((await members.inject({ url: `/owner/${yamadaId}`, headers: cookie })).statusCode).toBe(404)
})

test('a stranger is asked to sign in and brought back; what they post is not taken', async () => {
  const post = route({
    method: 'POST',
    path: '/owner',
    area: 'owner',
    handle: async () => ({ redirect: '/' }),
  })
  const server = await testServer({ routes: [secret('owner'), post] })
  const get = await server.inject(`/owner/${yamadaId}?month=2026-11`)
  expect(get.statusCode).toBe(303)
  expect(get.headers.location).toBe(`/sign-in?to=${encodeURIComponent(`/owner/${yamadaId}?month=2026-11`)}`)
  const posted = await server.post('/owner')
  expect(posted.statusCode).toBe(401)
  expect(posted.body).toContain('サインイン')
})

test('an unknown error is told without its detail, and logged once', async () => {
  const logged: unknown[] = []
  const log = {
    info: () => undefined,
    warn: () => undefined,
    error: (details: object) => void logged.push(details),
  }
  const server = await testServer({ routes: [broken], options: { log } })
  const answer = await server.inject('/broken')
  expect(answer.statusCode).toBe(500)
  expect(answer.body).toContain('私たちの側の不具合')
  expect(answer.body).not.toContain('secret detail')
  expect(logged).toHaveLength(1)
  expect(logged[0]).toMatchObject({ error: 'secret detail', route: '/broken' })
})

test('pages and assets are packed as the reader takes them; assets may be kept for ever', async () => {
  const server = await testServer({ routes: [hello] })
  const page = await server.inject({ url: '/hello', headers: { 'accept-encoding': 'gzip, br' } })
  expect(page.headers['content-encoding']).toBe('br')
  const href = /href="(\/assets\/mm-[^"]+\.css)"/.exec((await server.inject('/hello')).body)?.[1] ?? ''
  const css = await server.inject({ url: href, headers: { 'accept-encoding': 'gzip' } })
  expect(css.headers['cache-control']).toBe('public, max-age=31536000, immutable')
  expect(css.headers['content-encoding']).toBe('gzip')
  expect(css.rawPayload.length).toBeLessThan(20_000)
  expect((await server.inject(href)).body).not.toContain('/*')
  expect((await server.inject('/assets/mm-other.css')).statusCode).toBe(404)
})

test('every page has the call bar with the number and the code of the company', async () => {
  const server = await testServer({ routes: [hello], actor: sato })
  const { body } = await server.inject({ url: '/hello', headers: cookie })
  expect(body).toContain('href="tel:0120000000"')
  expect(body).toContain('M-0427')
  expect(body).toContain('<title>あいさつ｜山田製作所｜みまもり</title>')
  expect(body).not.toContain('練習用の見本')
})

test('every page of a practice installation says so', async () => {
  const { minato } = await import('./test-server.ts')
  const server = await testServer({ routes: [hello], house: { ...minato, practice: true } })
  expect((await server.inject('/hello')).body).toContain('練習用の見本')
  const english = await server.inject({ url: '/hello', headers: { cookie: 'mm-lang=en' } })
  expect(english.body).toContain('practice sample')
})

test('machines see that it lives, and which part does not work', async () => {
  const server = await testServer({
    routes: [],
    deps: { readiness: async () => ({ database: { ok: true }, canary: { ok: false, ageSeconds: 300 } }) },
  })
  expect((await server.inject('/healthz')).json()).toEqual({ ok: true })
  const ready = await server.inject('/readyz')
  expect(ready.statusCode).toBe(503)
  expect(ready.json()).toEqual({
    ok: false,
    parts: { database: { ok: true }, canary: { ok: false, ageSeconds: 300 } },
  })
})

test('a route that nobody declared stops the start', async () => {
  await expect(
    testServer({
      routes: [],
      options: { machine: [{ routes: [], plugin: async (app) => void app.get('/hidden', async () => 'x') }] },
    }),
  ).rejects.toThrow(/nobody declared/)
})

test('an id that the declaration does not name is a mistake', () => {
  expect(() =>
    route({ method: 'GET', path: '/x/:company', area: 'owner', handle: async () => ({ json: {} }) }),
  ).toThrow(/names/)
})

test('the address of the sender is taken from a proxy only when it is trusted', async () => {
  const whoAmI = route({
    method: 'GET',
    path: '/ip',
    area: 'public',
    handle: async (ctx) => ({ json: { ip: ctx.ip } }),
  })
  const headers = { 'x-forwarded-for': '203.0.113.9, 198.51.100.7' }
  const alone = await testServer({ routes: [whoAmI] })
  expect((await alone.inject({ url: '/ip', headers })).json()).toEqual({ ip: '127.0.0.1' })
  const behind = await testServer({
    routes: [whoAmI],
    options: { config: { baseUrl: 'http://localhost:8080', trustProxy: 1 } },
  })
  expect((await behind.inject({ url: '/ip', headers })).json()).toEqual({ ip: '198.51.100.7' })
})
