/** First day of each era, newest first (改元 dates in law). */
const eras = [
  { from: '2019-05-01', ja: '令和' },
  { from: '1989-01-08', ja: '平成' },
  { from: '1926-12-25', ja: '昭和' },
] as const

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

/**
 * A date in Japan (`YYYY-MM-DD`) as documents say it: `令和8年（2026年）11月23日`, `23 November 2026`. The first year of an era
 * is 元年. What is no date comes back empty.
 */
export function sayDay(lang: 'ja' | 'en', date: string): string {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date)
  if (found === null) return ''
  const [year, month, day] = [Number(found[1]), Number(found[2]), Number(found[3])]
  if (lang === 'en') return `${day} ${months[month - 1] ?? ''} ${year}`
  const era = eras.find((one) => one.from <= date)
  const western = `${year}年`
  if (era === undefined) return `${western}${month}月${day}日`
  const count = year - Number(era.from.slice(0, 4)) + 1
  return `${era.ja}${count === 1 ? '元' : count}年（${western}）${month}月${day}日`
}
