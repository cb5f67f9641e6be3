import { afterAll, beforeAll, expect, test } from 'vitest'
import { route } from './route.ts'
import { type TestServer, testServer } from './test-server.ts'

const file = { body: '<svg/>', type: 'image/svg+xml', open: { seconds: 300, tag: 'a1' } }
const yamada = {
  person: '0b6c1f0e-0000-4000-8000-000000000001',
  organisation: '0b6c1f0e-0000-4000-8000-000000000002',
  organisationName: '山田製作所',
  kind: 'company',
  role: 'owner',
  name: '山田 一郎',
  language: 'ja',
  scope: ['0b6c1f0e-0000-4000-8000-000000000002'],
  code: 'M-0427',
} as const
let server: TestServer

beforeAll(async () => {
  server = await testServer({
    routes: [
      route({ method: 'GET', path: '/open', area: 'public', handle: async () => ({ file }) }),
      route({
        method: 'GET',
        path: '/closed',
        area: 'public',
        handle: async () => ({ file: { body: 'a', type: 'text/plain' } }),
      }),
    ],
    deps: { session: async () => ({ actor: yamada, cookies: ['session=secret'] }) },
  })
})
afterAll(() => server.close())

test('an open file may be kept and embedded elsewhere, and carries nobody’s session', async () => {
  const answer = await server.inject({ url: '/open', headers: { cookie: 'session=old' } })
  expect(answer.headers).toMatchObject({
    'cache-control': 'public, max-age=300',
    etag: '"a1"',
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
    'content-type': 'image/svg+xml',
  })
  expect(answer.headers['set-cookie']).toBeUndefined()
})

test('who has this state of it gets it not again', async () => {
  const again = await server.inject({ url: '/open', headers: { 'if-none-match': 'W/"b2", W/"a1"' } })
  expect([again.statusCode, again.body]).toEqual([304, ''])
  const other = await server.inject({ url: '/open', headers: { 'if-none-match': '"b2"' } })
  expect(other.statusCode).toBe(200)
})

test('any other file stays where it is', async () => {
  const answer = await server.inject('/closed')
  expect(answer.headers['cache-control']).toBe('no-store')
  expect(answer.headers['cross-origin-resource-policy']).toBe('same-origin')
})
