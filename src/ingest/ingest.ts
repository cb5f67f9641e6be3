import type { Limits } from '../config.ts'
import type { Instant } from '../base/time.ts'
import type { Appender } from '../event/index.ts'
import type { Log, Pool } from '../store/index.ts'
import { makeRates } from './bucket.ts'
import { makeDirectory } from './directory.ts'
import { type HoldingLimits, makeHolding } from './holding.ts'
import { makeIncidents } from './incident.ts'
import type { IntakeParts } from './intake.ts'

/** What the receivers and the HTTP route of one process share. */
export type Ingest = IntakeParts & {
  readonly now: () => Instant
  /** Ends all rests, for the end of the program; lines that the database does not take are given up from then on. */
  readonly hurry: () => void
  /** Writes what is still to be written down. After the receivers and the web are closed, before the appender. */
  readonly close: () => Promise<void>
}

export type IngestOptions = {
  /** Of the ingest role. */
  readonly pool: Pool
  readonly appender: Appender
  readonly limits: Limits
  readonly log: Log
  readonly now: () => Instant
  readonly holding?: HoldingLimits
}

export function makeIngest({ pool, appender, limits, log, now, ...options }: IngestOptions): Ingest {
  const rests = makeRests()
  const incidents = makeIncidents({ pool, log, now })
  const holding = makeHolding({ pool, incidents, ...(options.holding ? { limits: options.holding } : {}) })
  return {
    appender,
    directory: makeDirectory(pool, now),
    holding,
    incidents,
    rates: makeRates(now),
    limits,
    log,
    now,
    pause: rests.rest,
    stopped: rests.ended,
    hurry: rests.end,
    close: async () => {
      rests.end()
      await incidents.close()
    },
  }
}

type Rests = {
  readonly rest: (milliseconds: number) => Promise<void>
  readonly ended: () => boolean
  readonly end: () => void
}

/** Timers that all end early when the program stops. */
function makeRests(): Rests {
  const resting = new Map<NodeJS.Timeout, () => void>()
  let over = false
  return {
    rest: (milliseconds) =>
      new Promise((resolve) => {
        if (over) return resolve()
        const timer = setTimeout(() => {
          resting.delete(timer)
          resolve()
        }, milliseconds)
        resting.set(timer, resolve)
      }),
    ended: () => over,
    end: () => {
      over = true
      for (const [timer, resolve] of resting) {
        clearTimeout(timer)
        resolve()
      }
      resting.clear()
    },
  }
}
