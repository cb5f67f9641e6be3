import { type Instant, second } from '../base/time.ts'
import type { Correlator } from '../sigma/index.ts'
import type { RuleBook, RuleState } from './rule-book.ts'
import type { SetAside } from './state-store.ts'
import type { Watch } from './watch-batch.ts'

export type DetectorState = {
  readonly running: boolean
  readonly uptoBatch: number
  /** Age of the oldest batch that waits, milliseconds; 0 = up to date. */
  readonly lagMs: number
  readonly lastRoundAt: Instant | null
  readonly lines: number
  readonly findings: number
  /** Batches that a fault of ours kept from being judged, newest last. */
  readonly setAside: readonly SetAside[]
  /** Why the last round could not be written yet. */
  readonly troubled: string | null
  readonly rules: RuleState
  readonly correlation: ReturnType<Correlator['counts']>
}

/** Where the detector is; changed by its rounds only. */
export type Progress = {
  cursor: number
  watch: Watch
  /** Arrival of the oldest batch that is known to wait. */
  oldest: Instant | undefined
  /** False while a round is half written: then the correlations are ahead of the cursor and must not be saved. */
  whole: boolean
  stopping: boolean
  troubled: string | null
  lastRoundAt: Instant | null
  lines: number
  findings: number
  setAside: SetAside[]
}

/** What to tell an operator of a thrown value. */
export function textOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown)
}

/** What pages and `/readyz` show. */
export function stateOf(it: Progress, of: { book: RuleBook; running: boolean; now: Instant }): DetectorState {
  // A loop that hangs is as late as a long queue.
  const hangs =
    of.running && it.lastRoundAt !== null && of.now - it.lastRoundAt > 5 * second
      ? of.now - it.lastRoundAt
      : 0
  return {
    running: of.running,
    uptoBatch: it.cursor,
    lagMs: Math.max(hangs, it.oldest === undefined ? 0 : of.now - it.oldest),
    lastRoundAt: it.lastRoundAt,
    lines: it.lines,
    findings: it.findings,
    setAside: it.setAside,
    troubled: it.troubled,
    rules: of.book.state(),
    correlation: it.watch.correlator.counts(),
  }
}
