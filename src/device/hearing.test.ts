import { describe, expect, test } from 'vitest'
import { fromJst, hour, minute, second } from '../base/time.ts'
import { type Hearing, hearingAfter, isLate, notHearing } from './hearing.ts'

const noon = fromJst({ year: 2026, month: 11, day: 25, hour: 12 })
const heardBefore = (by: number): Hearing => ({ since: noon - 3 * hour, lookedAt: noon - by })

describe('since when lines reach us', () => {
  test('a start begins anew once every canary has come through, however long it was down', () => {
    const waiting = hearingAfter(notHearing, [noon - hour, noon - 5 * second], noon)
    expect(waiting.since).toBeUndefined()
    const open = hearingAfter(waiting, [noon + 2 * second, noon + 3 * second], noon + 15 * second)
    expect(open.since).toBe(noon + 15 * second)
    expect(hearingAfter(open, [noon + 60 * second], noon + 75 * second).since).toBe(noon + 15 * second)
  })

  test('a late canary, none at all, or one from a wrong clock is no hearing', () => {
    for (const canaries of [[noon - 4 * minute], [null], [], [noon + hour]])
      expect(hearingAfter(heardBefore(15 * second), canaries, noon).since).toBeUndefined()
    expect(isLate(noon + second, noon)).toBe(false)
  })

  test('a program that stood still, or whose clock went back, begins anew', () => {
    const closed = [noon - 20 * second]
    expect(hearingAfter(heardBefore(15 * second), closed, noon).since).toBe(noon - 3 * hour)
    expect(hearingAfter(heardBefore(hour), closed, noon).since).toBe(noon)
    expect(hearingAfter(heardBefore(-hour), closed, noon).since).toBe(noon)
  })
})
