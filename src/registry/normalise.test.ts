import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { gramsOf, gramsToFind } from './gram.ts'
import { kanjiVariants } from './kanji-variants.ts'
import { searchKey, searchWords } from './normalise.ts'

describe('a name is one name', () => {
  test.each([
    ['full and half width', '㈱ＡＢＣ１２３', '株式会社ABC123'],
    ['half-width katakana', 'ﾔﾏﾀﾞ', 'ヤマダ'],
    ['hiragana and katakana', 'やまだせいさくしょ', 'ヤマダセイサクショ'],
    ['髙 and 高', '髙橋', '高橋'],
    ['﨑 and 崎', '山﨑', '山崎'],
    ['齋, 齊, 斎 and 斉', '齋藤齊藤', '斎藤斉藤'],
    ['邊, 邉 and 辺', '渡邊渡邉', '渡辺渡辺'],
    ['𠮷 and 吉', '𠮷野家', '吉野家'],
    ['old and new forms', '國廣濵澤眞榮', '国広浜沢真栄'],
    ['compatibility forms', '神社福祉', '神社福祉'],
    ['a selected form', '辻󠄀葛󠄀', '辻葛'],
    ['the kind of body, its short forms and its side', '㈱山田', '山田（株）'],
    ['a body written in old kanji with spaces', '株式 會社 山田', '山田 株式会社'],
    ['a body in brackets that is cut off', '山田(株', '株）山田'],
    ['a reading with its body', 'カブシキガイシャヤマダ', 'カ）ヤマダ'],
    ['a limited company', '㈲山田', '有限会社山田'],
    ['an association', '特定非営利活動法人みなと', 'NPO法人みなと'],
    ['a company in English', 'Yamada Co., Ltd.', 'ＹＡＭＡＤＡ'],
    ['accents', 'Café', 'CAFE'],
    ['middle dots and hyphens', 'サン・フーズ', 'サンフーズ'],
    ['small and large kana', 'キャノン', 'キヤノン'],
    ['long vowels', 'コンピューター', 'コンピュータ'],
    ['a long vowel written as a stroke', 'サ－ビス', 'サービス'],
    ['ヴ and ブ', 'ヴァイオリン', 'バイオリン'],
    ['ヂ, ヅ and ジ, ズ', 'みかづき', 'みかずき'],
    ['ヶ, ケ and が between kanji', '関ヶ原関が原', '関ケ原関ケ原'],
    ['の and ノ and 之', '井の上', '井之上'],
    ['a repeated kanji', '佐々木', '佐佐木'],
    ['a circled number', '①', '1'],
  ])('%s: %s is %s', (_, one, other) => {
    expect(searchKey(one)).toBe(searchKey(other))
    expect(searchKey(one)).not.toBe('')
  })

  test('what belongs to a name stays', () => {
    expect(searchKey('株木建設')).toBe('株木建設')
    expect(searchKey('有田焼')).toBe('有田焼')
    expect(searchKey('山田協同組合')).toBe('山田協同組合')
    expect(searchKey('かまがや')).toBe('カマガヤ')
    expect(searchKey('畑中')).not.toBe(searchKey('畠中'))
    expect(searchKey('大坂')).not.toBe(searchKey('大阪'))
    expect(searchKey('☆☆')).toBe('☆☆')
  })

  test('no form of a kanji leads on to another', () => {
    for (const kept of kanjiVariants.values()) expect(kanjiVariants.has(kept), kept).toBe(false)
    expect(kanjiVariants.size).toBeGreaterThan(450)
  })
})

/** Names as firms have them, and what nobody foresees. */
const part = fc.constantFrom(
  ...'山田 髙橋 齋藤 佐々木 関ヶ原 井之上 株式会社 ㈱ （株） 株式 会社 (有) カ） サービス ｻｰﾋﾞｽ ヴァ ガ が ケ 々 ー ・ － Ａ Ｂ Co.,Ltd. Café ☆ 　 ) ( ﾞ 𠮷 辻󠄀 Σ İ'.split(
    ' ',
  ),
)
const likely = fc.array(part, { maxLength: 8 }).map((parts) => parts.join(''))
const name = fc.oneof(likely, fc.string({ unit: 'grapheme', maxLength: 20 }))

describe('the key of a name, whatever the name', () => {
  test('is the key of itself', () => {
    fc.assert(
      fc.property(name, (text) => {
        const key = searchKey(text)
        expect(searchKey(key)).toBe(key)
      }),
      { numRuns: 3_000 },
    )
  })

  test('is found by each of its parts of one or more characters', () => {
    fc.assert(
      fc.property(name, fc.nat(), fc.nat(), (text, from, length) => {
        const key = [...searchKey(text)]
        if (key.length === 0) return
        const at = from % key.length
        const typed = key.slice(at, at + 1 + (length % key.length)).join('')
        const words = searchWords(typed)
        const grams = new Set(gramsOf(key.join('')))
        for (const word of words) {
          expect(key.join('')).toContain(word)
          for (const gram of gramsToFind(word)) expect(grams.has(gram)).toBe(true)
        }
        expect(words.length).toBeGreaterThan(0)
      }),
      { numRuns: 3_000 },
    )
  })

  test('is found by the name itself as it was entered', () => {
    fc.assert(
      fc.property(likely, (text) => {
        const key = searchKey(text)
        for (const word of searchWords(text)) expect(key).toContain(word)
      }),
      { numRuns: 3_000 },
    )
  })
})
