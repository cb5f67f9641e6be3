/** An instant: milliseconds since 1970-01-01T00:00:00Z. Shown in Japan Standard Time only at the edge. */
export type Instant = number

export const second = 1_000
export const minute = 60 * second
export const hour = 60 * minute
export const day = 24 * hour

/** Japan has kept UTC+9 without summer time since 1952, so a fixed offset is exact for every date we handle. */
const jstOffset = 9 * hour

export type JstParts = {
  readonly year: number
  /** 1 to 12. */
  readonly month: number
  /** 1 to 31. */
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  /** 0 = Sunday. */
  readonly weekday: number
}

/** The wall clock in Japan at an instant. */
export function jst(at: Instant): JstParts {
  const shifted = new Date(at + jstOffset)
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
    second: shifted.getUTCSeconds(),
    weekday: shifted.getUTCDay(),
  }
}

/** The instant of a wall clock time in Japan; `month` is 1 to 12. */
export function fromJst(parts: {
  year: number
  month: number
  day: number
  hour?: number
  minute?: number
  second?: number
}): Instant {
  return (
    Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour ?? 0, parts.minute ?? 0, parts.second ?? 0) -
    jstOffset
  )
}

/** The first instant of the day in Japan that holds `at`. */
export function startOfJstDay(at: Instant): Instant {
  return Math.floor((at + jstOffset) / day) * day - jstOffset
}

/** The date in Japan as `YYYY-MM-DD`: the name of an event day everywhere (partitions, folders, exports). */
export function jstDate(at: Instant): string {
  return new Date(at + jstOffset).toISOString().slice(0, 10)
}

/** The instant as RFC 3339 with the offset of Japan, e.g. `2026-11-23T14:32:05+09:00`, for `<time datetime>`. */
export function isoJst(at: Instant): string {
  return `${new Date(at + jstOffset).toISOString().slice(0, 19)}+09:00`
}

const two = (n: number): string => String(n).padStart(2, '0')

/** `14:32` in Japan. */
export function clock(at: Instant): string {
  const p = jst(at)
  return `${p.hour}:${two(p.minute)}`
}

/** Words of the notices: `14時21分`. */
export function clockWords(at: Instant): string {
  const p = jst(at)
  return `${p.hour}時${two(p.minute)}分`
}
