import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { wordingRules } from '../catalogue/index.ts'
import { checkWording } from './check-wording.ts'

const { cases } = wordingRules()

describe('a claim that a self-declaration may not make', () => {
  test.each(cases.flagged)('is found: %s', (text) => {
    const [hit, ...others] = checkWording(text)
    expect(hit).toBeDefined()
    expect(others).toEqual([])
    expect(text.slice(hit?.at, (hit?.at ?? 0) + (hit?.length ?? 0))).toBe(hit?.words)
  })

  test('is found in at least thirty ways, and thirty right ones are left alone', () => {
    expect(new Set(cases.flagged).size).toBeGreaterThanOrEqual(30)
    expect(new Set(cases.clean).size).toBeGreaterThanOrEqual(30)
  })
})

test.each(cases.clean)('this is left alone: %s', (text) => {
  expect(checkWording(text)).toEqual([])
})

test.each(cases.left_to_scs_rule)('this belongs to another scheme: %s', (text) => {
  expect(checkWording(text)).toEqual([])
})

describe('a hit', () => {
  test('shows the place in the text as it was typed', () => {
    const text = '当社の紹介です。\r\nＳＥＣＵＲＩＴＹ　ＡＣＴＩＯＮ ﾆツ星… ｾｷｭﾘﾃｨｱｸｼｮﾝ　を 取得しました。'
    const [hit] = checkWording(text)
    expect(hit?.words).toBe('ｾｷｭﾘﾃｨｱｸｼｮﾝ　を 取得')
    expect(text.indexOf(hit?.words ?? '?')).toBe(hit?.at)
  })

  test('suggests the star that was meant, in the language of the words', () => {
    const suggested = (text: string): string | undefined => checkWording(text)[0]?.suggestion
    expect(suggested('★★を取得')).toBe('SECURITY ACTION（二つ星）を自己宣言しています')
    expect(suggested('一つ星を取得')).toBe('SECURITY ACTION（一つ星）を自己宣言しています')
    expect(suggested('IPA公認の会社です')).toBe('SECURITY ACTIONを自己宣言しています')
    expect(suggested('Certified by IPA (two stars)')).toBe('has self-declared SECURITY ACTION (two stars)')
    expect(checkWording('★★を取得', 'en')[0]?.suggestion).toBe(
      'has self-declared SECURITY ACTION (two stars)',
    )
  })

  test('is one for each sentence that claims, however long the text', () => {
    expect(checkWording('二つ星を取得しました。'.repeat(50))).toHaveLength(50)
  })

  test('what is suggested is itself right', () => {
    for (const lang of ['ja', 'en'] as const) {
      for (const sentence of Object.values(wordingRules().suggest[lang]))
        expect(checkWording(sentence)).toEqual([])
    }
  })
})

const pieces = [
  'SECURITY ACTION',
  'SECURITY ',
  '二つ星',
  '★',
  '★★',
  'を',
  '取得',
  '認定',
  '、',
  '。',
  '\n',
  ' ',
  '　',
  '(',
  ')',
  'IPA',
  'の',
  'ではありません',
  'certified',
  ' not ',
  'by ',
  '情報',
  'ﾞ',
  'a',
] as const

describe('any text whatever', () => {
  test('is looked at, and every hit lies where it says', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 60 }), (parts) => {
        const text = parts.join('')
        for (const hit of checkWording(text)) {
          expect(text.slice(hit.at, hit.at + hit.length)).toBe(hit.words)
          expect(hit.length).toBeGreaterThan(0)
        }
      }),
      { numRuns: 1_000 },
    )
  })

  test('takes time in step with its length, also where every word is a subject or a claim', () => {
    const spent = (text: string): number => {
      const begun = performance.now()
      checkWording(text)
      return performance.now() - begun
    }
    spent('二つ星を取得'.repeat(1_000))
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 4 }), (parts) => {
        const unit = parts.join('')
        expect(spent(unit.repeat(Math.ceil(100_000 / unit.length)))).toBeLessThan(2_000)
      }),
      { numRuns: 40 },
    )
  })
})
