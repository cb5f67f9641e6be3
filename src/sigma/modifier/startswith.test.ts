import { expect, test } from 'vitest'
import { matches } from '../test-kit.ts'

test('the field begins with the value', () => {
  expect(matches({ 'A|startswith': 'C:\\Users' }, { A: 'c:\\users\\satou' })).toBe(true)
  expect(matches({ 'A|startswith': 'Users' }, { A: 'c:\\users' })).toBe(false)
  expect(matches({ 'A|startswith': '*' }, { A: '' })).toBe(true)
  expect(matches({ 'A|startswith': 'a?c' }, { A: 'abcd' })).toBe(true)
})

test('after re the search is anchored, after fieldref the other field is the start', () => {
  expect(matches({ 'A|re|startswith': 'b|c' }, { A: 'cab' })).toBe(true)
  expect(matches({ 'A|re|startswith': 'b|c' }, { A: 'ab' })).toBe(false)
  expect(matches({ 'A|fieldref|startswith': 'B' }, { A: 'Abc', B: 'aB' })).toBe(true)
})
