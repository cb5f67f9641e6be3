import type { LightMyRequestResponse } from 'fastify'
import { type TestServer, testServer } from '../../../http/test-server.ts'
import { type Shelf, testShelf, wednesday } from '../../../registry/test-shelf.ts'
import { makeSeal } from '../../../seal/index.ts'
import type { TestDatabase } from '../../../store/test-database.ts'
import { registryRoutes } from './routes.ts'

export const baseUrl = 'http://localhost:8080'

/** The pages of the register on a database; the address of a caller is what `x-forwarded-for` says. */
export function serverOn(database: TestDatabase): Promise<TestServer> {
  const seal = makeSeal({ pool: database.store.app, secret: 'みなと' })
  const routes = registryRoutes({ access: { baseUrl }, seal })
  const options = { config: { baseUrl, trustProxy: 1 } }
  return testServer({ routes, db: database.store.app, now: wednesday, options })
}

let callers = 0
/** An address of its own for each question, so that one test's limit is not another's. */
export const caller = (): Record<string, string> => ({ 'x-forwarded-for': `198.51.100.${++callers % 250}` })

/** The page as it reads: without tags. */
export const textOf = (html: string): string => html.replaceAll(/<[^>]+>/g, '').replaceAll('&quot;', '"')

/** A register with 山田製作所 in it, its pages, and ways to ask them; for tests only. */
export type TestPages = {
  readonly shelf: Shelf
  readonly server: TestServer
  readonly yamada: string
  get(url: string, lang?: 'ja' | 'en'): Promise<LightMyRequestResponse>
  drop(): Promise<void>
}

export async function testPages(): Promise<TestPages> {
  const shelf = await testShelf()
  const server = await serverOn(shelf.database)
  return {
    shelf,
    server,
    yamada: await shelf.enter(),
    get: (url, lang = 'ja') => server.inject({ url, headers: { cookie: `mm-lang=${lang}`, ...caller() } }),
    async drop() {
      await server.close()
      await shelf.database.drop()
    },
  }
}
