import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonical, sha256 } from './sha256.ts'

test('agrees with the platform for texts of every length', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 200 }), (text) => {
      expect(sha256(text)).toBe(createHash('sha256').update(text).digest('hex'))
    }),
  )
  for (const length of [54, 55, 56, 63, 64, 65, 119, 120]) {
    expect(sha256('x'.repeat(length))).toBe(createHash('sha256').update('x'.repeat(length)).digest('hex'))
  }
})

test('one content has one text, whatever the order of its keys', () => {
  expect(canonical({ b: [1, null], a: 'x' })).toBe(canonical({ a: 'x', b: [1, null] }))
  expect(canonical({ a: 1n })).not.toBe(canonical({ a: 1 }))
  expect(canonical({ a: '1' })).not.toBe(canonical({ a: 1 }))
})
