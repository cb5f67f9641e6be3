import { expect, test } from 'vitest'
import { isCorporateNumber, tidyDigits } from './corporate-number.ts'

test('the check digit of a corporate number is the first of its thirteen digits', () => {
  // The National Tax Agency's own number, as published on its site.
  expect(isCorporateNumber('7000012050002')).toBe(true)
})

test('a wrong digit, a swapped pair and a short number are refused', () => {
  expect(isCorporateNumber('7000012050003')).toBe(false)
  expect(isCorporateNumber('7000102050002')).toBe(false)
  expect(isCorporateNumber('700001205000')).toBe(false)
  expect(isCorporateNumber('70000120500a2')).toBe(false)
})

test('full-width digits, blanks and hyphens are accepted silently', () => {
  expect(tidyDigits(' ７-0000-1205-0002 ')).toBe('7000012050002')
})
