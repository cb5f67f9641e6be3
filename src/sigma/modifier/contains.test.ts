import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fold } from '../fold.ts'
import { matches } from '../test-kit.ts'

test('the value stands anywhere, upper and lower case alike', () => {
  expect(matches({ 'A|contains': '取引先' }, { A: '【取引先】請求書' })).toBe(true)
  expect(matches({ 'A|contains': 'VSSadmin' }, { A: 'c:\\vssADMIN.exe' })).toBe(true)
  expect(matches({ 'A|contains': 'a*c' }, { A: 'xabcx' })).toBe(true)
  expect(matches({ 'A|contains': '*a' }, { A: 'xab' })).toBe(true)
  expect(matches({ 'A|contains': 429 }, { A: 'error 50429' })).toBe(true)
  expect(matches({ 'A|contains': 'x' }, { A: { b: 'x' } })).toBe(false)
})

test('finds what includes finds after folding', () => {
  const letters = fc.array(fc.constantFrom('a', 'B', 'К', 'к', '\u212a', 'k', '\\'), { maxLength: 6 })
  fc.assert(
    fc.property(letters, letters, (part, text) => {
      const escaped = part.join('').replaceAll(/[\\]/g, '\\$&')
      const expected = fold(text.join('')).includes(fold(part.join('')))
      expect(matches({ 'A|contains': escaped }, { A: text.join('') })).toBe(expected)
    }),
  )
})
