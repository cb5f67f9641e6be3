import { EventEmitter } from 'node:events'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Pool, quiet } from '../store/index.ts'
import { type TestDatabase, testDatabase } from '../store/test-database.ts'
import { type LiveMessage, makeLive } from './live.ts'

let db: TestDatabase

beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.drop())

const yamada = '018f0000-0000-7000-8000-000000000001'
const midori = '018f0000-0000-7000-8000-000000000002'
const tell = (company: string): Promise<unknown> =>
  db.store.app.query('select pg_notify($1, $2)', [
    'mimamori',
    JSON.stringify({ kind: 'notice.made', company, id: company }),
  ])

test('a message reaches whose scope holds its company, and nobody else; also after the connection was lost', async () => {
  const live = await makeLive({ pool: db.store.app, log: quiet })
  const heard: LiveMessage[] = []
  live.listen({ scope: [yamada] }, (message) => heard.push(message))
  await tell(midori)
  await tell(yamada)
  await vi.waitFor(() => expect(heard.map((message) => message.company)).toEqual([yamada]))
  await db.superuser.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and query = 'listen mimamori'`,
  )
  await vi.waitFor(
    async () => {
      await tell(yamada)
      expect(heard.length).toBeGreaterThan(1)
    },
    { timeout: 5_000, interval: 200 },
  )
  await live.close()
})

test('a connection that breaks while it begins to listen is let go, and one new one is made', async () => {
  vi.useFakeTimers()
  const clients: EventEmitter[] = []
  let released = 0
  const connect = (): Promise<unknown> => {
    const first = clients.length === 1
    const client = Object.assign(new EventEmitter(), {
      release: () => {
        released += 1
      },
      query: async () => {
        if (!first) return
        // What pg does when the server goes away: the event, and the query fails too.
        client.emit('error', new Error('terminated'))
        throw new Error('terminated')
      },
    })
    clients.push(client)
    return Promise.resolve(client)
  }
  const live = await makeLive({ pool: { connect } as unknown as Pool, log: quiet })
  clients[0]?.emit('end')
  await vi.advanceTimersByTimeAsync(10_000)
  expect(clients).toHaveLength(3)
  expect(released).toBe(2)
  await live.close()
  expect(released).toBe(3)
  vi.useRealTimers()
})
