import { expect, test } from 'vitest'
import { isSetUpCode, makeSetUpCode } from './set-up-code.ts'

test('a set-up code has ten characters that are not taken for each other', () => {
  for (let n = 0; n < 50; n++) expect(makeSetUpCode()).toMatch(/^[2-9A-HJ-NP-Z]{5}-[2-9A-HJ-NP-Z]{5}$/)
})

test('blanks, hyphens, case and full width do not matter; anything else does', () => {
  expect(isSetUpCode('abcde fghjk', 'ABCDE-FGHJK')).toBe(true)
  expect(isSetUpCode('ＡＢＣＤＥ－ＦＧＨＪＫ', 'ABCDE-FGHJK')).toBe(true)
  expect(isSetUpCode('ABCDE-FGHJL', 'ABCDE-FGHJK')).toBe(false)
  expect(isSetUpCode('', 'ABCDE-FGHJK')).toBe(false)
})
