import { day, hour, type Instant, minute } from '../base/time.ts'

/** Classes of sensors with limits of their own. */
export type SensorClass = 'utm' | 'server' | 'pc' | 'laptop' | 'mail'

/**
 * Limits of silence, in milliseconds, of one class (monitoring-product.md §5, the one table of limits).
 * `misses` heartbeats missed make it suspect; from `unwatched` on it counts as not watched and the desk is told; at `owner`
 * the owner gets a notice.
 */
export type SilenceLimits = {
  readonly misses: number
  readonly unwatched: number
  readonly owner: number
  /** The longest rhythm that this class may claim. */
  readonly longestCadence: number
}

export const silenceLimits: Readonly<Record<SensorClass, SilenceLimits>> = {
  utm: { misses: 2, unwatched: 5 * minute, owner: 15 * minute, longestCadence: minute },
  server: { misses: 3, unwatched: 15 * minute, owner: 60 * minute, longestCadence: 5 * minute },
  pc: { misses: 3, unwatched: day, owner: 3 * day, longestCadence: 12 * hour },
  laptop: { misses: 3, unwatched: 7 * day, owner: 14 * day, longestCadence: 2 * day },
  mail: { misses: 1, unwatched: 30 * hour, owner: 2 * day, longestCadence: 26 * hour },
}

/** What is known of a sensor's signals. */
export type Signals = {
  readonly class: SensorClass
  readonly required: boolean
  /** Seconds expected between arrivals; null = not known yet. */
  readonly cadenceSeconds: number | null
  /** Arrival of the newest line, our clock; null = never heard. */
  readonly lastReceivedAt: Instant | null
}

/**
 * preparing: no line yet or no known rhythm: 準備中, never green.
 * heard: within its rhythm. suspect: later than usual. unwatched: silent beyond the limit of its class.
 */
export type Condition = 'preparing' | 'heard' | 'suspect' | 'unwatched'

/** What we may truthfully say of a sensor at `now`. */
export function conditionOf(signals: Signals, now: Instant): Condition {
  if (signals.lastReceivedAt === null) return 'preparing'
  const silent = now - signals.lastReceivedAt
  // Heard in a future that a wrong clock of ours once saw: that proves nothing.
  if (silent < -minute) return 'unwatched'
  const limits = silenceLimits[signals.class]
  // A sensor that was heard and then fell silent is not watched, whether its rhythm was ever learned or not.
  if (silent >= limits.unwatched) return 'unwatched'
  if (signals.cadenceSeconds === null) return 'preparing'
  const expected = Math.min(signals.cadenceSeconds * 1_000, limits.longestCadence)
  return silent > expected * limits.misses + 5_000 ? 'suspect' : 'heard'
}

/** Arrivals seen before a rhythm is believed. */
const gapsNeeded = 20

/**
 * Learns a rhythm from the gaps between arrivals: the 95th percentile, never longer than the class allows.
 * @param gaps seconds, any order
 * @returns seconds, or undefined while too little was heard
 */
export function learnCadence(gaps: readonly number[], sensorClass: SensorClass): number | undefined {
  if (gaps.length < gapsNeeded) return undefined
  const sorted = [...gaps].sort((a, b) => a - b)
  const at = sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * 0.95) - 1)] ?? 0
  const longest = silenceLimits[sensorClass].longestCadence / 1_000
  return Math.min(longest, Math.max(10, Math.ceil(at)))
}

/** Instant at which the owner is told of a silence that began with the last line at `since`. */
export function ownerTold(sensorClass: SensorClass, since: Instant): Instant {
  return since + silenceLimits[sensorClass].owner
}
