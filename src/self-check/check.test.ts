import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type AnswerId, answerIds, selfCheckFacts } from '../catalogue/index.ts'
import { joinAnswers, splitFrom, sumOfMeans } from './aggregate.ts'
import { answersFor, bandOf, editionOf, nextUnanswered, scoresOf, tally } from './check.ts'
import { answersWith, order } from './test-answers.ts'
import { aheadOf, type Standing, type ToDo, toDosOf } from './to-do.ts'

const facts = selfCheckFacts()
const { scoring, questions } = facts
const scores = scoresOf(scoring)
const partOf = (key: string) => questions.get(key)?.part ?? 'basic'
const linesOf = (answers: ReadonlyMap<string, AnswerId>) =>
  [...answers].map(([key, answer]) => ({ key, answer, part: partOf(key) }))
const standing = (answers: ReadonlyMap<string, AnswerId>, contradicted: readonly string[] = []): Standing[] =>
  linesOf(answers).map((line, at) => ({
    ...line,
    no: at + 1,
    verdict: contradicted.includes(line.key) ? 'contradicts' : 'none',
  }))
const listOf = (of: readonly Standing[]): ToDo[] =>
  toDosOf(of, { check: 'c', scores, questions, parts: scoring.parts })

describe('the score', () => {
  test('of any answers lies in −25 to 100, has one band, is the sum of its parts, and leaves a to-do for each answer below 4', () => {
    const anyAnswers = fc.array(fc.constantFrom(...answerIds), { minLength: 25, maxLength: 25 })
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        const given = new Map(order.map((key, at) => [key, answers[at] ?? 'done']))
        const sum = tally(linesOf(given), scoring)
        expect(sum.total).toBeGreaterThanOrEqual(-25)
        expect(sum.total).toBeLessThanOrEqual(100)
        expect(sum.parts.basic + sum.parts.staff + sum.parts.organisation).toBe(sum.total)
        expect(scoring.bands.filter((one) => one.from <= sum.total && sum.total <= one.to)).toHaveLength(1)
        const below = [...given].filter(([, answer]) => scores[answer] < 4).map(([key]) => key)
        expect(
          listOf(standing(given))
            .map((one) => one.key)
            .toSorted(),
        ).toEqual(below.toSorted())
      }),
      { numRuns: 500 },
    )
  })

  test.each([
    [-25, 'urgent'],
    [-1, 'urgent'],
    [0, 'urgent'],
    [49, 'urgent'],
    [50, 'gaps'],
    [69, 'gaps'],
    [70, 'good'],
    [99, 'good'],
    [100, 'full'],
  ])('%i points are in the band %s', (total, band) => {
    expect(bandOf(total, scoring)).toBe(band)
  })

  test('わからない everywhere is −25, not zero', () => {
    const all = tally(linesOf(answersWith('unknown')), scoring)
    expect(all).toMatchObject({
      total: -25,
      band: 'urgent',
      unknown: 25,
      parts: { basic: -5, staff: -13, organisation: -7 },
    })
  })

  test('該当しない counts 4 and is counted apart', () => {
    const sum = tally(linesOf(answersWith('done', { 'sc.wifi': 'not_applicable' })), scoring)
    expect(sum).toMatchObject({ total: 100, notApplicable: 1, band: 'full' })
  })
})

describe('the editions', () => {
  test.each([
    ['2018', 'sc.updates', ['done', 'partly', 'not_done']],
    ['2018', 'sc.wifi', ['done', 'partly', 'not_done', 'not_applicable']],
    ['3', 'sc.updates', ['done', 'partly', 'not_done', 'unknown']],
    ['3.1', 'sc.wifi', ['done', 'partly', 'not_done', 'unknown', 'not_applicable']],
    ['4.0', 'sc.updates', ['done', 'partly', 'not_done', 'unknown']],
  ] as const)('edition %s offers for %s: %s', (id, key, buttons) => {
    const question = questions.get(key)
    expect(question && answersFor(editionOf(facts, id), question)).toEqual(buttons)
  })

  test('after a question comes the next open one, round the end', () => {
    expect(nextUnanswered(['a', 'b', 'c'], new Set(['b']), 'a')).toBe('c')
    expect(nextUnanswered(['a', 'b', 'c'], new Set(['b', 'c']), 'c')).toBe('a')
    expect(nextUnanswered(['a', 'b'], new Set(['a', 'b']), 'a')).toBe(undefined)
  })
})

