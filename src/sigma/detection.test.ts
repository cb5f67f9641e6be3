import { expect, test } from 'vitest'
import { matches, refusal } from './test-kit.ts'

test('a map is the AND of its items, a list of values their OR', () => {
  const selection = { Image: ['cmd.exe', 'powershell.exe'], User: '佐藤' }
  expect(matches(selection, { Image: 'CMD.exe', User: '佐藤' })).toBe(true)
  expect(matches(selection, { Image: 'cmd.exe', User: '高橋' })).toBe(false)
})

test('a list of maps is an OR, also mixed with keywords', () => {
  const selection = [{ A: 1, B: 2 }, { C: 3 }, 'evil']
  expect(matches(selection, { A: 1, B: 2 })).toBe(true)
  expect(matches(selection, { A: 1 })).toBe(false)
  expect(matches(selection, { C: 3 })).toBe(true)
  expect(matches(selection, { text: 'an evil line' })).toBe(true)
})

test('keywords search every value alone; with all they may be found in different values', () => {
  expect(matches(['red*blue'], { a: 'a red and blue flag' })).toBe(true)
  expect(matches(['red*blue'], { a: 'red', b: 'blue' })).toBe(false)
  expect(matches({ '|all': ['red', 'blue', 200] }, { a: 'red', b: ['x', 'blue'], c: 200 })).toBe(true)
  expect(matches({ '|all': ['red', 'blue'] }, { a: 'red' })).toBe(false)
  expect(matches(4444, { port: '44445' })).toBe(true)
  expect(matches({ '|re': '^ev.l$' }, { a: 'evil' })).toBe(true)
  expect(matches({ '|re': '^ev.l$' }, { a: 'an evil' })).toBe(false)
})

test('a list in the event means any of its elements', () => {
  expect(matches({ 'A|contains|all': ['x', 'y'] }, { A: ['ax', 'by'] })).toBe(true)
  expect(matches({ 'A|neq': 'x' }, { A: ['x', 'y'] })).toBe(false)
  expect(matches({ A: null }, { A: [null, null] })).toBe(true)
  expect(matches({ A: null }, { A: [null, 'x'] })).toBe(false)
  expect(matches({ A: null }, { A: [] })).toBe(true)
  expect(matches({ 'A|exists': true }, { A: [] })).toBe(true)
})

test('a value that is only a star asks for something other than null', () => {
  expect(matches({ A: '*' }, { A: '' })).toBe(true)
  expect(matches({ A: '**' }, { A: 0 })).toBe(true)
  expect(matches({ A: '*' }, { A: { b: 1 } })).toBe(true)
  expect(matches({ A: '*' }, { A: null })).toBe(false)
  expect(matches({ A: '*' }, {})).toBe(false)
})

test('booleans compare by text, field names keep their case', () => {
  expect(matches({ A: true }, { A: 'True' })).toBe(true)
  expect(matches({ A: 'false' }, { A: false })).toBe(true)
  expect(matches({ UserName: 'x' }, { Username: 'x' })).toBe(false)
})

test('only the own keys of an event count', () => {
  expect(matches({ 'constructor|exists': true }, {})).toBe(false)
  expect(matches({ 'constructor.name|exists': true }, {})).toBe(false)
  expect(matches({ 'a.toString|exists': true }, { a: {} })).toBe(false)
  expect(matches({ 'a.length|exists': true }, { a: 'text' })).toBe(false)
})

test('what has no clear meaning is refused', () => {
  for (const selection of [{}, [], null, [['x']], { A: [] }, { A: { b: 1 } }, { A: [['x']] }, { '': 'x' }]) {
    expect(refusal(selection), JSON.stringify(selection)).toBeDefined()
  }
  expect(refusal({ A: 2 ** 53 })).toContain('2^53')
  expect(refusal({ A: Number.NaN })).toContain('finite')
  expect(refusal({ A: new Date(0) })).toBeDefined()
})

test('unknown words, impossible types and wrong orders are refused, never ignored', () => {
  const items: Readonly<Record<string, unknown>> = {
    'A|startwith': 'x',
    'A|contains|': 'x',
    'A|Contains': 'x',
    'A|contains|re': 'x',
    'A|contains|contains': 'x',
    'A|contains|cidr': '10.0.0.0/8',
    'A|cidr|contains': '10.0.0.0/8',
    'A|re|windash': 'x',
    'A|re|cased': 'x',
    'A|i': 'x',
    'A|re|contains|i': 'x',
    'A|exists|contains': true,
    'A|exists': 'yes',
    'A|exists|neq': true,
    'A|contains': true,
    'A|contains|base64': 'x',
    'A|base64': 'x*',
    'A|gt': 'x',
    'A|gt|contains': 3,
    'A|cased': 3,
    'A|cidr': '10.0.0.1/8',
    'A|fieldref': 3,
    '|exists': true,
    '|fieldref': 'x',
    'A|hour': 3,
    'A|expand': '%x%',
  }
  for (const [key, value] of Object.entries(items)) expect(refusal({ [key]: value }), key).toBeDefined()
  expect(refusal({ 'A|exists': [true, false] })).toBeDefined()
  expect(refusal({ 'A|contains': null })).toBeDefined()
})
