import type { Instant } from '../base/time.ts'
import type { Config } from '../config.ts'
import type { Log, Pool } from '../store/index.ts'
import type { Actor, House } from './actor.ts'
import type { Assets } from './assets.ts'
import type { Live } from './live.ts'

/** Whom a request acts for, and what the browser is to keep of it. */
export type Session = { readonly actor: Actor; readonly cookies: readonly string[] }

/** How each part of the program does, for machines that watch it. */
export type Readiness = Readonly<
  Record<string, { readonly ok: boolean; readonly ageSeconds?: number; readonly note?: string }>
>

/** What the server is handed by main, because it lives on a higher floor or is made once. */
export type ServerDeps = {
  readonly db: Pool
  /** Whose session the request's headers carry. */
  readonly session: (headers: Headers, now: Instant) => Promise<Session | undefined>
  readonly house: () => Promise<House | undefined>
  readonly live: Live
  /** Told when somebody signed in asked for what is not theirs. */
  readonly refused: (actor: Actor, what: { method: string; path: string }, now: Instant) => Promise<void>
  readonly readiness: () => Promise<Readiness>
  /** The clock; tests hand in their own. */
  readonly clock?: () => Instant
}

/** What every request of one server shares. */
export type Serving = {
  readonly deps: ServerDeps
  readonly config: Pick<Config, 'baseUrl' | 'trustProxy'>
  readonly log: Log
  readonly assets: Assets
  readonly https: boolean
  readonly now: () => Instant
  /** Open streams, ended when the server closes. */
  readonly streams: Set<() => void>
}
