import type { Instant } from '../base/time.ts'
import { moment, type Tx } from '../store/index.ts'

/** A batch that could not be taken because of a fault of ours; it was left out so that the watch goes on. */
export type SetAside = {
  readonly no: number
  readonly company: string
  readonly sensor: string
  readonly reason: string
  readonly at: Instant
}

/** What the detector knows at one place of the stream. */
export type Kept = {
  readonly uptoBatch: number
  readonly correlations: string
  readonly setAside: readonly SetAside[]
}

const name = 'main'
const nothing: Kept = { uptoBatch: 0, correlations: '', setAside: [] }

/** The state as it was last saved; from the beginning of the stream where there is none. */
export async function loadState(tx: Tx): Promise<Kept> {
  const row = await tx.one<{ upto: number; kept: string }>(
    'select upto_batch as upto, correlations as kept from detector_state where name = $1',
    [name],
  )
  if (row === undefined) return nothing
  const read: Partial<Kept> = row.kept === '' ? {} : JSON.parse(row.kept)
  return { uptoBatch: row.upto, correlations: read.correlations ?? '', setAside: read.setAside ?? [] }
}

/** Saves cursor and correlations together, so that a restart repeats work but never skips any. */
export async function saveState(tx: Tx, kept: Kept, now: Instant): Promise<void> {
  const { uptoBatch, ...rest } = kept
  await tx.run(
    `insert into detector_state (name, upto_batch, correlations, saved_at) values ($1, $2, $3, $4)
     on conflict (name) do update set upto_batch = excluded.upto_batch, correlations = excluded.correlations,
       saved_at = excluded.saved_at where detector_state.upto_batch <= excluded.upto_batch`,
    [name, uptoBatch, JSON.stringify(rest), moment(now)],
  )
}
