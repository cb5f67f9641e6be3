import { expect, test } from 'vitest'
import { load, matches, ruleWith } from '../test-kit.ts'

test('every value must be found', () => {
  expect(matches({ 'A|contains|all': ['delete', 'shadows'] }, { A: 'vssadmin DELETE shadows' })).toBe(true)
  expect(matches({ 'A|contains|all': ['delete', 'shadows'] }, { A: 'vssadmin list shadows' })).toBe(false)
  expect(matches({ 'A|all': ['x*', '*y'] }, { A: 'xy' })).toBe(true)
})

test('the alternatives of one value stay OR-ed', () => {
  const item = { 'A|windash|contains|all': [' -a', ' -b'] }
  expect(matches(item, { A: 'tool /a –b' })).toBe(true)
  expect(matches(item, { A: 'tool /a -a' })).toBe(false)
})

test('with one value it is told as saying nothing, and works', () => {
  expect(matches({ 'A|contains|all': 'x' }, { A: 'axb' })).toBe(true)
  const { problems } = load(ruleWith({ a: { 'A|contains|all': 'x' }, condition: 'a' }))
  expect(problems.map((problem) => problem.level)).toEqual(['warning'])
  expect(problems[0]?.path).toEqual(['detection', 'a', 'A|contains|all'])
})
