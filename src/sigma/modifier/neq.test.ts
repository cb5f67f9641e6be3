import { expect, test } from 'vitest'
import { matches } from '../test-kit.ts'

test('negates the whole item', () => {
  expect(matches({ 'A|neq': ['x', 'y'] }, { A: 'z' })).toBe(true)
  expect(matches({ 'A|neq': ['x', 'y'] }, { A: 'Y' })).toBe(false)
  expect(matches({ 'A|contains|neq': 'x' }, { A: 'axb' })).toBe(false)
  expect(matches({ 'A|neq': null }, { A: 'x' })).toBe(true)
  expect(matches({ 'A|neq': null }, {})).toBe(false)
  expect(matches({ 'A|fieldref|neq': 'B' }, { A: 'x', B: 'y' })).toBe(true)
})
