import { expect, test } from 'vitest'
import { matches } from '../test-kit.ts'

test('compares with another field of the same event, upper and lower case alike', () => {
  expect(matches({ 'A|fieldref': 'b.c' }, { A: 'X', b: { c: ['y', 'x'] } })).toBe(true)
  expect(matches({ 'A|fieldref': 'B' }, { A: 3, B: '3' })).toBe(true)
  expect(matches({ 'A|fieldref': 'B' }, { A: null, B: null })).toBe(false)
  expect(matches({ 'A|fieldref|contains': 'B' }, { A: 'abc', B: 'B' })).toBe(true)
})

test('a star in the other field is a plain star', () => {
  expect(matches({ 'A|fieldref': 'B' }, { A: 'xy', B: 'x*' })).toBe(false)
})
