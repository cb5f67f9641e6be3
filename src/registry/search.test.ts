import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { withoutScope } from '../store/index.ts'
import { enterMany } from './enter-many.ts'
import type { NewEntry } from './entry.ts'
import { countedUpTo, makeSearch, perPage, type SearchResult } from './search.ts'
import { conditionsOf, readBox, type SearchQuery } from './search-query.ts'
import { changeEntryDetails, changeEntryStatus } from './store.ts'
import { type Shelf, testShelf, wednesday, yamadaEntry } from './test-shelf.ts'

let shelf: Shelf
const numbers = new Map<string, string>()

const firms: readonly (Partial<NewEntry> & { readonly name: string })[] = [
  { name: '株式会社山田製作所', corporateNumber: '7999901000001' },
  { name: '㈱髙橋工務店', nameKana: 'タカハシコウムテン', industry: 'D' },
  { name: '渡邊サービス（株）', nameKana: 'ワタナベサービス', prefecture: '13' },
  { name: '有限会社　齋藤コンピューター', nameKana: undefined },
  { name: 'ＡＢＣ物流合同会社', nameKana: 'エービーシーブツリュウ', level: 'SA1', pledgeEdition: 'jou5' },
  { name: '森', nameKana: 'もり', soleProprietor: true, corporateNumber: undefined },
  { name: '医療法人社団 関ヶ原会', nameKana: 'セキガハラカイ', prefecture: '21' },
  { name: '山田', nameKana: 'やまだ', declaredOn: '2023-05-01', corporateNumber: '8999901000000' },
  { name: '小山田青果', nameKana: 'おやまだせいか', declaredOn: '2024-05-01' },
  { name: '製山作田所', nameKana: undefined },
  { name: "O'Brien & Sons Co., Ltd.", nameKana: 'オブライエン' },
  { name: '＝SUM(1)工業', nameKana: undefined },
]

beforeAll(async () => {
  shelf = await testShelf()
  for (const [at, firm] of firms.entries()) {
    const corporateNumber = firm.soleProprietor ? undefined : `99999020000${String(at).padStart(2, '0')}`
    numbers.set(firm.name, await shelf.enter({ corporateNumber, ...firm }))
  }
})
afterAll(() => shelf.database.drop())

const look = makeSearch()
const ask = (query: Partial<SearchQuery>, page = 1): Promise<SearchResult> =>
  withoutScope(shelf.database.store.app, (tx) =>
    look(tx, { query: { typed: '', ...query }, page, code: 'OSK', now: wednesday }),
  )
const found = async (query: Partial<SearchQuery>): Promise<string[]> =>
  (await ask(query)).entries.map((entry) => entry.name)

describe('the search really finds', () => {
  test.each([
    ['the name as it stands', '株式会社山田製作所', '株式会社山田製作所'],
    ['(株) behind', '山田製作所（株）', '株式会社山田製作所'],
    ['㈱', '㈱山田製作所', '株式会社山田製作所'],
    ['髙 by 高', '高橋', '㈱髙橋工務店'],
    ['髙 by 髙', '髙橋', '㈱髙橋工務店'],
    ['邊 by 辺', '渡辺', '渡邊サービス（株）'],
    ['邊 by 邉', '渡邉', '渡邊サービス（株）'],
    ['half-width katakana', 'ﾜﾀﾅﾍﾞ', '渡邊サービス（株）'],
    ['hiragana', 'わたなべさーびす', '渡邊サービス（株）'],
    ['a reading kept in hiragana by katakana', 'ヤマダセイサク', '株式会社山田製作所'],
    ['the long vowel left out', '斉藤コンピュータ', '有限会社　齋藤コンピューター'],
    ['half-width letters', 'abc物流', 'ＡＢＣ物流合同会社'],
    ['ヶ by が', '関が原', '医療法人社団 関ヶ原会'],
    ['two characters', '髙橋', '㈱髙橋工務店'],
    ['two characters in the middle', '田製', '株式会社山田製作所'],
    ['one character', '森', '森'],
    ['one character by its reading', 'も', '森'],
    ['words apart, in any order', '製作所 山田', '株式会社山田製作所'],
    ['a name and its reading together', '髙橋 コウムテン', '㈱髙橋工務店'],
    ['an apostrophe', 'O’Brien', "O'Brien & Sons Co., Ltd."],
    ['a corporate number', '7999901000001', '株式会社山田製作所'],
    ['a corporate number in full width with hyphens', '７-9999-0100-0001', '株式会社山田製作所'],
    ['the T of an invoice issuer', 'T7999901000001', '株式会社山田製作所'],
  ])('%s: %s', async (_, typed, name) => {
    expect(await found({ typed })).toContain(name)
  })

  test('by the number of the declaration, in any writing, with and without its code', async () => {
    const number = numbers.get('㈱髙橋工務店') ?? ''
    for (const typed of [
      number,
      number.toLowerCase(),
      number.replace('-', ''),
      number.slice(4),
      ` ${number} `,
    ]) {
      expect(await found({ typed }), typed).toEqual(['㈱髙橋工務店'])
    }
  })

  test('nothing that merely has the same pairs of characters', async () => {
    expect(await found({ typed: '山田製作所' })).not.toContain('製山作田所')
    expect(await found({ typed: '製作田' })).toEqual([])
  })

  test('the whole name first, then the newest declaration', async () => {
    expect((await found({ typed: '山田' })).slice(0, 3)).toEqual(['山田', '株式会社山田製作所', '小山田青果'])
  })
})

