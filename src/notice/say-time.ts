import { clock, clockWords, day, type Instant, jst, startOfJstDay } from '../base/time.ts'
import type { Lang } from './catalogue.ts'

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const
const weekdaysJa = '日月火水木金土'
const weekdaysEn = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const

const daysBetween = (from: Instant, to: Instant): number =>
  Math.round((startOfJstDay(to) - startOfJstDay(from)) / day)

/** `11月20日` / `20 November`, in Japan. */
export function sayDate(at: Instant, lang: Lang): string {
  const { month, day: date } = jst(at)
  return lang === 'ja' ? `${month}月${date}日` : `${date} ${months[month - 1] ?? ''}`
}

/** Parts of a day that a person remembers; used for days before yesterday. */
function partOfDay(hour: number): string {
  if (hour < 5) return '夜中'
  if (hour < 11) return '朝'
  if (hour < 16) return '昼'
  return hour < 18 ? '夕方' : '夜'
}

/**
 * An instant in the words of a notice: 「今朝9時12分」「14時21分」「昨夜23時50分」「11月20日の朝」, “14:21”, “23:50 yesterday”,
 * “09:12 on 20 November”. At most 11 characters in Japanese.
 * @param now when the reader reads it
 */
export function sayInstant(at: Instant, now: Instant, lang: Lang): string {
  const ago = daysBetween(at, now)
  const { hour } = jst(at)
  if (lang === 'en') {
    const time = clock(at).padStart(5, '0')
    if (ago === 0) return time
    return ago === 1 ? `${time} yesterday` : `${time} on ${sayDate(at, 'en')}`
  }
  if (ago === 0) {
    if (hour >= 5 && hour < 11) return `今朝${clockWords(at)}`
    return hour < 5 && jst(now).hour >= 5 ? `今日${clockWords(at)}` : clockWords(at)
  }
  if (ago === 1) return `${hour >= 18 ? '昨夜' : '昨日'}${clockWords(at)}`
  return `${sayDate(at, 'ja')}の${partOfDay(hour)}`
}

/** An instant as plain as it can be said today: 「14時31分」, 「昨日23時50分」 (≤ 8 characters when within a day). */
export function sayActTime(at: Instant, now: Instant, lang: Lang): string {
  if (lang === 'en') return sayInstant(at, now, 'en')
  const ago = daysBetween(at, now)
  if (ago === 0) return clockWords(at)
  if (ago === 1) return `昨日${clockWords(at)}`
  const { day: date, hour } = jst(at)
  return `${date}日の${hour}時`
}

/**
 * An instant to come: 「14時45分」「明日10時00分」「火曜10時00分」「28日の10時」, at most 8 characters; “14:45”, “10:00 tomorrow”,
 * “10:00 on Tuesday”.
 */
export function sayUntil(at: Instant, now: Instant, lang: Lang): string {
  const ahead = daysBetween(now, at)
  const { weekday, day: date, hour } = jst(at)
  if (lang === 'en') {
    const time = clock(at).padStart(5, '0')
    if (ahead <= 0) return time
    if (ahead === 1) return `${time} tomorrow`
    return ahead < 7 ? `${time} on ${weekdaysEn[weekday] ?? ''}` : `${time} on ${sayDate(at, 'en')}`
  }
  if (ahead <= 0) return clockWords(at)
  if (ahead === 1) return `明日${clockWords(at)}`
  return ahead < 7 ? `${weekdaysJa[weekday] ?? ''}曜${clockWords(at)}` : `${date}日の${hour}時`
}

/** Hours of a span: 「1時から3時の間」, “Between 01:00 and 03:00”; never shorter than an hour. */
export function saySpan(from: Instant, to: Instant, lang: Lang): string {
  const first = jst(from).hour
  const whole = Math.max(1, Math.ceil((to - (from - (from % 3_600_000))) / 3_600_000))
  if (whole >= 24) return lang === 'ja' ? 'この1日の間' : 'Within one day'
  const last = (first + whole) % 24
  const two = (hour: number): string => `${String(hour).padStart(2, '0')}:00`
  return lang === 'ja' ? `${first}時から${last}時の間` : `Between ${two(first)} and ${two(last)}`
}

/** A length of time: 「1分40秒」「30分」「2時間」「3日」. */
export function sayDuration(ms: number, lang: Lang, exact = false): string {
  const seconds = Math.max(0, Math.round(ms / 1_000))
  const [minutes, hours, days] = [
    Math.floor(seconds / 60),
    Math.round(seconds / 3_600),
    Math.round(seconds / 86_400),
  ]
  const plural = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`
  if (exact && minutes < 60) {
    if (lang === 'ja') return minutes === 0 ? `${seconds}秒` : `${minutes}分${seconds % 60}秒`
    const rest = plural(seconds % 60, 'second')
    return minutes === 0 ? rest : `${plural(minutes, 'minute')} ${rest}`
  }
  if (seconds < 90) return lang === 'ja' ? `${seconds}秒` : plural(seconds, 'second')
  if (minutes < 90) return lang === 'ja' ? `${minutes}分` : plural(minutes, 'minute')
  if (hours < 48) return lang === 'ja' ? `${hours}時間` : plural(hours, 'hour')
  return lang === 'ja' ? `${days}日` : plural(days, 'day')
}
