import type { Severity } from '../base/severity.ts'
import { day, fromJst, hour, type Instant, jst, minute, startOfJstDay } from '../base/time.ts'

/** Hours in which the desk keeps its promises; minutes of the day in Japan. `always` = day and night, every day. */
export type ServiceHours = {
  readonly always: boolean
  readonly opens: number
  readonly closes: number
  readonly workdaysOnly: boolean
}

const usualHours: ServiceHours = { always: false, opens: 9 * 60, closes: 18 * 60, workdaysOnly: true }

/**
 * Reads the hours from the desk's own words, e.g. 「平日 9:00〜18:00」「毎日8時から20時」「24時間」. What cannot be read counts as
 * weekdays from 9 to 18: rather a later promise than one that is not kept.
 */
export function readServiceHours(text: string): ServiceHours {
  const plain = text.normalize('NFKC')
  const found = /(\d{1,2})[:時](\d{2})?\D{1,4}?(\d{1,2})[:時](\d{2})?/.exec(plain)
  if (!found) return /24\s*(時間|h)/i.test(plain) ? { ...usualHours, always: true } : usualHours
  const at = (h: string | undefined, m: string | undefined): number => Number(h ?? 0) * 60 + Number(m ?? 0)
  const [opens, closes] = [at(found[1], found[2]), at(found[3], found[4])]
  if (opens >= closes || closes > 24 * 60) return usualHours
  return { always: false, opens, closes, workdaysOnly: !/毎日|年中|365|every ?day|daily/i.test(plain) }
}

/** The n-th Monday of a month as a day of that month. */
function nthMonday(year: number, month: number, n: number): number {
  const first = jst(fromJst({ year, month, day: 1 })).weekday
  return ((8 - first) % 7) + 1 + (n - 1) * 7
}

/** Spring and autumn equinox day, 1980 to 2099 (approximation published by the National Astronomical Observatory). */
function equinox(year: number, base: number): number {
  return Math.floor(base + 0.242194 * (year - 1980) - Math.floor((year - 1980) / 4))
}

/** Holidays of the Holiday Act (国民の祝日に関する法律, as in force since 2022), without substitutes, as `month-day`. */
function actHolidays(year: number): Set<string> {
  return new Set([
    '1-1',
    `1-${nthMonday(year, 1, 2)}`,
    '2-11',
    '2-23',
    `3-${equinox(year, 20.8431)}`,
    '4-29',
    '5-3',
    '5-4',
    '5-5',
    `7-${nthMonday(year, 7, 3)}`,
    '8-11',
    `9-${nthMonday(year, 9, 3)}`,
    `9-${equinox(year, 23.2488)}`,
    `10-${nthMonday(year, 10, 2)}`,
    '11-3',
    '11-23',
  ])
}

const isNamed = (at: Instant): boolean => {
  const { year, month, day: date } = jst(at)
  return actHolidays(year).has(`${month}-${date}`)
}

/** Whether the day in Japan is a holiday: a named one, its substitute (Article 3.2), or one between two (Article 3.3). */
export function isHoliday(at: Instant): boolean {
  if (isNamed(at)) return true
  if (isNamed(at - day) && isNamed(at + day)) return true
  for (let back = at - day; isNamed(back); back -= day) if (jst(back).weekday === 0) return true
  return false
}

/** Whether the desk works on that day; the days around New Year (12-29 to 1-3) are none. */
function isServiceDay(at: Instant, hours: ServiceHours): boolean {
  if (hours.always || !hours.workdaysOnly) return true
  const { month, day: date, weekday } = jst(at)
  const newYear = (month === 12 && date >= 29) || (month === 1 && date <= 3)
  return weekday !== 0 && weekday !== 6 && !newYear && !isHoliday(at)
}

/** The instant after `span` of service time from `from` on. */
export function addServiceTime(from: Instant, span: number, hours: ServiceHours): Instant {
  if (hours.always) return from + span
  let left = span
  for (let date = startOfJstDay(from); ; date += day) {
    if (!isServiceDay(date, hours)) continue
    const opens = Math.max(from, date + hours.opens * minute)
    const closes = date + hours.closes * minute
    if (opens >= closes) continue
    if (left <= closes - opens) return opens + left
    left -= closes - opens
  }
}

const toMinute = (at: Instant): Instant => at - (at % minute)

/**
 * By when we call after an answer or a hand-over (`callBack` of the catalogue's severities): いますぐ 15 minutes day and night,
 * 今日中 and お知らせ 60 minutes of service time, 今週中 one day of service. A whole minute, never later than promised.
 */
export function callBy(severity: Severity, from: Instant, hours: ServiceHours): Instant {
  if (severity === 'now') return toMinute(from + 15 * minute)
  if (severity !== 'week') return toMinute(addServiceTime(from, hour, hours))
  return toMinute(addServiceTime(from, hours.always ? day : (hours.closes - hours.opens) * minute, hours))
}

const morning = 7
const evening = 21

/** The first 7:00 in Japan after `at`. */
export function nextMorning(at: Instant): Instant {
  const today = startOfJstDay(at) + morning * hour
  return at < today ? today : today + day
}

/** When a notice goes out; mails of 今週中 wait for the one mail of the next morning besides. */
export function dueAt(severity: Severity, raisedAt: Instant): Instant {
  if (severity !== 'today') return raisedAt
  const { hour: at } = jst(raisedAt)
  return at >= morning && at < evening ? raisedAt + 3 * minute : nextMorning(raisedAt)
}
