import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { keyedText } from './approve.ts'
import { compose, hashOf, missingSubjects, textOf, wholeText } from './compose.ts'
import { changeOf, diffPolicies } from './diff.ts'
import { chosenArticles, type Draft, openQuestions, startDraft } from './draft.ts'
import { fill, fillLines, plain } from './fill.ts'
import { sayDay } from './say-day.ts'

const yamada = {
  name: '株式会社山田製作所',
  employees: 18,
  representativeTitle: '代表取締役',
  representativeName: '山田 一郎',
  phone: '045-000-0000',
}
const draft = startDraft(yamada, 'ja', '2026-11-23')
const answered: Draft = {
  ...draft,
  answered: ['name', 'called', 'representative', 'assets', 'officer', 'contact', 'articles', 'dates'],
}
const withValue = (values: Partial<Draft['values']>): Draft => ({
  ...draft,
  values: { ...draft.values, ...values },
})

describe('dates', () => {
  test.each([
    ['2026-11-23', '令和8年（2026年）11月23日', '23 November 2026'],
    ['2019-05-01', '令和元年（2019年）5月1日', '1 May 2019'],
    ['2019-04-30', '平成31年（2019年）4月30日', '30 April 2019'],
    ['1989-01-07', '昭和64年（1989年）1月7日', '7 January 1989'],
    ['1920-01-02', '1920年1月2日', '2 January 1920'],
    ['', '', ''],
  ])('%s is written as %s', (date, ja, en) => {
    expect(sayDay('ja', date)).toBe(ja)
    expect(sayDay('en', date)).toBe(en)
  })
})

describe('filling in', () => {
  test('a value goes in once and is never looked at again', () => {
    const values = { short_name: '{{contact}}', contact: '総務部' }
    expect(plain(fill('{{short_name}}と{{contact}}', values))).toBe('{{contact}}と総務部')
  })

  test('no text that a company types is ever evaluated', () => {
    const sharp = fc.oneof(fc.string(), fc.stringMatching(/^[{}a-z_$`<>&]{0,40}$/))
    fc.assert(
      fc.property(sharp, sharp, (name, officer) => {
        const text = keyedText(withValue({ representative_name: name, officer_title: officer }))
        const structure = text.articles.find((one) => one.key === 'po.structure')?.text
        expect(structure).toBe(
          `情報セキュリティの責任者を${officer}とし、だれが何を担うかを社内の決まりで明らかにします。`,
        )
        expect(text.closing.at(-2)).toBe(`代表取締役 ${name}`)
      }),
    )
  })

  test('names of the language itself are no values', () => {
    expect(plain(fill('a{{constructor}}b{{to_string}}', {}))).toBe('ab')
  })

  test('a line whose only value is empty is left out, others stay', () => {
    const lines = fillLines('制定 {{a}}\n改定 {{b}}\n終わり\n{{a}} {{b}}', { a: '今日', b: '' })
    expect(lines.map(plain)).toEqual(['制定 今日', '終わり', '今日 '])
  })
})

describe('the draft', () => {
  test('begins with all that is known and with the articles that fit the company', () => {
    expect(draft.values).toMatchObject({
      company_name: '株式会社山田製作所',
      short_name: '当社',
      representative_name: '山田 一郎',
      contact: '電話 045-000-0000',
    })
    expect(chosenArticles(draft).map((one) => one.key)).toEqual([
      'po.management',
      'po.structure',
      'po.staff',
      'po.law',
      'po.incident',
      'po.measures',
      'po.education',
      'po.watch',
      'po.personal',
    ])
  })

  test('counts nothing as answered before somebody pressed the button', () => {
    expect(openQuestions(draft)).toHaveLength(8)
    expect(openQuestions(answered)).toEqual([])
    expect(openQuestions({ ...answered, values: { ...answered.values, contact: '' } })).toEqual(['contact'])
  })

  test('asks in English only what the English text says', () => {
    expect(openQuestions({ ...draft, lang: 'en' })).not.toContain('called')
  })
})

describe('the text', () => {
  test('has both dates, and without a revision no line for it', () => {
    const { closing } = textOf(compose(draft))
    expect(closing).toEqual([
      '令和8年（2026年）11月23日 制定',
      '株式会社山田製作所',
      '代表取締役 山田 一郎',
      'お問い合わせ：電話 045-000-0000',
    ])
    expect(textOf(compose(withValue({ revised_on: '2027-11-20' }))).closing).toContain(
      '令和9年（2027年）11月20日 改定',
    )
  })

  test('covers the four subjects until the article that alone covers one is deleted', () => {
    expect(missingSubjects(draft)).toEqual([])
    const keys = chosenArticles(draft).map((one) => one.key)
    const without = (gone: string): Draft => ({ ...draft, articles: keys.filter((key) => key !== gone) })
    expect(missingSubjects(without('po.structure'))).toEqual(['structure'])
    expect(missingSubjects(without('po.management'))).toEqual(['improvement'])
    expect(missingSubjects(without('po.law'))).toEqual([])
    expect(missingSubjects({ ...draft, articles: ['po.staff'] })).toEqual(['structure', 'law', 'improvement'])
  })

  test('reads in both languages without a hole', () => {
    for (const lang of ['ja', 'en'] as const) {
      const text = wholeText(textOf(compose(startDraft(yamada, lang, '2026-11-23'))))
      expect(text).not.toMatch(/\{\{|\}\}|undefined/)
      expect(text).toContain('2026')
    }
  })

  test('has a hash that any change of a letter changes', () => {
    const one = hashOf(textOf(compose(draft)))
    expect(one).toMatch(/^[0-9a-f]{64}$/)
    expect(hashOf(textOf(compose(withValue({ contact: '電話 045-000-0001' }))))).not.toBe(one)
  })
})

describe('what changed', () => {
  test('is only what changed, with the place in the sentence', () => {
    const after = keyedText({
      ...withValue({ representative_name: '山田 花子', revised_on: '2027-11-20' }),
      articles: ['po.management', 'po.structure', 'po.staff', 'po.law', 'po.incident', 'po.partners'],
      wording: { 'ja po.law': { title: '法令と契約', text: '法令と約束を守ります。' } },
    })
    const changes = diffPolicies(keyedText(draft), after)
    expect(changes.map((one) => one.kind)).toEqual([
      'changed',
      'added',
      'removed',
      'removed',
      'removed',
      'removed',
      'closing',
      'closing',
    ])
    expect(changes.slice(-2)).toEqual([
      { kind: 'closing', before: '代表取締役 山田 一郎', after: '代表取締役 山田 花子' },
      { kind: 'closing', before: '', after: '令和9年（2027年）11月20日 改定' },
    ])
    expect(diffPolicies(keyedText(draft), keyedText(draft))).toEqual([])
  })

  test('puts both texts together again from its parts', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (before, after) => {
        const change = changeOf(before, after)
        expect(change.start + change.before + change.end).toBe(before)
        expect(change.start + change.after + change.end).toBe(after)
      }),
    )
  })
})
