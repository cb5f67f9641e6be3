import { describe, expect, test } from 'vitest'
import { fitName, tidy, widthOf, xml } from './text.ts'

const room = 206
const fits = (name: string) => {
  const { size, lines } = fitName(name, room)
  for (const line of lines) expect(widthOf(line) * size, line).toBeLessThanOrEqual(room)
  return { size, lines }
}

describe('a name in the picture', () => {
  test('stands in one line as large as it fits', () => {
    expect(fits('山田製作所')).toEqual({ size: 20, lines: ['山田製作所'] })
    expect(fits('株式会社山田製作所')).toEqual({ size: 20, lines: ['株式会社山田製作所'] })
    expect(fits('株式会社大阪港食品加工')).toEqual({ size: 17, lines: ['株式会社大阪港食品加工'] })
  })

  test('breaks where Japanese may break, and a Latin word never inside', () => {
    expect(fits('公益社団法人大阪港湾振興協会西日本支部').lines).toHaveLength(2)
    for (const line of fits('株式会社サンプル・テクノロジー・ソリューションズ・ジャパン').lines)
      expect(line).not.toMatch(/^[ー・ッョ]/)
    expect(fits('株式会社サンプル・テクノロジー・ソリューションズ・ジャパン').lines[1]).toBe(
      'ソリューションズ・ジャパン',
    )
    expect(fits('インターナショナルマニュファクチャリング').lines).toHaveLength(2)
    expect(fits('Minato International Logistics Japan').lines.join(' ')).toBe(
      'Minato International Logistics Japan',
    )
  })

  test('ends with an ellipsis when even the smallest type has no room', () => {
    const { size, lines } = fits('株式会社'.repeat(30))
    expect([size, lines.length]).toEqual([11, 3])
    expect(lines[2]).toMatch(/…$/)
    expect(fits('W'.repeat(300)).lines[2]).toMatch(/…$/)
    expect(fits('').lines.join('')).toBe('')
  })

  test('keeps characters whole that are made of several codes', () => {
    const { lines } = fits('👩‍👩‍👧‍👦'.repeat(60))
    expect(lines.join('').replace('…', '')).toMatch(/^(👩‍👩‍👧‍👦)+$/u)
    expect(fits(`葛\u{E0100}城株式会社`).lines).toEqual([`葛\u{E0100}城株式会社`])
  })
})

test('text for XML holds nothing that XML cannot, and nothing that turns the writing round', () => {
  expect(xml(`<b>"A&B's"</b>`)).toBe('&lt;b&gt;&quot;A&amp;B&#39;s&quot;&lt;/b&gt;')
  expect(tidy('山田\u0000\u0008\n\t製作所\u202e\u200f\ufeff')).toBe('山田 製作所')
  expect(xml('半\ud800分\uffff')).toBe('半\ufffd分')
})
