import { describe, expect, test } from 'vitest'
import { answerIds, partIds, selfCheckFacts } from './self-check.ts'

const facts = selfCheckFacts()

describe('the catalogue of the self-check', () => {
  test('has four editions of 25 questions, and an edition without a confirmed order says whose it borrows', () => {
    expect(facts.editions.map((one) => [one.id, one.order.length, one.orderOf, one.orderConfirmed])).toEqual([
      ['2018', 25, '3.1', false],
      ['3', 25, '3.1', false],
      ['3.1', 25, '3.1', true],
      ['4.0', 25, '3.1', false],
    ])
  })

  test('has no longer question than 40 characters, in Japanese', () => {
    for (const one of facts.questions.values()) expect([...one.ja.question].length).toBeLessThanOrEqual(40)
  })

  test('numbers its questions as edition 3.1 asks them', () => {
    const order = facts.editions.find((one) => one.id === '3.1')?.order ?? []
    expect(order.map((key) => facts.questions.get(key)?.no)).toEqual(order.map((_, at) => at + 1))
  })

  test('scores 4, 2, 0, −1, and 4 for what does not exist in the company', () => {
    const scores = answerIds.map((id) => facts.scoring.answers.find((one) => one.id === id)?.score)
    expect(scores).toEqual([4, 2, 0, -1, 4])
    expect(facts.scoring.parts.map((part) => [part.id, part.max])).toEqual([
      [partIds[0], 20],
      [partIds[1], 52],
      [partIds[2], 28],
    ])
  })

  test('offers 該当しない on nine questions, and covers them as the reference counts', () => {
    const all = [...facts.questions.values()]
    expect(all.filter((one) => one.na !== undefined)).toHaveLength(9)
    const covered = (kind: string) => all.filter((one) => one.evidence.coverage === kind).length
    expect(['evidence', 'partial', 'record', 'declare'].map(covered)).toEqual([5, 8, 8, 4])
  })
})
