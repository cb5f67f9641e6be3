import type { Instant } from '../base/time.ts'

/** What one signal knows of one company; `unknown` = total − ok − bad. */
export type Counts = {
  /** Key of the catalogue, e.g. `endpoint_patch`. */
  readonly signal: string
  readonly total: number
  readonly ok: number
  readonly bad: number
  readonly unknown: number
  readonly asOf: Instant
  /** Names of what is bad, as the owner calls them; at most 20. */
  readonly items: readonly string[]
}

/** At most this many names go with the counts. */
export const mostItems = 20
