import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { eventRef, parseEventRef } from './ref.ts'

describe('the name of a line', () => {
  test('is its day, batch and place', () => {
    expect(eventRef('2026-11-23', 4711, 3)).toBe('20261123-4711-3')
    expect(parseEventRef('20261123-4711-3')).toEqual({ day: '2026-11-23', batchNo: 4711, line: 3 })
  })

  test('is read back as it was written', () => {
    const place = fc.record({
      at: fc.date({ min: new Date('2020-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }),
      batchNo: fc.integer({ min: 1, max: 2 ** 40 }),
      line: fc.integer({ min: 1, max: 100_000 }),
    })
    fc.assert(
      fc.property(place, ({ at, batchNo, line }) => {
        const day = at.toISOString().slice(0, 10)
        expect(parseEventRef(eventRef(day, batchNo, line))).toEqual({ day, batchNo, line })
      }),
    )
  })

  test.each([
    '',
    '20261123-0-1',
    '20261123-1-0',
    '20261323-1-1',
    '20260230-1-1',
    '2026-11-23-1-1',
    "20261123-1-1'",
  ])('is never %j', (text) => {
    expect(parseEventRef(text)).toBeUndefined()
  })
})
