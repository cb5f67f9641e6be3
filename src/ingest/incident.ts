import type { Instant } from '../base/time.ts'
import { type Log, moment, newId, type Pool, within, withoutScope } from '../store/index.ts'
import type { Sender } from './directory.ts'

/** What can go wrong on the way in once it is known whose line it is. */
export type IncidentKind =
  | 'truncated'
  | 'refused'
  | 'rate'
  | 'framing'
  | 'token-mismatch'
  | 'gap'
  | 'too-deep'

/** What goes wrong at a receiver before anybody knows whose it is. */
export type ReceiverTrouble = 'kernel-drop' | 'overload' | 'connections' | 'held-full' | 'framing'

/** Counts what went wrong and writes it down every few seconds, a row per sensor, kind and detail. */
export type Incidents = {
  readonly note: (sender: Sender, kind: IncidentKind, what: { count: number; detail?: string }) => void
  readonly noteReceiver: (
    receiver: 'udp' | 'tcp' | 'http',
    kind: ReceiverTrouble,
    what: { count: number; detail?: string },
  ) => void
  /** Writes what waits. When the database cannot be reached it goes on waiting. */
  readonly flush: () => Promise<void>
  readonly close: () => Promise<void>
}

type Counted = {
  readonly company: string | undefined
  readonly sensor: string | undefined
  readonly receiver: string
  readonly kind: string
  readonly detail: string
  count: number
}

const writeEvery = 5_000
/** Distinct things that wait; beyond this the detail is left out, which leaves few. */
const mostWaiting = 5_000
const largest = 2_000_000_000

type Options = { readonly pool: Pool; readonly log: Log; readonly now: () => Instant }

export function makeIncidents({ pool, log, now }: Options): Incidents {
  let waiting = new Map<string, Counted>()
  let writing: Promise<void> = Promise.resolve()

  function add(one: Counted): void {
    const detail = waiting.size < mostWaiting ? one.detail.slice(0, 200) : ''
    const key = [one.sensor, one.receiver, one.kind, detail].join('\n')
    const known = waiting.get(key)
    if (known) known.count = Math.min(largest, known.count + one.count)
    else if (one.count > 0) waiting.set(key, { ...one, detail })
  }

  async function write(): Promise<void> {
    const taken = [...waiting.values()]
    waiting = new Map()
    const ofSensors = taken.filter((one) => one.company !== undefined)
    const ofReceivers = taken.filter((one) => one.company === undefined)
    await writeOrKeep(ofSensors, () => writeSensors(pool, now(), ofSensors))
    await writeOrKeep(ofReceivers, () => writeReceivers(pool, now(), ofReceivers))
  }

  async function writeOrKeep(rows: readonly Counted[], work: () => Promise<void>): Promise<void> {
    if (rows.length === 0) return
    try {
      await work()
    } catch (thrown) {
      for (const row of rows) add(row)
      log.warn({ because: String(thrown) }, 'incidents of the receivers could not be written yet')
    }
  }

  const flush = (): Promise<void> => {
    writing = writing.then(write)
    return writing
  }
  const timer = setInterval(() => void flush(), writeEvery)
  timer.unref()

  return {
    note: (sender, kind, { count, detail = '' }) => {
      add({ company: sender.company, sensor: sender.sensor, receiver: '', kind, detail, count })
    },
    noteReceiver: (receiver, kind, { count, detail = '' }) => {
      add({ company: undefined, sensor: undefined, receiver, kind, detail, count })
    },
    flush,
    close: async () => {
      clearInterval(timer)
      await flush()
    },
  }
}

async function writeSensors(pool: Pool, now: Instant, rows: readonly Counted[]): Promise<void> {
  const organisations = [
    ...new Set(rows.map((row) => row.company).filter((company) => company !== undefined)),
  ]
  await within(pool, { organisations }, (tx) =>
    tx.run(
      `insert into ingest_incident (id, company_id, sensor_id, at, kind, count, detail)
       select id, company, sensor, $1::timestamptz, kind, count, detail
       from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::integer[], $7::text[])
         as row (id, company, sensor, kind, count, detail)`,
      [
        moment(now),
        rows.map(() => newId()),
        rows.map((row) => row.company),
        rows.map((row) => row.sensor),
        rows.map((row) => row.kind),
        rows.map((row) => row.count),
        rows.map((row) => row.detail),
      ],
    ),
  )
}

async function writeReceivers(pool: Pool, now: Instant, rows: readonly Counted[]): Promise<void> {
  await withoutScope(pool, (tx) =>
    tx.run(
      `insert into receiver_incident (id, at, receiver, kind, count, detail)
       select id, $1::timestamptz, receiver, kind, count, detail
       from unnest($2::uuid[], $3::text[], $4::text[], $5::integer[], $6::text[])
         as row (id, receiver, kind, count, detail)`,
      [
        moment(now),
        rows.map(() => newId()),
        rows.map((row) => row.receiver),
        rows.map((row) => row.kind),
        rows.map((row) => row.count),
        rows.map((row) => row.detail),
      ],
    ),
  )
}
