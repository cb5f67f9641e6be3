import { describe, expect, test } from 'vitest'
import { day, fromJst, type Instant, jstDate, minute } from '../base/time.ts'
import { addServiceTime, callBy, dueAt, isHoliday, readServiceHours } from './calendar.ts'

const at = (month: number, date: number, h: number, m = 0, year = 2026): Instant =>
  fromJst({ year, month, day: date, hour: h, minute: m })
const weekdays = readServiceHours('平日 9:00〜18:00')

describe('holidays in Japan', () => {
  test('the days of 2026 are those of the Cabinet Office list', () => {
    const found: string[] = []
    for (let date = at(1, 1, 12); date < at(1, 1, 12, 0, 2027); date += day)
      if (isHoliday(date)) found.push(jstDate(date))
    expect(found.map((date) => date.slice(5))).toEqual([
      '01-01',
      '01-12',
      '02-11',
      '02-23',
      '03-20',
      '04-29',
      '05-03',
      '05-04',
      '05-05',
      '05-06',
      '07-20',
      '08-11',
      '09-21',
      '09-22',
      '09-23',
      '10-12',
      '11-03',
      '11-23',
    ])
  })
})

describe('hours of the desk', () => {
  test('are read from its own words, with the usual ones as the careful answer', () => {
    expect(weekdays).toEqual({ always: false, opens: 540, closes: 1080, workdaysOnly: true })
    expect(readServiceHours('毎日８時から２０時')).toEqual({
      always: false,
      opens: 480,
      closes: 1200,
      workdaysOnly: false,
    })
    expect(readServiceHours('24時間').always).toBe(true)
    expect(readServiceHours('24時間（相談は平日9:00〜17:30）').closes).toBe(1050)
    expect(readServiceHours('お気軽に')).toEqual(weekdays)
  })
})

describe('by when we call', () => {
  test('いますぐ is 15 minutes, day and night', () => {
    expect(callBy('now', at(11, 25, 3, 15), weekdays)).toBe(at(11, 25, 3, 30))
  })
  test('今日中 is an hour in service hours', () => {
    expect(callBy('today', at(11, 25, 14), weekdays)).toBe(at(11, 25, 15))
  })
  test('今日中 pressed in the evening or before a holiday names the next morning of service', () => {
    expect(callBy('today', at(11, 25, 22), weekdays)).toBe(at(11, 26, 10))
    expect(callBy('today', at(11, 20, 22), weekdays)).toBe(at(11, 24, 10)) // Friday; Monday 23rd is a holiday
    expect(callBy('today', at(12, 28, 22), weekdays)).toBe(at(1, 4, 10, 0, 2027))
  })
  test('the last half hour of a day counts, the rest is the next morning', () => {
    expect(callBy('today', at(11, 25, 17, 30), weekdays)).toBe(at(11, 26, 9, 30))
  })
  test('今週中 is one day of service', () => {
    expect(callBy('week', at(11, 25, 14), weekdays)).toBe(at(11, 26, 14))
  })
  test('service time is never cut short', () => {
    for (let minutes = 0; minutes < 3_000; minutes += 37) {
      expect(addServiceTime(at(11, 25, 14), minutes * minute, weekdays)).toBeGreaterThanOrEqual(
        at(11, 25, 14) + minutes * minute,
      )
    }
  })
})

describe('when a notice goes out', () => {
  test('いますぐ, 今週中 and お知らせ at once', () => {
    for (const severity of ['now', 'week', 'info'] as const)
      expect(dueAt(severity, at(11, 25, 3))).toBe(at(11, 25, 3))
  })
  test('今日中 after three minutes between 7:00 and 21:00, else at the next 7:00', () => {
    expect(dueAt('today', at(11, 25, 7))).toBe(at(11, 25, 7, 3))
    expect(dueAt('today', at(11, 25, 20, 59))).toBe(at(11, 25, 21, 2))
    expect(dueAt('today', at(11, 25, 21))).toBe(at(11, 26, 7))
    expect(dueAt('today', at(11, 25, 2))).toBe(at(11, 25, 7))
  })
})
