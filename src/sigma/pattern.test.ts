import fc from 'fast-check'
import { expect, test } from 'vitest'
import { any, one, type Part, plainText, readPattern } from './pattern.ts'

const reads = (written: string, ...expected: readonly Part[]): void =>
  expect(readPattern(written)).toEqual(expected)

test('a backslash escapes only itself, the star and the question mark', () => {
  reads('a\\b', 'a\\b')
  reads('a\\', 'a\\')
  reads('\\\\', '\\')
  reads('\\\\\\', '\\\\')
  reads('\\\\\\\\', '\\\\')
  reads('\\*\\?', '*?')
  reads('\\\\*', '\\', any)
  reads('\\\\\\*', '\\*')
  reads('\\\\server\\share', '\\server\\share')
  reads('\\\\\\\\server\\share', '\\\\server\\share')
})

test('wildcards stand apart and neighbouring stars are one', () => {
  reads('*a?**', any, 'a', one, any)
  reads('')
})

test('escaping a text and reading it gives the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(plainText(readPattern(text.replaceAll(/[\\*?]/g, '\\$&')))).toBe(text)
    }),
  )
})
