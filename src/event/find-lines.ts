import type { Instant } from '../base/time.ts'
import type { Tx } from '../store/index.ts'
import type { EventLine } from './read.ts'

const columns = `e.day, e.batch_no as "batchNo", e.line, e.sensor_id as sensor, e.received_at as "receivedAt", e.raw, e.truncated`

/** The days in Japan of the window are named besides, so that only their partitions are opened. */
const window = `e.company_id = $1
  and e.received_at >= to_timestamp($2::float8 / 1000) and e.received_at < to_timestamp($3::float8 / 1000)
  and e.day >= (to_timestamp($2::float8 / 1000) at time zone 'Asia/Tokyo')::date
  and e.day <= (to_timestamp($3::float8 / 1000) at time zone 'Asia/Tokyo')::date`

type Window = { readonly from: Instant; readonly to: Instant; readonly pieces: readonly string[] }

/** Lines of a company that hold one of some pieces of text, the newest first. Reads every line of the window. */
export function linesHolding(
  tx: Tx,
  company: string,
  wanted: Window & { readonly limit: number },
): Promise<EventLine[]> {
  return tx.rows<EventLine>(
    `select ${columns} from event e where ${window}
       and exists (select 1 from unnest($4::text[]) piece where strpos(e.raw, piece) > 0)
     order by e.received_at desc, e.batch_no desc, e.line desc limit $5`,
    [company, wanted.from, wanted.to, wanted.pieces, wanted.limit],
  )
}

/** Of each sensor of a company the newest line that holds one of some pieces of text; of one sensor where it is named. */
export function newestHolding(
  tx: Tx,
  company: string,
  wanted: Window & { readonly sensor?: string },
): Promise<EventLine[]> {
  return tx.rows<EventLine>(
    `select distinct on (e.sensor_id) ${columns} from event e where ${window}
       and exists (select 1 from unnest($4::text[]) piece where strpos(e.raw, piece) > 0)
       and ($5::uuid is null or e.sensor_id = $5)
     order by e.sensor_id, e.received_at desc, e.batch_no desc, e.line desc`,
    [company, wanted.from, wanted.to, wanted.pieces, wanted.sensor ?? null],
  )
}
