import { describe, expect, test } from 'vitest'
import type { Filled } from './application.ts'
import { needsPerson, odditiesOf, type Surroundings } from './review-oddity.ts'
import { yamada } from './test-register.ts'

const quiet: Surroundings = {
  always: false,
  sameCorporateNumber: [],
  sameNameAndPrefecture: [],
  sameMail: 0,
  identityChanged: false,
}
const reasonsOf = (filled: Filled, around: Partial<Surroundings> = {}): string[] =>
  odditiesOf(filled, { ...quiet, ...around }).map(({ reason }) => reason)

test('an ordinary firm has nothing odd about it', () => {
  expect(reasonsOf(yamada)).toEqual([])
})

describe('each oddity is found by itself', () => {
  test.each<[string, Filled, Partial<Surroundings>]>([
    ['always', yamada, { always: true }],
    ['duplicate-number', yamada, { sameCorporateNumber: ['OSK-1'], sameNameAndPrefecture: ['OSK-1'] }],
    ['duplicate-name', yamada, { sameNameAndPrefecture: ['OSK-1'] }],
    ['identity-changed', yamada, { identityChanged: true }],
    ['name-kind', { ...yamada, name: '合同会社山田製作所' }, {}],
    ['mail-disposable', { ...yamada, email: 'x@mailinator.com', url: undefined }, {}],
    ['policy-unreachable', yamada, { policy: { found: 'unreachable', detail: 'timeout' } }],
    ['policy-lacking', yamada, { policy: { found: 'lacking', detail: 'date' } }],
    ['policy-unreadable', yamada, { policy: { found: 'unreadable', detail: '' } }],
    ['sole-proprietor', { ...yamada, kind: 'sole', name: '山田デザイン', corporateNumber: undefined }, {}],
    ['mail-elsewhere', { ...yamada, url: 'https://www.maruhachi.example/' }, {}],
    ['mail-many', yamada, { sameMail: 3 }],
  ])('%s', (reason, filled, around) => {
    expect(reasonsOf(filled, around)).toEqual([reason])
  })

  test('wording that claims a certificate', () => {
    expect(reasonsOf({ ...yamada, name: '株式会社IPA認定★★セキュリティ' })).toContain('wording')
  })
})

test('a good policy is no oddity', () => {
  expect(reasonsOf(yamada, { policy: { found: 'good' } })).toEqual([])
})

test('one strong oddity asks for a person, a weak one only together with another', () => {
  const of = (filled: Filled, around: Partial<Surroundings> = {}) =>
    needsPerson(odditiesOf(filled, { ...quiet, ...around }))
  const elsewhere = { ...yamada, url: 'https://www.maruhachi.example/' }
  expect(of(yamada)).toBe(false)
  expect(of(elsewhere)).toBe(false)
  expect(of(elsewhere, { sameMail: 3 })).toBe(true)
  expect(of(yamada, { sameCorporateNumber: ['OSK-1'] })).toBe(true)
})

describe('the name against the kind of its number', () => {
  const kinds: [string, string, boolean][] = [
    ['7999901000001', '株式会社山田製作所', true],
    ['7999901000001', '㈱山田製作所', true],
    ['7999901000001', '山田製作所（株）', true],
    ['7999901000001', '山田製作所', false],
    ['7999901000001', '有限会社山田製作所', false],
    ['6999902000001', '有限会社北浜工務店', true],
    ['6999902000001', '株式会社北浜工務店', false],
    ['5999903000001', '合同会社みどり', true],
    ['5999903000001', 'Example Inc.', true],
    ['5999903000001', '株式会社みどり', false],
    ['3999905000001', '特定非営利活動法人みなと', true],
    ['3999905000001', '株式会社みなと', false],
    ['8000099990001', '港市', true],
    ['2700199990001', '中央町自治会', true],
    ['2700199990001', '株式会社中央町', false],
  ]
  test.each(kinds)('%s %s: %s', (corporateNumber, name, fits) => {
    expect(reasonsOf({ ...yamada, corporateNumber, name })).toEqual(fits ? [] : ['name-kind'])
  })

  test('a sole proprietor does not call itself a company', () => {
    const shop = { ...yamada, kind: 'sole' as const, name: '株式会社やまだ', corporateNumber: undefined }
    expect(reasonsOf(shop)).toEqual(['name-kind', 'sole-proprietor'])
  })
})

describe('the mail address beside the web address', () => {
  const kinds: [string, string | undefined, boolean][] = [
    ['sato@yamada.co.jp', 'https://www.yamada.co.jp/', true],
    ['sato@mail.yamada.co.jp', 'https://yamada.co.jp', true],
    ['sato@yamada.co.jp', 'https://www.yamada.jp/', false],
    ['sato@gmail.com', 'https://www.yamada.jp/', true],
    ['sato@xx.docomo.ne.jp', 'https://www.yamada.jp/', true],
    ['sato@other.co.jp', 'https://yamada.co.jp', false],
    ['sato@yamada.co.jp', undefined, true],
  ]
  test.each(kinds)('%s and %s: %s', (email, url, fits) => {
    expect(reasonsOf({ ...yamada, email, url })).toEqual(fits ? [] : ['mail-elsewhere'])
  })
})
