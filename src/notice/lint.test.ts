import { describe, expect, test } from 'vitest'
import { type AuthoredTexts, type Lang, languages, type NoticeType, noticeCatalogue } from './catalogue.ts'
import { type Chosen, type Filled, fillTexts, textsOf, type Values } from './fill.ts'
import {
  buttonProblems,
  claimProblems,
  contentProblems,
  fieldProblems,
  type LintProblem,
  lengthProblems,
  parityProblems,
  strangeProblems,
  wordProblems,
} from './lint.ts'

const catalogue = noticeCatalogue()
const every = catalogue.items.flatMap((type) =>
  textsOf(type).map((chosen) => ({ type, chosen, where: `${type.id} ${chosen.variant}` })),
)
const wordsFor = (name: string, lang: Lang): string | undefined =>
  (lang === 'ja' ? catalogue.fields[name]?.missing : catalogue.fields[name]?.missingEn) ?? undefined

const samples =
  (type: NoticeType, lang: Lang): Values =>
  (name) => ({ given: (lang === 'ja' ? type.sample : type.sampleEn)[name], words: wordsFor(name, lang) })
const longest =
  (lang: Lang): Values =>
  (name) => ({ given: 'あ'.repeat(catalogue.fields[name]?.max ?? 0), words: wordsFor(name, lang) })
/** Nothing is known but the times, which an alert always has. */
const missing =
  (lang: Lang): Values =>
  (name) => ({
    given: ['time', 'since', 'actionTime', 'callBy', 'period'].includes(name) ? '14時21分' : undefined,
    words: wordsFor(name, lang),
  })

const fill = (chosen: Chosen, lang: Lang, values: Values): Filled =>
  fillTexts(chosen[lang], values, catalogue.question[lang])

describe('all texts of the catalogue keep the rules', () => {
  test('there are twenty-two types and every detection has one', () => {
    expect(catalogue.items).toHaveLength(22)
    expect(every.length).toBeGreaterThanOrEqual(35)
  })

  test.each(every)('$where: words, claims, fields and the same in both languages', ({ chosen, where }) => {
    const found = languages.flatMap((lang) => [
      ...wordProblems(chosen[lang], { lang, where }),
      ...claimProblems(chosen[lang], chosen.when, { lang, where }),
      ...fieldProblems(chosen[lang], { lang, where }),
    ])
    expect([...found, ...parityProblems(chosen, where)]).toEqual([])
  })

  test.each(every)('$where: with the sample values', ({ type, chosen, where }) => {
    const found = languages.flatMap((lang) => {
      const { texts, named } = fill(chosen, lang, samples(type, lang))
      const at = { lang, where, key: type.key }
      return [
        ...lengthProblems(texts, at, 'authored'),
        ...strangeProblems(texts, at),
        ...contentProblems(texts, named, at),
        ...buttonProblems(texts, at),
      ]
    })
    expect(found).toEqual([])
  })

  test.each(every)('$where: with the longest values', ({ type, chosen, where }) => {
    const { texts } = fill(chosen, 'ja', longest('ja'))
    expect(lengthProblems(texts, { lang: 'ja', where: `${where} ${type.key}` }, 'filled')).toEqual([])
  })

  test.each(every)('$where: with nothing known but the time', ({ type, chosen, where }) => {
    const found = languages.flatMap((lang) => {
      const { texts, named } = fill(chosen, lang, missing(lang))
      const at = { lang, where, key: type.key }
      expect(texts.title).not.toBe('')
      expect(texts.what.length).toBeGreaterThan(0)
      return [
        ...lengthProblems(texts, at, 'filled'),
        ...strangeProblems(texts, at),
        ...buttonProblems(texts, at),
        ...contentProblems(texts, named, at).filter((each) => each.rule !== 'must-name'),
      ]
    })
    expect(found).toEqual([])
  })

  test('a type that claims an act has a text for when nothing is held', () => {
    for (const type of catalogue.items.filter((each) => each.containment !== undefined)) {
      expect(textsOf(type).some((each) => each.when === 'not-contained' && each.for === undefined)).toBe(true)
    }
  })
})

