import { expect, test } from 'vitest'
import { matches } from '../test-kit.ts'

test('keeps upper and lower case apart', () => {
  expect(matches({ 'A|cased': 'Admin' }, { A: 'Admin' })).toBe(true)
  expect(matches({ 'A|cased': 'Admin' }, { A: 'admin' })).toBe(false)
  expect(matches({ 'A|contains|cased': 'A*n' }, { A: 'xAdminx' })).toBe(true)
  expect(matches({ 'A|contains|cased': 'A*n' }, { A: 'xadminx' })).toBe(false)
  expect(matches({ 'A|fieldref|cased': 'B' }, { A: 'x', B: 'X' })).toBe(false)
})
