import pg from 'pg'
import type { Instant } from '../base/time.ts'
import type { Log } from './log.ts'

/** Connections of one role to one database. Made by `makePool` and nowhere else. */
export type Pool = pg.Pool
/** One connection outside a pool: for making databases, for snapshots, for listening. Made by `connect`. */
export type Client = pg.Client

export type PoolOptions = {
  readonly url: string
  readonly log: Log
  /** Most connections at once; default 10. */
  readonly max?: number
  /** What the server shows as the name of this program. */
  readonly name?: string
  /** `ours` (default): int8 as number, timestamptz as Instant, date as text. `plain`: as pg gives them. */
  readonly types?: 'ours' | 'plain'
  readonly searchPath?: string
}

const oid = { int8: 20, date: 1082, timestamptz: 1184 }
const arrayOid = { text: 1009, int8: 1016, date: 1182, timestamptz: 1185 }

type Parse = (text: string) => unknown

function wholeNumber(text: string): number {
  const n = Number(text)
  if (!Number.isSafeInteger(n)) throw new RangeError(`BUG: ${text} does not fit a number; select it as text`)
  return n
}

// pg gives a number for `infinity`.
const asDate: (text: string) => Date | number = pg.types.getTypeParser(oid.timestamptz)

function asInstant(text: string): Instant {
  const at = asDate(text)
  return typeof at === 'number' ? at : at.getTime()
}

function arrayOf(one: Parse): Parse {
  const split: Parse = pg.types.getTypeParser(arrayOid.text)
  const deep = (value: unknown): unknown =>
    Array.isArray(value) ? value.map(deep) : typeof value === 'string' ? one(value) : value
  return (text) => deep(split(text))
}

const asText: Parse = (text) => text

const ourParsers = new Map<number, Parse>([
  [oid.int8, wholeNumber],
  [oid.date, asText],
  [oid.timestamptz, asInstant],
  [arrayOid.int8, arrayOf(wholeNumber)],
  [arrayOid.date, arrayOf(asText)],
  [arrayOid.timestamptz, arrayOf(asInstant)],
])

const ourTypes = {
  getTypeParser: ((id: number, format?: 'text' | 'binary') =>
    (format !== 'binary' && ourParsers.get(id)) ||
    pg.types.getTypeParser(id, format === 'binary' ? 'binary' : 'text')) as typeof pg.types.getTypeParser,
}

function settings(options: PoolOptions): pg.ClientConfig {
  // Dates are dates in Japan everywhere, so `at::date` in SQL says the same as `jstDate(at)` in the program.
  const session = ['-c timezone=Asia/Tokyo', '-c datestyle=ISO']
  if (options.searchPath !== undefined) session.push(`-c search_path=${options.searchPath}`)
  return {
    connectionString: options.url,
    application_name: options.name ?? 'mimamori',
    connectionTimeoutMillis: 15_000,
    keepAlive: true,
    options: session.join(' '),
    ...(options.types === 'plain' ? {} : { types: ourTypes }),
  }
}

/**
 * The one place that makes pools. Whatever the server does to a connection, the program lives on: the loss is logged
 * and the next query opens a new one.
 */
export function makePool(options: PoolOptions): Pool {
  const pool = new pg.Pool({ ...settings(options), max: options.max ?? 10, idleTimeoutMillis: 30_000 })
  const lost = (error: Error): void => {
    if (!pool.ending) options.log.warn({ cause: error.message }, 'a database connection was lost')
  }
  pool.on('error', lost)
  // A client that is out of the pool has no listener of the pool's; without one of its own, a server that shuts down
  // between two queries of a transaction would end the program.
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

/** One open connection; the caller ends it. */
export async function connect(options: PoolOptions): Promise<Client> {
  const client = new pg.Client(settings(options))
  client.on('error', (error) => options.log.warn({ cause: error.message }, 'a database connection was lost'))
  await client.connect()
  return client
}

/** An instant as a parameter for a timestamptz, alone or inside an array for `unnest`. */
export function moment(at: Instant): string {
  return new Date(at).toISOString()
}
