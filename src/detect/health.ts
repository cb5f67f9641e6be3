import { hour, type Instant, minute } from '../base/time.ts'
import { mostLive } from './derive.ts'
import type { ReadLine } from './watch-batch.ts'

/** What one batch says about the sensor that sent it. */
export type Tally = {
  readonly sensor: string
  readonly batchNo: number
  readonly receivedAt: Instant
  readonly lines: number
  readonly partial: number
  readonly unreadable: readonly {
    readonly day: string
    readonly batchNo: number
    readonly line: number
    readonly reason: string
  }[]
  readonly late: number
  /** Time of the newest event, by the device's own clock; absent where no line named one. */
  readonly newestAt: Instant | undefined
}

/** Counts the lines of one batch. */
export function tally(
  batch: { no: number; sensor: string; receivedAt: Instant },
  lines: readonly ReadLine[],
): Tally {
  const timed = lines.filter((line) => line.parsed.timeSource !== 'received')
  return {
    sensor: batch.sensor,
    batchNo: batch.no,
    receivedAt: batch.receivedAt,
    lines: lines.length,
    partial: lines.filter((line) => line.parsed.status === 'partial').length,
    unreadable: lines.flatMap(({ parsed, day, batchNo, line }) =>
      parsed.status === 'failed' ? [{ day, batchNo, line, reason: (parsed.reason ?? '').slice(0, 200) }] : [],
    ),
    late: timed.filter((line) => line.receivedAt - line.parsed.eventTime > mostLive).length,
    newestAt:
      timed.length === 0 ? undefined : timed.reduce((max, line) => Math.max(max, line.parsed.eventTime), 0),
  }
}

/** What is kept of one sensor. */
export type Health = {
  readonly upto: number
  readonly firstAt: Instant
  readonly lastAt: Instant
  readonly lastEventAt: Instant | null
  readonly lines: number
  readonly partial: number
  readonly unreadable: number
  readonly late: number
  /** Device clock minus ours, milliseconds, of the newest batch. */
  readonly skewMs: number | null
  /** Since when it has been off by more than five minutes. */
  readonly skewSince: Instant | null
  /** Seconds between arrivals, newest first. */
  readonly gaps: readonly number[]
}

const mostSkew = 5 * minute
/** A buffer that empties itself moves by more than this from batch to batch, a wrong clock does not. */
const steady = 2 * minute
const mostGaps = 200

/**
 * The device's clock against ours. Ahead is always wrong. Behind may be a buffer that is being sent after an outage: its
 * distance shrinks from batch to batch, so only a distance that stays counts on.
 */
function skewAfter(health: Health | undefined, of: Tally): Pick<Health, 'skewMs' | 'skewSince'> {
  if (of.newestAt === undefined)
    return { skewMs: health?.skewMs ?? null, skewSince: health?.skewSince ?? null }
  const skewMs = of.newestAt - of.receivedAt
  if (Math.abs(skewMs) <= mostSkew) return { skewMs, skewSince: null }
  const before = health?.skewMs ?? undefined
  const stays = before !== undefined && Math.abs(skewMs - before) < steady
  return { skewMs, skewSince: (stays ? health?.skewSince : undefined) ?? of.receivedAt }
}

/**
 * The sensor's health after one more batch; a batch that was counted before changes nothing. An arrival after `now` was
 * written by a clock of ours that has been put right since, and gives way.
 */
export function healthAfter(health: Health | undefined, of: Tally, now: Instant): Health {
  if (health !== undefined && of.batchNo <= health.upto) return health
  const gap = health === undefined ? 0 : Math.round((of.receivedAt - health.lastAt) / 1_000)
  const gaps = health?.gaps ?? []
  const before = health === undefined || health.lastAt > now + minute ? 0 : health.lastAt
  return {
    upto: of.batchNo,
    firstAt: Math.min(health?.firstAt ?? of.receivedAt, of.receivedAt),
    lastAt: Math.max(before, of.receivedAt),
    lastEventAt: latest(health?.lastEventAt, of.newestAt),
    lines: (health?.lines ?? 0) + of.lines,
    partial: (health?.partial ?? 0) + of.partial,
    unreadable: (health?.unreadable ?? 0) + of.unreadable.length,
    late: (health?.late ?? 0) + of.late,
    ...skewAfter(health, of),
    // Lines that come together are one signal: gaps under a second say nothing about the rhythm.
    gaps: gap >= 1 ? [gap, ...gaps].slice(0, mostGaps) : gaps,
  }
}

function latest(a: Instant | null | undefined, b: Instant | undefined): Instant | null {
  if (b === undefined) return a ?? null
  return Math.max(a ?? 0, b)
}

/** The hour that a batch arrived in, for the strip of ticks. */
export function hourOf(at: Instant): Instant {
  return Math.floor(at / hour) * hour
}
