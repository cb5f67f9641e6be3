import { isIPv6 } from 'node:net'
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
    take(one, now) {
      const key = networkOf(one)
      const entry = seen.get(key)
      // A clock that went back must not lock anybody out for as long as it jumped.
      const fresh = entry === undefined || now - entry.since >= options.window || now < entry.since
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

/** Whoever has one IPv6 address has a network of 2^64 of them (RFC 6177): the network counts. Other keys stay as they are. */
function networkOf(key: string): string {
  if (!isIPv6(key)) return key
  const [front = '', back] = key.toLowerCase().split('::')
  const groups = front === '' ? [] : front.split(':')
  if (back !== undefined) {
    const tail = back === '' ? 0 : back.split(':').length + (back.includes('.') ? 1 : 0)
    while (groups.length + tail < 8) groups.push('0')
  }
  const network = groups.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16))
  return `${network.join(':')}::/64`
}
