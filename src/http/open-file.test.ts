import { afterAll, beforeAll, expect, test } from 'vitest'
import { route } from './route.ts'
import { type TestServer, testServer } from './test-server.ts'

const file = { body: '<svg/>', type: 'image/svg+xml', open: { seconds: 300, tag: 'a1' } }
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
    deps: { session: async () => ({ actor: undefined, cookies: ['session=secret'] }) as never },
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
