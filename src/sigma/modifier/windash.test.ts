import { expect, test } from 'vitest'
import { matches, refusal } from '../test-kit.ts'

test('a dash at the start of a word is any of five', () => {
  for (const dash of ['-', '/', '\u2013', '\u2014', '\u2015']) {
    expect(matches({ 'A|contains|windash': ' -enc ' }, { A: `powershell ${dash}ENC x` })).toBe(true)
    expect(matches({ 'A|contains|windash': '/c' }, { A: `cmd ${dash}c` })).toBe(true)
  }
  expect(matches({ 'A|contains|windash': ' -enc ' }, { A: 'powershell +enc x' })).toBe(false)
})

test('several dashes give all combinations', () => {
  expect(matches({ 'A|contains|windash': ['-a -b'] }, { A: 'x /a \u2014b' })).toBe(true)
  expect(matches({ 'A|windash': 'x* -a' }, { A: 'xyz /a' })).toBe(true)
  expect(refusal({ 'A|windash': '-a -b -c -d -e' })).toContain('dashes')
})

test('a dash inside a word or alone stays what it is', () => {
  expect(matches({ 'A|windash': 'well-known' }, { A: 'well/known' })).toBe(false)
  expect(matches({ 'A|windash': 'a - b' }, { A: 'a / b' })).toBe(false)
  expect(matches({ 'A|windash': '--full' }, { A: '-/full' })).toBe(true)
})