describe('a bad text is found', () => {
  const good = catalogue.items[2]
  if (!good) throw new Error('the catalogue has no third type')
  const at = { lang: 'ja' as Lang, where: 'seeded', key: good.key }
  const rules = (found: readonly LintProblem[]): string[] => [...new Set(found.map((each) => each.rule))]
  const authored = (change: Partial<AuthoredTexts>): AuthoredTexts => ({ ...good.ja, ...change })
  const filled = (change: Partial<AuthoredTexts>, lang: Lang = 'ja'): Filled =>
    fillTexts({ ...good[lang], ...change }, samples(good, lang), '')
  const inEnglish = { ...at, lang: 'en' as Lang }

  test.each<[string, () => LintProblem[]]>([
    ['title', () => lengthProblems(filled({ title: 'あ'.repeat(29) }).texts, at, 'authored')],
    ['sentence', () => lengthProblems(filled({ what: [`${'あ'.repeat(38)}。`] }).texts, at, 'authored')],
    [
      'total',
      () => lengthProblems(filled({ what: Array(9).fill(`${'あ'.repeat(30)}。`) }).texts, at, 'authored'),
    ],
    ['title', () => lengthProblems(filled({ title: 'x'.repeat(65) }, 'en').texts, inEnglish, 'authored')],
    [
      'sentence',
      () => lengthProblems(filled({ what: ['a '.repeat(21)] }, 'en').texts, inEnglish, 'authored'),
    ],
    [
      'total',
      () =>
        lengthProblems(
          filled({ what: Array(9).fill('a b c d e f g h i j k.') }, 'en').texts,
          inEnglish,
          'authored',
        ),
    ],
    ['todo-count', () => lengthProblems(filled({ todo: ['あ', 'い', 'う', 'え'] }).texts, at, 'authored')],
    [
      'answer-count',
      () =>
        lengthProblems(filled({ answers: [...good.ja.answers, ...good.ja.answers] }).texts, at, 'authored'),
    ],
    ['banned', () => wordProblems(authored({ title: 'アラートです' }), at)],
    ['katakana', () => wordProblems(authored({ title: 'サーバーが止まりました' }), at)],
    ['latin', () => wordProblems(authored({ title: 'DNSの動き' }), at)],
    ['kanji-run', () => wordProblems(authored({ title: '不正通信検知' }), at)],
    ['address', () => strangeProblems(filled({ what: ['相手は198.51.100.77です。'] }).texts, at)],
    ['address', () => strangeProblems(filled({ what: ['相手は2001:db8:0:1::7です。'] }).texts, at)],
    ['hash', () => strangeProblems(filled({ what: [`${'a1'.repeat(16)} です。`] }).texts, at)],
    ['placeholder', () => strangeProblems({ ...filled({}).texts, title: '{device}' }, at)],
    [
      'must-contain',
      () =>
        contentProblems(
          filled({ todo: ['{device}です'], doNot: [], title: '{time}' }).texts,
          new Set(['device', 'time']),
          at,
        ),
    ],
    ['must-name', () => contentProblems(filled({}).texts, new Set(['time']), at)],
    ['must-name-time', () => contentProblems(filled({}).texts, new Set(['device', 'callBy']), at)],
    ['button', () => buttonProblems(filled({ todo: ['「閉める」を押してください。'] }).texts, at)],
    ['button', () => buttonProblems(filled({ todo: ['Please press "Close".'] }, 'en').texts, inEnglish)],
    ['claim', () => claimProblems(authored({}), 'not-contained', at)],
    ['claim', () => claimProblems(good.en, undefined, inEnglish)],
    ['unknown-field', () => fieldProblems(authored({ title: '{address}です' }), at)],
    ['parity-slots', () => parityProblems({ ...chosenOf(), en: { ...good.en, doNot: [] } }, 'seeded')],
    [
      'parity-answers',
      () =>
        parityProblems({ ...chosenOf(), en: { ...good.en, answers: good.en.answers.slice(1) } }, 'seeded'),
    ],
    [
      'parity-fields',
      () => parityProblems({ ...chosenOf(), en: { ...good.en, what: ['Nothing.'] } }, 'seeded'),
    ],
  ])('%s', (rule, lint) => {
    expect(rules(lint())).toContain(rule)
  })

  function chosenOf(): Chosen {
    const found = good && textsOf(good)[0]
    if (!found) throw new Error('the type has no text')
    return found
  }
})