describe('the search says how it understood the box', () => {
  test.each([
    ['', 'nothing'],
    ['　', 'nothing'],
    ['株式会社', 'body-only'],
    ['51234567890', 'official'],
    ['４１２３-4567-890', 'official'],
    ['OSK-00000000Z', 'wrong-number'],
    ['1234567890123', 'corporate'],
    ['山田', 'words'],
    ['%_\\', 'words'],
  ] as const)('%j as %s', (typed, as) => {
    expect(readBox(typed, 'OSK').as).toBe(as)
  })

  test('shows everything where nothing narrows, and nothing where a number is not of this register', async () => {
    expect((await ask({})).total).toBe(firms.length)
    expect((await ask({ typed: '株式会社' })).total).toBe(firms.length)
    expect((await ask({ typed: '51234567890' })).entries).toEqual([])
    expect((await ask({ typed: 'OSK-00000000Z' })).entries).toEqual([])
  })

  test.each(["' or 1=1 --", '\\', '%', '_', '山\0田橋', '山\ud800橋', '🍣', 'あ'.repeat(5_000)])(
    'lives through %j',
    async (typed) => {
      expect((await ask({ typed })).entries).toEqual([])
    },
  )
})

describe('filters', () => {
  test('by prefecture, trade, level, state and day, alone and together', async () => {
    expect(await found({ prefecture: '13' })).toEqual(['渡邊サービス（株）'])
    expect(await found({ industry: 'D' })).toEqual(['㈱髙橋工務店'])
    expect(await found({ level: 'SA1' })).toEqual(['ＡＢＣ物流合同会社'])
    expect(await found({ from: '2023-01-01', to: '2023-12-31' })).toEqual(['山田'])
    expect(await found({ typed: '山田', from: '2024-01-01', to: '2024-12-31' })).toEqual(['小山田青果'])
    expect(await found({ typed: '渡辺', prefecture: '27' })).toEqual([])
  })

  test('follow a change of state and of name at once', async () => {
    const number = await shelf.enter({ name: '旧名商店', corporateNumber: undefined })
    await withoutScope(shelf.database.store.app, async (tx) => {
      await changeEntryStatus(
        tx,
        { number, status: 'suspended', reason: '確認中' },
        { by: 'registry', now: wednesday },
      )
      const { nameKana, corporateNumber, town, selfCheckOn, policyUrl } = {
        ...yamadaEntry,
        corporateNumber: undefined,
      }
      await changeEntryDetails(
        tx,
        {
          number,
          name: '新名商店',
          nameKana,
          corporateNumber,
          prefecture: '01',
          town,
          industry: 'I',
          selfCheckOn,
          policyUrl,
        },
        { by: 'company', now: wednesday },
      )
    })
    expect(await found({ status: 'suspended' })).toEqual(['新名商店'])
    expect(await found({ typed: '旧名' })).toEqual([])
    expect(await found({ typed: '新名', prefecture: '01', industry: 'I' })).toEqual(['新名商店'])
  })
})

describe('a register of many', () => {
  const many = 6_000
  beforeAll(async () => {
    const entries = Array.from(
      { length: many },
      (_, n): NewEntry => ({
        ...yamadaEntry,
        name: `${n % 7 === 0 ? '大' : '小'}工業${n}`,
        nameKana: undefined,
        corporateNumber: undefined,
        prefecture: n % 2 === 0 ? '40' : '41',
        declaredOn: `20${String(20 + (n % 6))}-0${1 + (n % 9)}-1${n % 10}`,
      }),
    )
    await withoutScope(shelf.database.store.app, (tx) =>
      enterMany(tx, entries, { code: 'OSK', now: wednesday }),
    )
    await shelf.database.superuser.query('analyze registry_entry')
  })

  test('is counted exactly while that is cheap, and says "or more" beyond', async () => {
    const few = await ask({ typed: '大工業' })
    expect(few).toMatchObject({ total: Math.ceil(many / 7), more: false })
    expect(await ask({ typed: '工業' })).toMatchObject({ total: countedUpTo, more: true, pages: 50 })
    expect(await ask({ typed: '工業' }), 'remembered').toMatchObject({ total: countedUpTo, more: true })
  })

  test.each([
    ['few', { typed: '大工業' }],
    ['usual', { typed: '工業' }],
    ['usual and old', { prefecture: '40', to: '2022-12-31' }],
    ['one character', { typed: '工' }],
  ] as const)('is turned page by page without a gap or a double: %s', async (_, query) => {
    const seen: string[] = []
    const days: string[] = []
    for (let page = 1; page <= 6; page++) {
      const { entries } = await ask(query, page)
      expect(entries).toHaveLength(perPage)
      seen.push(...entries.map((entry) => entry.number))
      days.push(...entries.map((entry) => entry.declaredOn))
    }
    expect(new Set(seen).size).toBe(seen.length)
    expect(days).toEqual([...days].sort().reverse())
  })

  test('ends at its last page, and a page beyond shows none', async () => {
    const pages = Math.ceil(Math.ceil(many / 7) / perPage)
    expect((await ask({ typed: '大工業' }, pages)).entries.length).toBeGreaterThan(0)
    expect((await ask({ typed: '大工業' }, pages + 1)).entries).toEqual([])
    expect((await ask({ typed: '工業' }, 900)).page).toBe(50)
  })

  test('answers from the index of pairs', async () => {
    const query = { typed: '大工業12', prefecture: '40' }
    const { where, values } = conditionsOf(query, readBox(query.typed, 'OSK'))
    const { rows } = await shelf.database.superuser.query<{ 'QUERY PLAN': string }>(
      `explain select number from registry_entry e where ${where}`,
      [...values],
    )
    expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('registry_entry_grams')
  })
})
