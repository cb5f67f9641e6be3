import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify'
import type { Instant } from '../base/time.ts'
import { type Pool, quiet } from '../store/index.ts'
import type { Actor, House } from './actor.ts'
import { type Assets, makeAssets } from './assets.ts'
import type { ServerDeps } from './deps.ts'
import { stillLife } from './live.ts'
import type { RouteSpec } from './route.ts'
import { makeServer, type ServerOptions } from './server.ts'

/** The provider of the fixtures. */
export const minato: House = {
  practice: false,
  provider: { id: '00000000-0000-4000-8000-000000000001', name: 'みなと情報サービス' },
  deskPhone: '0120-000-000',
  deskHours: '24時間・通話無料',
}

/** 2026-11-25 14:32 in Japan, a Wednesday. */
export const wednesday: Instant = Date.UTC(2026, 10, 25, 5, 32)

let assets: Promise<Assets> | undefined

type Texts = Record<string, string>

export type TestServer = {
  readonly server: FastifyInstance
  readonly inject: (asked: string | InjectOptions) => Promise<LightMyRequestResponse>
  /** Posts a form as a browser on our page does. */
  readonly post: (url: string, form?: Texts, headers?: Texts) => Promise<LightMyRequestResponse>
  readonly close: () => Promise<void>
}

const nobodysPool = new Proxy(
  {},
  {
    get: () => {
      throw new Error('this test has no database; hand in `db`')
    },
  },
) as Pool

export type TestServerOptions = {
  readonly routes: readonly RouteSpec[]
  /** Signed in as, with any cookie; absent = nobody. */
  readonly actor?: Actor
  readonly db?: Pool
  readonly house?: House | undefined
  readonly now?: Instant
  readonly deps?: Partial<ServerDeps>
  readonly options?: Partial<ServerOptions>
}

/** A server for tests of pages: a fixed actor and moment, no sign-in. Not listening; ask with `inject` or `post`. */
export async function testServer(given: TestServerOptions): Promise<TestServer> {
  assets ??= makeAssets()
  const { actor } = given
  const house = 'house' in given ? given.house : minato
  const server = await makeServer({
    routes: given.routes,
    config: { baseUrl: 'http://localhost:8080', trustProxy: false },
    log: quiet,
    assets: await assets,
    ...given.options,
    deps: {
      db: given.db ?? nobodysPool,
      session: async () => (actor ? { actor, cookies: [] } : undefined),
      house: async () => house,
      live: stillLife,
      refused: async () => undefined,
      readiness: async () => ({}),
      clock: () => given.now ?? wednesday,
      ...given.deps,
    },
  })
  return {
    server,
    inject: (asked) => server.inject(asked),
    post: (url, form, headers) => server.inject(postOf(url, form ?? {}, headers ?? {})),
    close: async () => {
      await server.close()
    },
  }
}

function postOf(url: string, form: Texts, headers: Texts): InjectOptions {
  return {
    method: 'POST',
    url,
    payload: new URLSearchParams(form).toString(),
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      origin: 'http://localhost:8080',
      'sec-fetch-site': 'same-origin',
      cookie: 'any=1',
      ...headers,
    },
  }
}
