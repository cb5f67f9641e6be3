import { hour, type Instant, minute, second } from '../base/time.ts'

/**
 * Times before this are a clock that was never set (small routers begin at 1970-01-01 or 2000-01-01 without NTP), and
 * times after `latest` are damage. Neither is an event time; the line then counts from our own clock.
 */
const earliest = Date.UTC(2000, 0, 2)
const latest = Date.UTC(2100, 0, 1)

/** The instant, or undefined where no set clock can have shown it. */
export function plausible(at: number): Instant | undefined {
  return at >= earliest && at < latest ? Math.trunc(at) : undefined
}

/** `2026-11-23T14:32:05.123+09:00`, also with a blank, a comma before the fraction, `+0900`, or no zone at all. */
const calendar =
  /^(\d{4})[-/](\d\d)[-/](\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9})\d{0,9})?\s{0,2}(Z|UTC|[+-]\d\d:?\d\d)?$/i

/**
 * Reads a calendar time. @param zoneMinutes offset from UTC in minutes where the text names none.
 * @returns epoch milliseconds, or undefined where the text is no time or no plausible one.
 */
export function readCalendar(text: string, zoneMinutes: number): Instant | undefined {
  if (text.length > 48) return undefined
  const found = calendar.exec(text)
  if (!found) return undefined
  const [, year, month, date, hours, minutes, seconds, fraction, zone] = found
  const wall = wallClock({
    year: Number(year),
    month: Number(month),
    day: Number(date),
    time: [Number(hours), Number(minutes), Number(seconds)],
  })
  if (wall === undefined) return undefined
  const offset = zone === undefined ? zoneMinutes : readZone(zone)
  if (offset === undefined) return undefined
  return plausible(wall + Math.floor(Number(`0.${fraction ?? 0}`) * 1_000 + 1e-6) - offset * minute)
}

/** Whether a calendar time names its own zone. */
export function namesZone(text: string): boolean {
  return /(?:Z|UTC|[+-]\d\d:?\d\d)$/i.test(text.slice(-6))
}

/** `+09:00`, `+0900`, `Z` → minutes east of UTC; undefined beyond ±15 hours. */
export function readZone(text: string): number | undefined {
  if (/^(?:Z|UTC)$/i.test(text)) return 0
  const found = /^([+-])(\d\d):?(\d\d)$/.exec(text)
  if (!found) return undefined
  const minutes = Number(found[2]) * 60 + Number(found[3])
  if (minutes > 15 * 60 || Number(found[3]) > 59) return undefined
  return found[1] === '-' ? -minutes : minutes
}

/** Seconds, milliseconds, microseconds or nanoseconds since 1970, told apart by the number of digits. */
export function readEpoch(text: string): Instant | undefined {
  if (!/^\d{9,20}(?:\.\d{1,9})?$/.test(text)) return undefined
  const [whole = '', fraction = '0'] = text.split('.')
  if (whole.length >= 18) return plausible(Number(whole.slice(0, -6)))
  if (whole.length >= 15) return plausible(Number(whole.slice(0, -3)))
  if (whole.length >= 12) return plausible(Number(whole))
  return plausible(Number(whole) * second + Math.floor(Number(`0.${fraction}`) * 1_000 + 1e-6))
}

type Wall = {
  readonly year: number
  /** 1 to 12. */
  readonly month: number
  readonly day: number
  readonly time: readonly [number, number, number]
}

/** A clock on the wall as if it were UTC; undefined for a date or time that does not exist. Second 60 is a leap second. */
function wallClock({ year, month, day: date, time }: Wall): number | undefined {
  const [hours, minutes, seconds] = time
  if (hours > 23 || minutes > 59 || seconds > 60) return undefined
  const midnight = Date.UTC(year, month - 1, date)
  const back = new Date(midnight)
  if (back.getUTCMonth() !== month - 1 || back.getUTCDate() !== date) return undefined
  return midnight + hours * hour + minutes * minute + seconds * second
}

/**
 * The instant of a time without year (RFC 3164 §4.1.2): of last year, this year and next year the one nearest to
 * `receivedAt`, so that 31 December 23:59 received on 1 January is last year's.
 */
export function nearestYear(
  of: Omit<Wall, 'year'>,
  near: { readonly receivedAt: Instant; readonly zoneMinutes: number },
): Instant | undefined {
  const around = new Date(near.receivedAt + near.zoneMinutes * minute).getUTCFullYear()
  let best: number | undefined
  for (const year of [around, around - 1, around + 1, ...leapYears(of, around)]) {
    const wall = wallClock({ ...of, year })
    if (wall === undefined) continue
    const at = wall - near.zoneMinutes * minute
    if (best === undefined || Math.abs(at - near.receivedAt) < Math.abs(best - near.receivedAt)) best = at
  }
  return best === undefined ? undefined : plausible(best)
}

/** 29 February exists only in some years: then the nearest of those. */
function leapYears(of: Omit<Wall, 'year'>, around: number): number[] {
  return of.month === 2 && of.day === 29 ? [around - 3, around - 2, around + 2, around + 3] : []
}