describe('several sheets', () => {
  const join = (...answers: AnswerId[]) => joinAnswers(answers, scores)

  test.each([
    [['done', 'not_done'], 'not_done', 4],
    [['done', 'unknown'], 'unknown', 5],
    [['partly', 'partly'], 'partly', 0],
    [['not_applicable', 'done'], 'done', 0],
    [['not_applicable', 'partly'], 'partly', 2],
  ] as const)('%s: the weakest is %s, %i apart', (answers, min, spread) => {
    expect(join(...answers)).toMatchObject({ min, spread })
  })

  test('an answer nobody gave stays open, and from 2 points apart on it is told', () => {
    expect(join()).toBe(undefined)
    expect(splitFrom).toBe(2)
  })

  test('sites of 100 and 40 come to a mean of 70, but the weakest answers stay urgent', () => {
    const honsha = answersWith('done')
    const weak = Object.fromEntries(order.slice(10).map((key) => [key, 'not_done' as const]))
    const kojo = answersWith('done', weak)
    const joined = order.map((key) => join(honsha.get(key) ?? 'done', kojo.get(key) ?? 'done'))
    const whole = joined.flatMap((one) => one ?? [])
    const headline = tally(
      order.map((key, at) => ({ part: partOf(key), answer: whole[at]?.min ?? 'done' })),
      scoring,
    )
    expect(sumOfMeans(whole)).toBe(70)
    expect(headline).toMatchObject({ total: 40, band: 'urgent' })
  })

  test('the sum of means is rounded down, also below zero and with thirds', () => {
    expect(sumOfMeans([{ sum: 3, count: 2 }])).toBe(1)
    expect(sumOfMeans([{ sum: -1, count: 2 }])).toBe(-1)
    expect(sumOfMeans([1, 1, 1].map((sum) => ({ sum, count: 3 })))).toBe(1)
  })
})

describe('the to-dos', () => {
  test('come as わからない, していない, 一部している, contradicted; among equals by part, minutes and number', () => {
    const list = listOf(
      standing(
        answersWith('done', {
          'sc.rules': 'unknown',
          'sc.mail_links': 'unknown',
          'sc.misdelivery': 'unknown',
          'sc.updates': 'not_done',
          'sc.passwords': 'partly',
          'sc.threat_news': 'partly',
        }),
        ['sc.antivirus'],
      ),
    )
    expect(list.map((one) => [one.key, one.why, one.points])).toEqual([
      ['sc.misdelivery', 'unknown', 5],
      ['sc.mail_links', 'unknown', 5],
      ['sc.rules', 'unknown', 5],
      ['sc.updates', 'not_done', 4],
      ['sc.threat_news', 'partly', 2],
      ['sc.passwords', 'partly', 2],
      ['sc.antivirus', 'contradicted', 0],
    ])
  })

  test('a contradicted 一部している stands once, under 一部している', () => {
    const list = listOf(standing(answersWith('done', { 'sc.updates': 'partly' }), ['sc.updates']))
    expect(list.map((one) => one.why)).toEqual(['partly'])
  })

  const act = (points: number): ToDo => ({
    ...(listOf(standing(answersWith('done', { 'sc.updates': 'unknown' })))[0] as ToDo),
    points,
  })

  test.each([
    [65, [5, 4, 4], { byOne: true, byAll: true, after: 78, next: { band: 'good', from: 70, need: 5 } }],
    [65, [4, 4, 4], { byOne: false, byAll: true, after: 77 }],
    [60, [2, 2, 2], { byOne: false, byAll: false, after: 66 }],
    [-25, [5, 5, 5], { byOne: false, byAll: false, after: -10, next: { band: 'gaps', from: 50, need: 75 } }],
    [98, [2], { byOne: true, byAll: true, after: 100, next: { band: 'full', from: 100, need: 2 } }],
    [100, [], { byOne: false, byAll: false, after: 100, next: undefined }],
  ])(
    'from %i with acts of %j: the next stage is promised only when an act really gives it',
    (total, points, ahead) => {
      expect(aheadOf(total, points.map(act), scoring)).toMatchObject(ahead)
    },
  )
})
