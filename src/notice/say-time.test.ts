import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { day, fromJst, hour, minute } from '../base/time.ts'
import { sayActTime, sayDuration, sayInstant, saySpan, sayUntil } from './say-time.ts'

const now = fromJst({ year: 2026, month: 11, day: 25, hour: 14, minute: 31 })
const at = (d: number, h: number, m = 0): number =>
  fromJst({ year: 2026, month: 11, day: d, hour: h, minute: m })

describe('when it happened', () => {
  test.each([
    [at(25, 14, 21), '14時21分', '14:21'],
    [at(25, 9, 12), '今朝9時12分', '09:12'],
    [at(25, 2, 40), '今日2時40分', '02:40'],
    [at(24, 23, 50), '昨夜23時50分', '23:50 yesterday'],
    [at(24, 14, 5), '昨日14時05分', '14:05 yesterday'],
    [at(20, 8), '11月20日の朝', '08:00 on 20 November'],
    [at(20, 3), '11月20日の夜中', '03:00 on 20 November'],
  ])('%s is said %s', (when, ja, en) => {
    expect(sayInstant(when, now, 'ja')).toBe(ja)
    expect(sayInstant(when, now, 'en')).toBe(en)
  })

  test('a night alarm read in the night is only the time', () => {
    expect(sayInstant(at(25, 3, 15), at(25, 3, 20), 'ja')).toBe('3時15分')
  })

  test('no instant is longer than its field allows, and none depends on the machine', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 * day }), (ago) => {
        expect([...sayInstant(now - ago, now, 'ja')].length).toBeLessThanOrEqual(11)
        expect([...sayActTime(now - ago, now, 'ja')].length).toBeLessThanOrEqual(8)
        expect([...sayUntil(now + (ago % (30 * day)), now, 'ja')].length).toBeLessThanOrEqual(8)
      }),
    )
  })
})

test('when we call is said for the day it falls on', () => {
  expect(sayUntil(now + 15 * minute, now, 'ja')).toBe('14時46分')
  expect(sayUntil(at(26, 10), now, 'ja')).toBe('明日10時00分')
  expect(sayUntil(at(30, 10), now, 'ja')).toBe('月曜10時00分')
  expect(sayUntil(now + 14 * day, now, 'ja')).toBe('9日の14時')
  expect(sayUntil(at(26, 10), now, 'en')).toBe('10:00 tomorrow')
})

test('spans and lengths', () => {
  expect(saySpan(at(25, 1, 10), at(25, 2, 50), 'ja')).toBe('1時から3時の間')
  expect(saySpan(at(25, 23, 10), at(26, 1, 5), 'ja')).toBe('23時から2時の間')
  expect(saySpan(at(25, 1, 10), at(25, 1, 10), 'en')).toBe('Between 01:00 and 02:00')
  expect(sayDuration(100_000, 'ja', true)).toBe('1分40秒')
  expect(sayDuration(30 * minute, 'ja')).toBe('30分')
  expect(sayDuration(2 * hour, 'en')).toBe('2 hours')
})
