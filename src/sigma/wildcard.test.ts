import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readPattern } from './pattern.ts'
import { wildcardMatcher } from './wildcard.ts'

const like = (pattern: string, text: string): boolean => wildcardMatcher(readPattern(pattern))(text)

test('a star is any run, also empty and across lines; a question mark is one code point', () => {
  expect(like('a*b', 'ab')).toBe(true)
  expect(like('a*b', 'a\r\nb')).toBe(true)
  expect(like('a?b', 'ab')).toBe(false)
  expect(like('a?b', 'a\u{1f600}b')).toBe(true)
  expect(like('??', '\u{1f600}')).toBe(false)
  expect(like('a*?', 'a')).toBe(false)
  expect(like('*\\?*x', 'what?x')).toBe(true)
  expect(like('a*aa', 'aaa')).toBe(true)
  expect(like('a*aa', 'aa')).toBe(false)
})

const letters = fc.array(fc.constantFrom('a', 'b', '\u{1f600}', '\ud83d', '\n'), { maxLength: 8 })
const pattern = fc.array(fc.constantFrom('a', 'b', '*', '?', '\u{1f600}'), { maxLength: 7 })

test('agrees with a regular expression over code points', () => {
  fc.assert(
    fc.property(pattern, letters, (written, text) => {
      const source = written.map((one) => (one === '*' ? '[^]*' : one === '?' ? '[^]' : one)).join('')
      expect(like(written.join(''), text.join(''))).toBe(new RegExp(`^${source}$`, 'u').test(text.join('')))
    }),
    { numRuns: 2_000 },
  )
})

test('takes time in proportion, whatever the pattern and the text', () => {
  const before = performance.now()
  expect(like(`${'*a?'.repeat(12)}*b`, 'a'.repeat(20_000))).toBe(false)
  expect(performance.now() - before).toBeLessThan(1_000)
})
