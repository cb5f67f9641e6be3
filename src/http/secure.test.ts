import { describe, expect, test } from 'vitest'
import { route } from './route.ts'
import { testServer } from './test-server.ts'

const kept: string[] = []
const keep = route({
  method: 'POST',
  path: '/keep',
  area: 'public',
  handle: async (ctx) => {
    kept.push(ctx.form['name'] ?? '')
    return { redirect: '/hello' }
  },
})

describe('a post from elsewhere', () => {
  const elsewhere: [string, Record<string, string>][] = [
    ['another site by its own word', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
    [
      'another site whose browser says only the origin',
      { 'sec-fetch-site': 'none', origin: 'https://evil.example' },
    ],
    ['a page without an address', { 'sec-fetch-site': 'none', origin: 'null' }],
    ['a neighbour under the same domain', { 'sec-fetch-site': 'same-site', origin: 'http://localhost:8080' }],
  ]
  test.each(elsewhere)('is refused: %s', async (_name, headers) => {
    const server = await testServer({ routes: [keep] })
    const answer = await server.post('/keep', { name: '偽' }, headers)
    expect(answer.statusCode).toBe(403)
    expect(answer.body).toContain('受け取りませんでした')
    expect(kept).not.toContain('偽')
  })

  test('is refused when nothing says where it comes from', async () => {
    const server = await testServer({ routes: [keep] })
    const answer = await server.inject({
      method: 'POST',
      url: '/keep',
      payload: 'name=x',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    expect(answer.statusCode).toBe(403)
  })

  test('our own form is taken, also under another name of this machine', async () => {
    const server = await testServer({ routes: [keep] })
    expect((await server.post('/keep', { name: '佐藤' })).headers.location).toBe('/hello')
    const named = await server.post(
      '/keep',
      { name: '鈴木' },
      { origin: 'http://127.0.0.1:8080', host: '127.0.0.1:8080' },
    )
    expect(named.statusCode).toBe(303)
    expect(kept).toEqual(expect.arrayContaining(['佐藤', '鈴木']))
  })
})

test('a form in another content type, or too large, is refused in words', async () => {
  const server = await testServer({ routes: [keep] })
  const json = await server.inject({
    method: 'POST',
    url: '/keep',
    payload: { name: 'x' },
    headers: { origin: 'http://localhost:8080', 'sec-fetch-site': 'same-origin' },
  })
  expect(json.statusCode).toBe(415)
  expect(json.body).toContain('入力を確かめてください')
  expect((await server.post('/keep', { name: 'x'.repeat(300_000) })).statusCode).toBe(413)
})

test('an address that cannot be read is an address where nothing is', async () => {
  const server = await testServer({ routes: [] })
  expect((await server.inject('/%ff')).statusCode).toBe(404)
  expect((await server.inject(`/${'a'.repeat(5_000)}`)).statusCode).toBe(404)
})
