import type { Severity } from '../base/severity.ts'
import { type Instant, minute } from '../base/time.ts'

/** A mail that waits for one person. */
export type Waiting = { readonly delivery: string; readonly severity: Severity }

/** Mails that left for this person within the window, by when. */
export type Sent = { readonly now: readonly Instant[]; readonly other: readonly Instant[] }

export type Plan<W extends Waiting> = {
  /** Each inner list is one mail; more than one notice is a digest. */
  readonly mails: readonly { readonly kind: 'single' | 'week' | 'flood'; readonly of: readonly W[] }[]
  readonly deferred: readonly { readonly of: W; readonly until: Instant }[]
}

/** The window in which mails are counted, and how many a person gets in it before they are put into one. */
export const floodWindow = 15 * minute
export const floodLimit = { other: 6, now: 10 } as const
/** いますぐ is never held back longer than this. */
const longestHold = 5 * minute

/**
 * Puts the mails of one person together: 今週中 into the one mail of the morning; what would be too many into one with the
 * count; what is too many even so waits until the window has room. いますぐ counts by itself and has a wider limit.
 */
export function planMails<W extends Waiting>(waiting: readonly W[], sent: Sent, now: Instant): Plan<W> {
  const week = waiting.filter((each) => each.severity === 'week')
  const urgent = waiting.filter((each) => each.severity === 'now')
  const others = waiting.filter((each) => each.severity === 'today' || each.severity === 'info')
  const parts = [
    limited(urgent, { sent: sent.now, limit: floodLimit.now, now, hold: longestHold }),
    limited(others, { sent: sent.other, limit: floodLimit.other, now, hold: floodWindow }),
  ]
  return {
    mails: [
      ...parts.flatMap((part) => part.mails),
      ...(week.length > 0
        ? [{ kind: week.length === 1 ? ('single' as const) : ('week' as const), of: week }]
        : []),
    ],
    deferred: parts.flatMap((part) => part.deferred),
  }
}

function limited<W extends Waiting>(
  waiting: readonly W[],
  by: { sent: readonly Instant[]; limit: number; now: Instant; hold: number },
): Plan<W> {
  const recent = by.sent.filter((at) => by.now - at < floodWindow)
  const room = by.limit - recent.length
  if (waiting.length <= room)
    return { mails: waiting.map((each) => ({ kind: 'single', of: [each] })), deferred: [] }
  if (room > 0) return { mails: [{ kind: 'flood', of: waiting }], deferred: [] }
  const free = Math.min(...recent) + floodWindow
  const until = Math.min(free, by.now + by.hold)
  // Held as long as it may be: then one mail more, with the count.
  if (by.hold < floodWindow && by.now - Math.max(...recent) >= by.hold) {
    return { mails: waiting.length > 0 ? [{ kind: 'flood', of: waiting }] : [], deferred: [] }
  }
  return { mails: [], deferred: waiting.map((each) => ({ of: each, until })) }
}

/** How long to wait after the n-th failed try (n from 1): 1 minute, doubling, at most an hour. */
export function backOff(tries: number): number {
  return Math.min(60 * minute, minute * 2 ** Math.min(10, Math.max(0, tries - 1)))
}
