import { clock, day, hour, type Instant, jst, minute, second, startOfJstDay } from '../base/time.ts'
import type { Lang } from './actor.ts'
import { kitWords } from './words.ts'

/** Who reads, and when: what words about time depend on. */
export type Reading = { readonly lang: Lang; readonly now: Instant }

/**
 * ago 「今日14:32（1分前）」 · plain 「今日14:32」「11月22日 10:05」 · clock 「14:32」 · day 「11月22日」 ·
 * full 「2026年11月22日 10:05:12」. Always the clock of Japan.
 */
export type TimeForm = 'ago' | 'plain' | 'clock' | 'day' | 'full'

/** The words for an instant, as `TimeForm` shows them. */
export function sayTime(reading: Reading, at: Instant, form: TimeForm = 'plain'): string {
  switch (form) {
    case 'clock':
      return clock(at)
    case 'day':
      return dayWords(reading, at)
    case 'full':
      return `${fullDay(reading.lang, at)} ${clock(at)}:${String(jst(at).second).padStart(2, '0')}`
    case 'plain':
      return plain(reading, at)
    case 'ago':
      return ago(reading, at)
    default:
      return form satisfies never
  }
}

function fullDay(lang: Lang, at: Instant): string {
  const parts = jst(at)
  return kitWords[lang].when.dated(parts.year, parts.month, parts.day)
}

function dayWords({ lang, now }: Reading, at: Instant): string {
  const parts = jst(at)
  return parts.year === jst(now).year ? kitWords[lang].when.day(parts.month, parts.day) : fullDay(lang, at)
}

function plain(reading: Reading, at: Instant): string {
  const { when } = kitWords[reading.lang]
  const days = Math.round((startOfJstDay(at) - startOfJstDay(reading.now)) / day)
  if (days === 0) return when.today(clock(at))
  if (days === -1) return when.yesterday(clock(at))
  if (days === 1) return when.tomorrow(clock(at))
  return `${dayWords(reading, at)} ${clock(at)}`
}

function ago(reading: Reading, at: Instant): string {
  const { when } = kitWords[reading.lang]
  const passed = reading.now - at
  if (passed < 0 || passed >= day) return plain(reading, at)
  return passed < minute
    ? when.justNow(plain(reading, at))
    : when.ago(plain(reading, at), sayAge(reading.lang, passed))
}

/** A span in its largest whole unit: 「45秒」「12分」「3時間」「2日」. */
export function sayAge(lang: Lang, span: number): string {
  const words = kitWords[lang].span
  if (span < minute) return words.seconds(Math.max(0, Math.floor(span / second)))
  if (span < hour) return words.minutes(Math.floor(span / minute))
  if (span < 2 * day) return words.hours(Math.floor(span / hour))
  return words.days(Math.floor(span / day))
}

/** What is left of a promise: `08:12`, 「2時間22分」; a broken one begins with −. */
export function sayLeft(lang: Lang, left: number): string {
  const sign = left < 0 ? '−' : ''
  const span = Math.abs(left)
  const two = (n: number): string => String(n).padStart(2, '0')
  if (span < hour)
    return `${sign}${two(Math.floor(span / minute))}:${two(Math.floor((span % minute) / second))}`
  if (span >= 2 * day) return `${sign}${sayAge(lang, span)}`
  return `${sign}${kitWords[lang].span.hoursMinutes(Math.floor(span / hour), Math.floor((span % hour) / minute))}`
}

/** A whole number with commas: `4,812`. */
export function sayCount(n: number): string {
  return n.toLocaleString('en-US')
}

/** A sentence without the bars that mark where it may break. */
export function flat(text: string): string {
  return text.replaceAll('|', '')
}
