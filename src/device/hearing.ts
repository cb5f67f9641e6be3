import { type Instant, minute } from '../base/time.ts'

/** A canary goes every minute and must have closed its loop within two (monitoring-product.md §6). */
export const canaryLate = 3 * minute

/** Whether lines reach us, as our own canaries show it. */
export type Hearing = {
  /** Since when without a break; undefined while they do not. */
  readonly since: Instant | undefined
  readonly lookedAt: Instant
}

/** Nothing is known before the first look. */
export const notHearing: Hearing = { since: undefined, lookedAt: 0 }

/** Looks come every 15 seconds: after a longer pause the whole program had stopped. */
const longestPause = 2 * minute

/** A clock may differ this much between two looks at it. */
const aMoment = minute

/** Whether a canary is no proof: never closed, too long ago, or in a future that a wrong clock of ours once saw. */
export function isLate(closedSentAt: Instant | null, now: Instant): boolean {
  return closedSentAt === null || now - closedSentAt > canaryLate || closedSentAt - now > aMoment
}

/**
 * What one more look says. After a start, a late canary, a stopped program or a clock that jumped, hearing begins anew: what
 * was not heard before that may be our own fault (monitoring-product.md §5, rules 4 and 5).
 * @param canaries when each receiver's newest closed canary had been sent
 */
export function hearingAfter(before: Hearing, canaries: readonly (Instant | null)[], now: Instant): Hearing {
  const deaf = canaries.length === 0 || canaries.some((sent) => isLate(sent, now))
  if (deaf) return { since: undefined, lookedAt: now }
  const paused = now - before.lookedAt > longestPause || now < before.lookedAt
  return { since: paused ? now : (before.since ?? now), lookedAt: now }
}
