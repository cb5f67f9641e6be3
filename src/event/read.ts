import type { Instant } from '../base/time.ts'
import type { Tx } from '../store/index.ts'
import type { Transport } from './batch.ts'
import { type EventPlace, parseEventRef } from './ref.ts'

/** The header of a kept batch. */
export type BatchHeader = {
  readonly no: number
  readonly company: string
  readonly sensor: string
  /** `YYYY-MM-DD` in Japan. */
  readonly day: string
  readonly transport: Transport
  readonly peer: string
  readonly receivedAt: Instant
  readonly lines: number
}

/** One kept line. */
export type EventLine = {
  readonly day: string
  readonly batchNo: number
  /** From 1. */
  readonly line: number
  readonly sensor: string
  readonly receivedAt: Instant
  readonly raw: string
  readonly truncated: boolean
}

/**
 * Headers after a cursor, oldest first, of all companies when asked by the detector's role. A smaller number is never
 * committed after a larger one was readable, so going on from the last `no` skips nothing.
 */
export function readBatches(tx: Tx, after: number, limit: number): Promise<BatchHeader[]> {
  return tx.rows<BatchHeader>(
    `select no, company_id as company, sensor_id as sensor, day, transport, peer, received_at as "receivedAt", lines
     from event_batch where no > $1 order by no limit $2`,
    [after, limit],
  )
}

/** The number of the newest batch, 0 when there is none. */
export async function newestBatch(tx: Tx): Promise<number> {
  const row = await tx.one<{ no: number | null }>('select max(no) as no from event_batch')
  return row?.no ?? 0
}

const eventColumns = `e.day, e.batch_no as "batchNo", e.line, e.sensor_id as sensor, e.received_at as "receivedAt",
  e.raw, e.truncated`

/** The lines of batches in the transaction's scope, by batch and line; batches of other companies give nothing. */
export function readLines(
  tx: Tx,
  batches: readonly { readonly no: number; readonly day: string }[],
): Promise<EventLine[]> {
  if (batches.length === 0) return Promise.resolve([])
  return tx.rows<EventLine>(
    `select ${eventColumns} from event e where e.day = any ($1::date[]) and e.batch_no = any ($2::bigint[])
     order by e.batch_no, e.line`,
    [[...new Set(batches.map((batch) => batch.day))], batches.map((batch) => batch.no)],
  )
}

/** Lines of one company by their names (`eventRef`) or places, in order of arrival. What is not there is left out. */
export function readEvents(
  tx: Tx,
  company: string,
  refs: readonly (string | EventPlace)[],
): Promise<EventLine[]> {
  const places = refs
    .map((ref) => (typeof ref === 'string' ? parseEventRef(ref) : ref))
    .filter((place) => place !== undefined)
  if (places.length === 0) return Promise.resolve([])
  return tx.rows<EventLine>(
    `select ${eventColumns}
     from unnest($2::date[], $3::bigint[], $4::integer[]) as wanted (day, batch_no, line)
     join event e on e.day = wanted.day and e.batch_no = wanted.batch_no and e.line = wanted.line
     where e.company_id = $1 and e.day = any ($2::date[])
     order by e.batch_no, e.line`,
    [
      company,
      places.map((place) => place.day),
      places.map((place) => place.batchNo),
      places.map((place) => place.line),
    ],
  )
}

/** The newest lines of a company between two instants, newest first; of one sensor where it is named. */
export function searchEvents(
  tx: Tx,
  company: string,
  wanted: { from: Instant; to: Instant; sensor?: string; limit: number },
): Promise<EventLine[]> {
  return tx.rows<EventLine>(
    `select ${eventColumns} from event e
     where e.company_id = $1
       and e.received_at >= to_timestamp($2::float8 / 1000) and e.received_at < to_timestamp($3::float8 / 1000)
       and e.day >= (to_timestamp($2::float8 / 1000) at time zone 'Asia/Tokyo')::date
       and e.day <= (to_timestamp($3::float8 / 1000) at time zone 'Asia/Tokyo')::date
       and ($4::uuid is null or e.sensor_id = $4)
     order by e.received_at desc, e.batch_no desc, e.line desc limit $5`,
    [company, wanted.from, wanted.to, wanted.sensor ?? null, wanted.limit],
  )
}

/** Forgets batch keys seen before an instant, of the companies in scope; gives how many. They are kept 7 days. */
export function forgetKeys(tx: Tx, before: Instant): Promise<number> {
  return tx.run('delete from batch_key where at < to_timestamp($1::float8 / 1000)', [before])
}
