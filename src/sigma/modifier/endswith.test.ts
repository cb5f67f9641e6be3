import { expect, test } from 'vitest'
import { matches } from '../test-kit.ts'

test('the field ends with the value', () => {
  expect(matches({ 'A|endswith': '\\vssadmin.exe' }, { A: 'C:\\Windows\\VSSADMIN.EXE' })).toBe(true)
  expect(matches({ 'A|endswith': 'vssadmin' }, { A: 'vssadmin.exe' })).toBe(false)
  expect(matches({ 'A|endswith': 'a?c' }, { A: 'xabc' })).toBe(true)
})

test('after re the search is anchored at the end', () => {
  expect(matches({ 'A|re|endswith': 'b|c' }, { A: 'bac' })).toBe(true)
  expect(matches({ 'A|re|endswith': 'b|c' }, { A: 'ba' })).toBe(false)
  expect(matches({ 'A|fieldref|endswith': 'B' }, { A: 'x.exe', B: '.EXE' })).toBe(true)
})
