import { expect, test } from 'vitest'
import { matches } from '../test-kit.ts'

test('asks for the key, whatever its value', () => {
  expect(matches({ 'A|exists': true }, { A: null })).toBe(true)
  expect(matches({ 'A|exists': true }, { A: {} })).toBe(true)
  expect(matches({ 'A|exists': true }, { A: undefined })).toBe(false)
  expect(matches({ 'A|exists': false }, { B: 1 })).toBe(true)
  expect(matches({ 'a.b|exists': true }, { a: [{ c: 1 }, { b: null }] })).toBe(true)
})
