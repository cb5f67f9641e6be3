import type { Instant } from '../base/time.ts'
import { downAfterDays, type Lacking, type PublicationStatus } from './publication.ts'

/** The looks that matter: the newest, the newest that reached the page, and the failed days since one was well. */
export type Checks = {
  readonly newest: Checked | undefined
  readonly reached: Checked | undefined
  readonly failedDays: number
}
export type Checked = {
  readonly outcome: 'ok' | 'lacks' | 'down' | 'needs_person'
  readonly at: Instant
  readonly lacking: readonly Lacking[]
  readonly hits: number
}

/** How a page stands after its looks. A site that is away for a day or two keeps what was last seen of it. */
export function standingOf(checks: Checks): {
  readonly status: PublicationStatus
  readonly lacking: readonly Lacking[]
  readonly wordingHits: number
} {
  const { newest, reached, failedDays } = checks
  if (newest === undefined) return { status: 'unchecked', lacking: [], wordingHits: 0 }
  const gone = reached === undefined || failedDays >= downAfterDays
  const seen = newest.outcome === 'down' ? (gone ? newest : reached) : newest
  return { status: seen.outcome, lacking: seen.lacking, wordingHits: seen.hits }
}
