import { expect, test } from 'vitest'
import { readCondition } from './condition.ts'
import { matchesDetection, refusalOf } from './test-kit.ts'

/** The tree as text, every node in parentheses. */
function shape(condition: ReturnType<typeof readCondition>): string {
  switch (condition.kind) {
    case 'name':
      return condition.name
    case 'not':
      return `!${shape(condition.of)}`
    case 'of':
      return `${condition.quantity}:${condition.pattern}`
    default:
      return `(${condition.of.map(shape).join(condition.kind === 'and' ? '&' : '|')})`
  }
}

const reads = (written: string, expected: string): void =>
  expect(shape(readCondition(written, []))).toBe(expected)

test('not binds strongest, then and, then or', () => {
  reads('a or b and not c', '(a|(b&!c))')
  reads('not a and b', '(!a&b)')
  reads('not not a', '!!a')
  reads('not (a or b)', '!(a|b)')
  reads('(a or b)and(c)', '((a|b)&c)')
  reads('a and b and c', '(a&b&c)')
})

test('quantifiers take them or a pattern', () => {
  reads('1 of them', 'any:them')
  reads('any of sel*', 'any:sel*')
  reads('ALL OF *_x and NOT 1 Of Them', '(all:*_x&!any:them)')
})

test('a name may begin with a keyword or be a number, and line breaks are blanks', () => {
  reads('notepad\nor\n\torder', '(notepad|order)')
  reads('all_x and of1 and 1', '(all_x&of1&1)')
  reads('selection-a', 'selection-a')
})

const refused = (condition: unknown): void =>
  expect(refusalOf({ a: { A: 1 }, b: { B: 1 }, _c: { C: 1 }, condition }), String(condition)).toBeDefined()

test('what does not parse is refused', () => {
  for (const condition of [
    '',
    'a b',
    'a and',
    'or a',
    '(a',
    'a)',
    '()',
    'not',
    '2 of them',
    '2 of a*',
    '1 of',
    '1 of a',
    '1 of (a)',
    'a and a*',
    'a | count() > 5',
    'a & b',
    'of',
    'them',
    'a and of a*',
    'x',
    '1 of x*',
    'all of _d*',
    3,
    null,
    [],
    ['a', ''],
    `${'('.repeat(500)}a${')'.repeat(500)}`,
    `${'not '.repeat(500)}a`,
  ]) {
    refused(condition)
  }
})

test('a list of conditions is their OR', () => {
  const detection = { a: { A: 1 }, b: { B: 1 }, condition: ['a', 'b'] }
  expect(matchesDetection(detection, { B: 1 })).toBe(true)
  expect(matchesDetection(detection, {})).toBe(false)
})

test('all of a pattern with one selection is fine', () => {
  const detection = { sel_a: { A: 1 }, b: { B: 1 }, condition: 'all of sel_* and not b' }
  expect(matchesDetection(detection, { A: 1 })).toBe(true)
})
