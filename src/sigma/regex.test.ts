import { expect, test } from 'vitest'
import { matches, refusal } from './test-kit.ts'

const finds = (re: string, text: string, words = 're'): boolean =>
  matches({ [`A|${words}`]: re }, { A: text })

test('searches anywhere and keeps case; a leading (?i) ignores it', () => {
  expect(finds('b+c', 'abbc')).toBe(true)
  expect(finds('B', 'b')).toBe(false)
  expect(finds('(?i)B[x-z]\\.', 'aby.')).toBe(true)
  expect(finds('[^a]', 'A', 're|i')).toBe(false)
  expect(finds('[^a]', 'é', 're|i')).toBe(true)
  expect(finds('é', 'É', 're|i')).toBe(true)
  expect(finds('(a)\\1', 'aA', 're|i')).toBe(true)
})

test('understands PCRE where JavaScript differs', () => {
  expect(finds('^a$', 'a\n')).toBe(true)
  expect(finds('^a\\z', 'a\n')).toBe(false)
  expect(finds('^a\\Z', 'a\n')).toBe(true)
  expect(finds('\\Aa', 'ba')).toBe(false)
  expect(finds('a.b', 'a\u2028b')).toBe(true)
  expect(finds('a.b', 'a\nb')).toBe(false)
  expect(finds('a.b', 'a\nb', 're|s')).toBe(true)
  expect(finds('^b$', 'a\nb\nc', 're|m')).toBe(true)
  expect(finds('^b$', 'a\rb\rc', 're|m')).toBe(false)
  expect(finds('a\\hb', 'a\tb')).toBe(true)
  expect(finds('\\a\\e', '\x07\x1b')).toBe(true)
  expect(finds('(?P<x>a)b', 'ab')).toBe(true)
  expect(finds('a{2}{', 'aa{')).toBe(true)
})

test('refuses what JavaScript would take for something else', () => {
  for (const re of [
    '[[:alpha:]]',
    'a++',
    'a{2,}+',
    '(?>a)',
    '\\Kx',
    '\\Qx\\E',
    '\\p{L}',
    '\\x{41}',
    '\\Gx',
    '\\R',
    '(?#x)a',
    '(?x)a',
    'a(?i)b',
    '[]a]',
    '\\',
    '(',
    'a)',
    '[a',
    '*a',
    '(?<',
    '(*UCP)a',
    'x'.repeat(5_000),
    `${'('.repeat(60)}${')'.repeat(60)}`,
    '[z-a]',
    'a{3,1}',
  ]) {
    expect(refusal({ 'A|re': re }), re).toBeDefined()
  }
})

test('refuses shapes whose time can explode', () => {
  for (const re of [
    '(a+)+$',
    '(a*)*',
    '(?:a|a)*b',
    '(\\w|\\d)+x',
    '(a?)+',
    '(.*a){30}',
    '((a+)b)*',
    '(a|ab)*c',
  ]) {
    expect(refusal({ 'A|re': re }), re).toContain('unbounded time')
  }
})

test('takes the harmless ones', () => {
  for (const re of [
    '(?:\\{\\d\\})+',
    '(a|b)+c',
    '(?:.*\\)){1,}x',
    '(\\s*\\d{1,3}\\s*,){2}',
    '(.){200,}',
    '([ab]c)*',
  ]) {
    expect(refusal({ 'A|re': re }), re).toBeUndefined()
  }
  expect(finds('f(?:.*\\)){1,}x', 'f(a)(b)x')).toBe(true)
  expect(finds('f(?:.*\\)){1,}x', 'f(ax')).toBe(false)
})

test('sees only the beginning of a very long value', () => {
  expect(finds('x', `${'a'.repeat(16_383)}x`)).toBe(true)
  expect(finds('x', `${'a'.repeat(16_384)}x`)).toBe(false)
})
