import { expect, test } from 'vitest'
import { day, fromJst, minute, second } from '../base/time.ts'
import { healthAfter, type Tally } from './health.ts'

const noon = fromJst({ year: 2026, month: 11, day: 25, hour: 12 })

const batch = (batchNo: number, receivedAt: number): Tally => ({
  sensor: 'utm',
  batchNo,
  receivedAt,
  lines: 1,
  partial: 0,
  unreadable: [],
  late: 0,
  newestAt: undefined,
})

test('the newest arrival counts, also when held lines of an unknown sender are adopted later', () => {
  const first = healthAfter(undefined, batch(1, noon), noon)
  const adopted = healthAfter(first, batch(2, noon - 10 * minute), noon + second)
  expect(adopted).toMatchObject({ lastAt: noon, firstAt: noon - 10 * minute })
})

test('an arrival that a wrong clock put into the future gives way once the clock is right', () => {
  const wrong = healthAfter(undefined, batch(1, noon + 30 * day), noon + 30 * day)
  expect(healthAfter(wrong, batch(2, noon), noon)).toMatchObject({ lastAt: noon })
})

test('a batch that is read again counts once', () => {
  const first = healthAfter(undefined, batch(1, noon), noon)
  expect(healthAfter(first, batch(1, noon), noon)).toBe(first)
})
