import { expect, test } from 'vitest'
import { lex } from './lexer.ts'

const texts = (condition: string): readonly string[] => lex(condition, []).map((token) => token.text)

test('words and parentheses are tokens, blanks and line breaks are not', () => {
  expect(texts(' (a_1 and\n not  sel-* )\n')).toEqual(['(', 'a_1', 'and', 'not', 'sel-*', ')'])
  expect(texts('')).toEqual([])
})

test('a pipe is told as an aggregation of Sigma 1, anything else as not understood', () => {
  expect(() => lex('a | count() > 5', [])).toThrow('Sigma 1')
  expect(() => lex('a && b', [])).toThrow('`&`')
})
