import { request } from 'node:http'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { newId, quiet, tell, within } from '../store/index.ts'
import { testDatabase } from '../store/test-database.ts'
import type { Actor } from './actor.ts'
import { type Live, makeLive } from './live.ts'
import { route } from './route.ts'
import { eventText, sameRights } from './stream.ts'
import { testServer } from './test-server.ts'

const yamada = newId()
const hokuto = newId()
const takahashi: Actor = {
  person: newId(),
  organisation: newId(),
  organisationName: 'みなと情報サービス',
  kind: 'provider',
  role: 'analyst',
  name: '高橋',
  language: 'ja',
  scope: [yamada],
  code: undefined,
}

let database: Awaited<ReturnType<typeof testDatabase>>
let live: Live
beforeAll(async () => {
  database = await testDatabase()
  live = await makeLive({ pool: database.store.app, log: quiet })
})
afterAll(async () => {
  await live?.close()
  await database?.drop()
})

const stream = route({
  method: 'GET',
  path: '/live',
  area: 'provider',
  handle: async (ctx) => ({
    stream: (push) => ctx.live.listen({}, (message) => push({ name: message.kind, data: message })),
  }),
})

/** Opens the stream over a real socket and gathers what comes. */
async function open(url: string): Promise<{ text: () => string; ended: Promise<void>; close: () => void }> {
  let text = ''
  return new Promise((resolve, reject) => {
    const asked = request(`${url}/live`, { headers: { cookie: 'any=1' } }, (answer) => {
      answer.setEncoding('utf8')
      answer.on('data', (part: string) => (text += part))
      const ended = new Promise<void>((done) => answer.on('close', done))
      expect(answer.headers['content-type']).toContain('text/event-stream')
      expect(answer.headers['cache-control']).toBe('no-store')
      resolve({ text: () => text, ended, close: () => asked.destroy() })
    })
    asked.on('error', reject)
    asked.end()
  })
}

const say = (company: string): Promise<void> =>
  within(database.store.app, { organisations: [company] }, (tx) =>
    tell(tx, { kind: 'case.opened', company, id: newId() }, 0),
  )

test('a stream brings what moves in the own scope, and nothing of another company', async () => {
  const server = await testServer({ routes: [stream], actor: takahashi, deps: { live } })
  const url = await server.server.listen({ port: 0, host: '127.0.0.1' })
  const heard = await open(url)
  await say(hokuto)
  await say(yamada)
  await vi.waitFor(() => expect(heard.text()).toContain('event: case.opened'))
  expect(heard.text()).toContain(yamada)
  expect(heard.text()).not.toContain(hokuto)
  heard.close()
  await server.close()
})

test('the server closes while streams are open, and they end', async () => {
  const server = await testServer({ routes: [stream], actor: takahashi, deps: { live } })
  const heard = await open(await server.server.listen({ port: 0, host: '127.0.0.1' }))
  await server.close()
  await heard.ended
})

test('somebody whose rights changed hears nothing more', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  try {
    let actor: Actor | undefined = takahashi
    const session = async () => (actor ? { actor, cookies: [] } : undefined)
    const server = await testServer({ routes: [stream], deps: { live, session } })
    const heard = await open(await server.server.listen({ port: 0, host: '127.0.0.1' }))
    vi.advanceTimersByTime(15_000)
    await vi.waitFor(() => expect(heard.text()).toContain(': \n'))
    actor = { ...takahashi, scope: [yamada, hokuto] }
    vi.advanceTimersByTime(5_000)
    await heard.ended
    await server.close()
  } finally {
    vi.useRealTimers()
  }
})

test('asked for its head only, a stream answers and ends', async () => {
  const server = await testServer({ routes: [stream], actor: takahashi, deps: { live } })
  const answer = await server.inject({ method: 'HEAD', url: '/live', headers: { cookie: 'any=1' } })
  expect(answer.statusCode).toBe(200)
})

test('rights are the same only for the same person, role and companies', () => {
  expect(sameRights(takahashi, { ...takahashi, scope: [...takahashi.scope] })).toBe(true)
  expect(sameRights(takahashi, { ...takahashi, role: 'admin' })).toBe(false)
  expect(sameRights(takahashi, { ...takahashi, scope: [hokuto] })).toBe(false)
  expect(sameRights(takahashi, undefined)).toBe(false)
})

test('no name, id or text can forge another event', () => {
  const text = eventText({ name: 'a\nevent: b', id: '1\ndata: x', data: 'line\nbreak' })
  expect(text).toBe('id: 1 data: x\nevent: a event: b\ndata: "line\\nbreak"\n\n')
})
