import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { makeRates } from './bucket.ts'

const rate = { perSecond: 10, burst: 20 }

function rates(): { at: (milliseconds: number) => ReturnType<typeof makeRates> } {
  let now = 0
  const made = makeRates(() => now)
  return {
    at: (milliseconds) => {
      now = milliseconds
      return made
    },
  }
}

describe('the rate of a sensor', () => {
  test('lets a burst through and then waits as long as the debt lasts', () => {
    const it = rates()
    expect(it.at(0).charge('a', rate, 20)).toBe(100)
    expect(it.at(100).charge('a', rate, 50)).toBe(5_000)
    expect(it.at(5_099).debt('a', rate)).toBeGreaterThan(0)
    expect(it.at(5_100).debt('a', rate)).toBe(0)
  })
  test("of one sensor is no other's", () => {
    const it = rates()
    it.at(0).charge('a', rate, 1_000)
    expect(it.at(0).debt('b', rate)).toBe(0)
  })
  test('grants what there is to senders that cannot wait', () => {
    const it = rates()
    expect(it.at(0).grant('a', rate, 15)).toBe(15)
    expect(it.at(0).grant('a', rate, 15)).toBe(5)
    expect(it.at(1_000).grant('a', rate, 15)).toBe(10)
  })
  test('takes no harm from a clock that goes back', () => {
    const it = rates()
    it.at(10_000).charge('a', rate, 20)
    expect(it.at(0).grant('a', rate, 5)).toBe(0)
    expect(it.at(1_000).grant('a', rate, 50)).toBe(10)
  })
  test('never grants more than the burst and the time give', () => {
    const steps = fc.array(fc.record({ wait: fc.nat(3_000), lines: fc.nat(40) }), { maxLength: 60 })
    fc.assert(
      fc.property(steps, (all) => {
        const it = rates()
        let now = 0
        let granted = 0
        for (const { wait, lines } of all) {
          now += wait
          granted += it.at(now).grant('a', rate, lines)
          expect(granted).toBeLessThanOrEqual(rate.burst + (now * rate.perSecond) / 1_000 + 1e-6)
        }
      }),
      { numRuns: process.env['NIGHTLY'] === '1' ? 100_000 : 500 },
    )
  })
})
