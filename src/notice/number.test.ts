import { describe, expect, test } from 'vitest'
import { checkDigit, formatNumber, parseNumber, passesCheck, randomNumber } from './number.ts'

describe('the check digit of a notice number', () => {
  test('the published example 572 has the digit 4', () => {
    expect(checkDigit('572')).toBe('4')
  })

  test('every single wrong digit of 200 numbers is caught', () => {
    for (let round = 0; round < 200; round += 1) {
      const number = randomNumber(8)
      expect(passesCheck(number)).toBe(true)
      for (let at = 0; at < number.length; at += 1) {
        for (const digit of '0123456789') {
          if (digit === number[at]) continue
          expect(passesCheck(number.slice(0, at) + digit + number.slice(at + 1))).toBe(false)
        }
      }
    }
  })

  test('every swap of two unlike neighbours of 200 numbers is caught', () => {
    for (let round = 0; round < 200; round += 1) {
      const number = randomNumber(8)
      for (let at = 0; at + 1 < number.length; at += 1) {
        const [a, b] = [number[at], number[at + 1]]
        if (a === b) continue
        expect(passesCheck(`${number.slice(0, at)}${b}${a}${number.slice(at + 2)}`)).toBe(false)
      }
    }
  })
})

test('a number is shown 4-4-1 and read back in any spelling', () => {
  const number = randomNumber(8)
  expect(formatNumber(number)).toMatch(/^\d{4}-\d{4}-\d$/)
  const wide = formatNumber(number).replace(/\d/g, (d) => String.fromCharCode(d.charCodeAt(0) + 0xfee0))
  for (const spelled of [
    number,
    formatNumber(number),
    ` ${formatNumber(number)} `,
    wide,
    wide.replaceAll('-', 'ー'),
  ]) {
    expect(parseNumber(spelled)).toBe(number)
  }
  for (const wrong of ['', '12345', 'abc', `${number}0`, number.slice(1)])
    expect(parseNumber(wrong)).toBeUndefined()
})
