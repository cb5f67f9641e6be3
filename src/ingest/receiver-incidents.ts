import type { Instant } from '../base/time.ts'
import { moment, type Tx } from '../store/index.ts'

/** What our own receivers could not take since an instant, summed; nobody's lines in particular. */
export function receiverIncidents(
  tx: Tx,
  since: Instant,
): Promise<{ receiver: string; kind: string; count: number; lastAt: Instant }[]> {
  return tx.rows(
    `select receiver, kind, sum(count)::int8 as count, max(at) as "lastAt" from receiver_incident
     where at >= $1 group by receiver, kind order by max(at) desc`,
    [moment(since)],
  )
}
