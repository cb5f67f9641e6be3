import { expect, test } from 'vitest'
import { matches } from '../test-kit.ts'

test('lt, lte, gt and gte compare as numbers', () => {
  expect(matches({ 'A|lt': 10 }, { A: '9.5' })).toBe(true)
  expect(matches({ 'A|lt': 10 }, { A: 10 })).toBe(false)
  expect(matches({ 'A|lte': 10 }, { A: 10 })).toBe(true)
  expect(matches({ 'A|gt': 10 }, { A: '11' })).toBe(true)
  expect(matches({ 'A|gt': 10 }, { A: '9' })).toBe(false)
  expect(matches({ 'A|gte': -1.5 }, { A: '-1.5' })).toBe(true)
  expect(matches({ 'A|gt': 10 }, { A: '1e2' })).toBe(true)
})

test('whole numbers beyond 2^53 compare exactly', () => {
  expect(matches({ 'A|gt': 9007199254740992n }, { A: '9007199254740993' })).toBe(true)
  expect(matches({ 'A|gt': 9007199254740993n }, { A: '9007199254740993' })).toBe(false)
})

test('what is no finite number is never smaller nor larger', () => {
  for (const value of ['', ' ', 'x', '0x10', '1_0', 'Infinity', '1e999', 'NaN', null, true, {}]) {
    expect(matches({ 'A|lt': 100 }, { A: value }), String(value)).toBe(false)
    expect(matches({ 'A|gte': 0 }, { A: value }), String(value)).toBe(false)
  }
  expect(matches({ 'A|lt': 1 }, {})).toBe(false)
})
