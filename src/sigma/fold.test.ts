import { expect, test } from 'vitest'
import { fold } from './fold.ts'

test('A to Z fold, and so do letters of other scripts', () => {
  expect(fold('CMD.EXE Ａ ÀÉ К Ω')).toBe('cmd.exe ａ àé к ω')
})

test('what would become ASCII or longer stays as it is, and a sigma never looks at its neighbours', () => {
  expect(fold('\u212a')).toBe('\u212a')
  expect(fold('\u0130')).toBe('\u0130')
  expect(fold('ΟΔΟΣ')).toBe('οδοσ')
})

test('every code point folds alone as it does in a text, to one code point, and never into ASCII', () => {
  for (let code = 0; code <= 0x10ffff; code++) {
    const character = String.fromCodePoint(code)
    const folded = fold(character)
    if (fold(`Σ\u212a${character}`) !== `σ\u212a${folded}`) expect.fail(`U+${code.toString(16)}`)
    if ([...folded].length !== 1) expect.fail(`U+${code.toString(16)} grows`)
    if (code > 127 && folded <= '\x7f') expect.fail(`U+${code.toString(16)} becomes ASCII`)
  }
})
