import { day, type Instant } from '../base/time.ts'
import { moment, type Tx } from '../store/index.ts'
import { type ApplicationKind, type ApplicationState, reviewWithin } from './application.ts'
import type { Oddity } from './review-oddity.ts'

/** One line of the queue. */
export type Waiting = {
  readonly id: string
  readonly name: string
  readonly kind: ApplicationKind
  readonly entry: string | null
  readonly level: string
  readonly prefecture: string
  readonly state: ApplicationState
  readonly reasons: readonly Oddity[]
  readonly confirmedAt: Instant
  /** Until when it is to be answered. */
  readonly dueAt: Instant
}

const columns = `id, filled->>'name' as name, kind, entry, coalesce(filled->>'level', '') as level,
  coalesce(filled->>'prefecture', '') as prefecture, state, reasons, confirmed_at as "confirmedAt"`

type Row = Omit<Waiting, 'dueAt'>
const withDue = (row: Row): Waiting => ({ ...row, dueAt: row.confirmedAt + reviewWithin })

/** Lines of the queue that are shown; the count says how many there are. */
const most = 200

/** What waits for a person of the register, the oldest first; then what waits for an answer. */
export async function reviewQueue(tx: Tx): Promise<{
  readonly review: readonly Waiting[]
  readonly asked: readonly Waiting[]
  readonly all: number
}> {
  const rows = await tx.rows<Row>(
    `select ${columns} from application where state in ('review', 'asked') order by confirmed_at, id limit ${most}`,
  )
  const count = await tx.one<{ n: number }>(
    `select count(*)::int as n from application where state in ('review', 'asked')`,
  )
  const lines = rows.map(withDue)
  return {
    review: lines.filter(({ state }) => state === 'review'),
    asked: lines.filter(({ state }) => state === 'asked'),
    all: count?.n ?? 0,
  }
}

/** What was decided in the last 30 days, the newest first. */
export async function recentlySettled(tx: Tx, now: Instant): Promise<readonly Waiting[]> {
  const rows = await tx.rows<Row>(
    `select ${columns} from application where state in ('entered', 'refused', 'withdrawn')
       and settled_at > $1 and confirmed_at is not null order by settled_at desc, id limit 50`,
    [moment(now - 30 * day)],
  )
  return rows.map(withDue)
}
