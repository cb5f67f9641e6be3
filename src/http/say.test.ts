import { expect, test } from 'vitest'
import { day, fromJst, hour, minute, second } from '../base/time.ts'
import { sayAge, sayLeft, sayTime } from './say.ts'

const now = fromJst({ year: 2026, month: 11, day: 25, hour: 14, minute: 32 })
const ja = { lang: 'ja', now } as const
const en = { lang: 'en', now } as const

test('a time says how long ago while that helps', () => {
  expect(sayTime(ja, now - minute, 'ago')).toBe('今日14:31（1分前）')
  expect(sayTime(ja, now - 20 * second, 'ago')).toBe('今日14:31（たった今）')
  expect(sayTime(ja, now - 3 * hour, 'ago')).toBe('今日11:32（3時間前）')
  expect(sayTime(ja, now - 16 * hour, 'ago')).toBe('昨日22:32（16時間前）')
  expect(sayTime(ja, now - 2 * day, 'ago')).toBe('11月23日 14:32')
  expect(sayTime(ja, now + minute, 'ago')).toBe('今日14:33')
  expect(sayTime(en, now - minute, 'ago')).toBe('today 14:31 (1 minute ago)')
})

test('a day of another year carries its year', () => {
  const old = fromJst({ year: 2025, month: 3, day: 1, hour: 9, minute: 5, second: 7 })
  expect(sayTime(ja, old)).toBe('2025年3月1日 9:05')
  expect(sayTime(ja, old, 'full')).toBe('2025年3月1日 9:05:07')
  expect(sayTime(en, old, 'day')).toBe('1 Mar 2025')
})

test('midnight in Japan divides today from yesterday', () => {
  const midnight = fromJst({ year: 2026, month: 11, day: 25 })
  expect(sayTime(ja, midnight)).toBe('今日0:00')
  expect(sayTime(ja, midnight - second)).toBe('昨日23:59')
})

test('a span is told in its largest unit, and what is left by the second', () => {
  expect(sayAge('ja', 47 * hour)).toBe('47時間')
  expect(sayAge('ja', 48 * hour)).toBe('2日')
  expect(sayAge('en', minute)).toBe('1 minute')
  expect(sayLeft('ja', 8 * minute + 12 * second)).toBe('08:12')
  expect(sayLeft('ja', 2 * hour + 22 * minute)).toBe('2時間22分')
  expect(sayLeft('ja', -10 * second)).toBe('−00:10')
})
