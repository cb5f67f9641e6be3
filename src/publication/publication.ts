import type { Instant } from '../base/time.ts'

/** How it stands with the published page. */
export type PublicationStatus = 'unchecked' | 'ok' | 'down' | 'lacks' | 'needs_person'

/** A part that the published policy must show (security-action.md 4.2). */
export type Lacking = 'name' | 'date' | 'title'

/** Where a company publishes its policy, and how it stands there. */
export type Publication = {
  /** Of its own site; of the hosted page a local path (`/published/…`), empty while none is open. */
  readonly url: string
  /** Whether it is the page that Mimamori hosts; that one is never visited but read from the approved policy. */
  readonly hosted: boolean
  /** `down` after three failed days, or at once when the page was never seen. */
  readonly status: PublicationStatus
  readonly checkedAt?: Instant
  /** Days in a row, in Japan, on which every look failed or lacked something. */
  readonly failedDays: number
  readonly lacking: readonly Lacking[]
  /** Claims on the page that a self-declaration may not make. */
  readonly wordingHits: number
  /** YYYY-MM-DD since which it stands there, as the company says. */
  readonly publishedOn?: string
}

/** What one look found. */
export type Look = {
  readonly outcome: 'ok' | 'lacks' | 'down' | 'needs_person'
  /** Of a failed look: why the visit ended, or `status`. */
  readonly why?: string
  /** The number that the site answered. */
  readonly status?: number
  readonly finalUrl?: string
  readonly lacking: readonly Lacking[]
  readonly hits: readonly PageClaim[]
  /** Of the bytes, hex. */
  readonly sha256?: string
}

export type PageClaim = { readonly words: string; readonly suggestion: string }

/** So many failed days in a row make a page that was seen before `down` (reminder a.policy_down). */
export const downAfterDays = 3
