import type { Instant } from '../base/time.ts'
import { type Pool, withoutScope } from '../store/index.ts'
import { tokenHash } from './token.ts'

/** Who sent a line, by its credential. */
export type Sender = {
  readonly company: string
  readonly sensor: string
  /** The source fixed for this sensor, or `auto`. */
  readonly source: string
  /** Lines a second of this sensor, where it differs from the setting. */
  readonly linesPerSecond: number | undefined
  readonly zoneMinutes: number
}

/**
 * Whose credential is this? Both answer undefined for nobody's, and reject when the database cannot be asked. An answer is
 * used for at most `freshFor`, so a revoked token stops within that time.
 */
export type Directory = {
  readonly byToken: (token: string) => Promise<Sender | undefined>
  /** `address` is the sender's, `port` is ours. */
  readonly byAddress: (address: string, port: number) => Promise<Sender | undefined>
}

const freshFor = 4_000

/** Addresses of UDP can be forged without end; what is remembered is bounded. */
const mostRemembered = 10_000

type Row = {
  readonly company: string
  readonly sensor: string
  readonly source: string
  readonly rate: number | null
  readonly zone: number
}

const columns = `company_id as company, sensor_id as sensor, source, lines_per_second as rate, zone_minutes as zone`

/** Questions at once: strangers with wrong tokens must not take the connections on which lines are written. */
const mostAtOnce = 3

/** The directory of an installation, asked through the two functions that the ingest role may call. */
export function makeDirectory(pool: Pool, now: () => Instant): Directory {
  const inTurn = turns(mostAtOnce)
  const ask = (text: string, values: readonly unknown[]): Promise<Sender | undefined> =>
    inTurn(() => look(pool, text, values))
  const tokens = remembering(now)
  const addresses = remembering(now)
  return {
    byToken: (token) => {
      const hash = tokenHash(token)
      return tokens(hash.toString('base64'), () => ask(`select ${columns} from sensor_by_token($1)`, [hash]))
    },
    byAddress: (address, port) =>
      addresses(`${address} ${port}`, () =>
        ask(`select ${columns} from sensor_by_address($1::inet, $2)`, [address, port]),
      ),
  }
}

function look(pool: Pool, text: string, values: readonly unknown[]): Promise<Sender | undefined> {
  return withoutScope(pool, async (tx) => {
    const row = await tx.one<Row>(text, values)
    if (!row) return undefined
    const { company, sensor, source, rate, zone } = row
    return { company, sensor, source, linesPerSecond: rate ?? undefined, zoneMinutes: zone }
  })
}

/** Lets at most so many run at once; the others wait in order. */
function turns(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = []
  let running = 0
  return async (work) => {
    if (running >= most) await new Promise<void>((go) => waiting.push(go))
    else running += 1
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running -= 1
    }
  }
}

type Ask = () => Promise<Sender | undefined>

/** Asks once for many who want the same, and forgets failures at once. */
function remembering(now: () => Instant): (key: string, ask: Ask) => Promise<Sender | undefined> {
  const known = new Map<string, { readonly until: Instant; readonly answer: Promise<Sender | undefined> }>()
  return (key, ask) => {
    const kept = known.get(key)
    if (kept && kept.until > now()) return kept.answer
    known.delete(key)
    if (known.size >= mostRemembered) {
      const oldest = known.keys().next().value
      if (oldest !== undefined) known.delete(oldest)
    }
    const answer = ask()
    const entry = { until: now() + freshFor, answer }
    known.set(key, entry)
    answer.catch(() => {
      if (known.get(key) === entry) known.delete(key)
    })
    return answer
  }
}

/** An address as it is agreed and shown: IPv4 within IPv6 as IPv4, without a zone. */
export function plainAddress(address: string | undefined): string {
  const text = (address ?? '').replace(/%.*$/, '').toLowerCase()
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(text)
  return mapped?.[1] ?? text
}
