import { fault } from '../base/fault.ts'
import type { Instant } from '../base/time.ts'

export type Limiter = {
  /** Counts one try of this key. Fault TOO_MANY (with `retryAfter` in seconds) when the window is full. */
  take(key: string, now: Instant): void
}

/** So many keys are remembered at most; beyond it the oldest are forgotten, so that strangers cannot fill the memory. */
const mostKeys = 50_000

/**
 * At most `max` tries of one key in `window` milliseconds, counted in this process. Several web processes each count for
 * themselves, which loosens the limit by their number.
 */
export function makeLimiter(options: { readonly max: number; readonly window: number }): Limiter {
  const seen = new Map<string, { since: Instant; count: number }>()
  return {
    take(key, now) {
      const entry = seen.get(key)
      const fresh = entry === undefined || now - entry.since >= options.window
      const current = fresh ? { since: now, count: 0 } : entry
      current.count++
      if (fresh) {
        seen.delete(key)
        seen.set(key, current)
        const oldest = seen.size > mostKeys ? seen.keys().next().value : undefined
        if (oldest !== undefined) seen.delete(oldest)
      }
      if (current.count > options.max) {
        throw fault('TOO_MANY', { retryAfter: Math.ceil((current.since + options.window - now) / 1_000) })
      }
    },
  }
}
