import type { Instant } from '../base/time.ts'

/** How many lines a sender may send: so many a second for long, and a burst after a rest. */
export type Rate = { readonly perSecond: number; readonly burst: number }

/** A bucket of tokens: what was in it, and when that was so. Below zero it is in debt. */
export type Bucket = { readonly tokens: number; readonly at: Instant }

export function fullBucket(rate: Rate, now: Instant): Bucket {
  return { tokens: rate.burst, at: now }
}

/** The bucket at a later moment; a clock that went back adds nothing. */
export function refill(bucket: Bucket, rate: Rate, now: Instant): Bucket {
  const passed = Math.max(0, now - bucket.at)
  return { tokens: Math.min(rate.burst, bucket.tokens + (passed * rate.perSecond) / 1_000), at: now }
}

/** A whole token, less what arithmetic with fractions may lack. */
const one = 1 - 1e-6

/** Milliseconds until the bucket holds a token again. */
export function debtFor(bucket: Bucket, rate: Rate): number {
  return bucket.tokens >= one ? 0 : Math.ceil(((1 - bucket.tokens) * 1_000) / rate.perSecond)
}

/** The rates of all sensors. A sender that can be slowed may run into debt and then waits; one that cannot is cut. */
export type Rates = {
  /** Takes `lines`, into debt where need be; gives the milliseconds to wait before the next ones. */
  readonly charge: (key: string, rate: Rate, lines: number) => number
  /** Milliseconds until something may be sent; takes nothing. */
  readonly debt: (key: string, rate: Rate) => number
  /** Takes as many of `lines` as there are tokens for; gives how many. */
  readonly grant: (key: string, rate: Rate, lines: number) => number
}

/** Sensors beyond this many lose their memory of the longest unused, which then begins full. */
const mostBuckets = 50_000

export function makeRates(now: () => Instant): Rates {
  const buckets = new Map<string, Bucket>()
  const current = (key: string, rate: Rate): Bucket => {
    const at = now()
    const kept = buckets.get(key)
    return kept ? refill(kept, rate, at) : fullBucket(rate, at)
  }
  const keep = (key: string, bucket: Bucket): void => {
    buckets.delete(key)
    buckets.set(key, bucket)
    if (buckets.size <= mostBuckets) return
    const oldest = buckets.keys().next().value
    if (oldest !== undefined) buckets.delete(oldest)
  }
  return {
    charge: (key, rate, lines) => {
      const bucket = current(key, rate)
      const after = { ...bucket, tokens: bucket.tokens - lines }
      keep(key, after)
      return debtFor(after, rate)
    },
    debt: (key, rate) => debtFor(current(key, rate), rate),
    grant: (key, rate, lines) => {
      const bucket = current(key, rate)
      const granted = Math.max(0, Math.min(lines, Math.floor(bucket.tokens)))
      keep(key, { ...bucket, tokens: bucket.tokens - granted })
      return granted
    },
  }
}
