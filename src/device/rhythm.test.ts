import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { day, fromJst, minute, second } from '../base/time.ts'
import { conditionOf, learnCadence, type Signals, silenceLimits } from './rhythm.ts'

const now = fromJst({ year: 2026, month: 11, day: 25, hour: 14, minute: 32 })
const utm = (silentMs: number | null, cadenceSeconds: number | null = 60): Signals => ({
  class: 'utm',
  required: true,
  cadenceSeconds,
  lastReceivedAt: silentMs === null ? null : now - silentMs,
})

describe('what we may say of the UTM of 山田製作所', () => {
  test('it is 準備中 before its first line and while its rhythm is not known', () => {
    expect(conditionOf(utm(null), now)).toBe('preparing')
    expect(conditionOf(utm(30 * second, null), now)).toBe('preparing')
  })

  test('it is heard within its rhythm, suspect after two missed signals, not watched after five minutes', () => {
    expect(conditionOf(utm(60 * second), now)).toBe('heard')
    expect(conditionOf(utm(2 * minute + 10 * second), now)).toBe('suspect')
    expect(conditionOf(utm(5 * minute), now)).toBe('unwatched')
  })

  test('a sensor that spoke once and fell silent is told, though its rhythm was never learned', () => {
    expect(conditionOf(utm(6 * minute, null), now)).toBe('unwatched')
  })

  test('a laptop may be off for a week', () => {
    const laptop: Signals = { ...utm(3 * day, 600), class: 'laptop' }
    expect(conditionOf(laptop, now)).toBe('suspect')
    expect(conditionOf({ ...laptop, lastReceivedAt: now - 7 * day }, now)).toBe('unwatched')
  })

  test('it is never called heard beyond the limit of its class', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('utm', 'server', 'pc', 'laptop', 'mail'),
        fc.nat(40 * day),
        fc.option(fc.integer({ min: 1, max: 10_000_000 })),
        (kind, silent, cadenceSeconds) => {
          const said = conditionOf(
            { class: kind, required: true, cadenceSeconds, lastReceivedAt: now - silent },
            now,
          )
          if (silent >= silenceLimits[kind].unwatched) expect(said).toBe('unwatched')
          if (cadenceSeconds === null) expect(said).not.toBe('heard')
        },
      ),
    )
  })
})

describe('a rhythm is learned', () => {
  test('from twenty gaps on, as the longest usual gap', () => {
    expect(learnCadence(Array(19).fill(60), 'utm')).toBeUndefined()
    expect(learnCadence([...Array(19).fill(30), 31], 'utm')).toBe(30)
  })

  test('never longer than the class allows, never shorter than ten seconds', () => {
    expect(learnCadence(Array(40).fill(3_000), 'utm')).toBe(60)
    expect(learnCadence(Array(40).fill(0), 'utm')).toBe(10)
  })
})
