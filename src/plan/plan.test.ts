import { expect, test } from 'vitest'
import { aboveCaps, monthlyYen } from './plan.ts'

const yamada = { networkPriceYen: 9_800, endpointPriceYen: 1_800, endpoints: 12, termMonths: 24 }

test('the month of 山田製作所 costs the entrance and twelve PCs', () => {
  expect(monthlyYen(yamada)).toBe(31_400)
  expect(monthlyYen({ networkPriceYen: 9_800, endpointPriceYen: null, endpoints: null })).toBe(9_800)
})

test('a price at the cap is within it, one yen more is not', () => {
  expect(aboveCaps({ ...yamada, networkPriceYen: 10_000, endpointPriceYen: 2_000 })).toEqual([])
  expect(aboveCaps({ networkPriceYen: 10_001, endpointPriceYen: 2_001, termMonths: 25 })).toEqual([
    'network',
    'endpoint',
    'term',
  ])
})
