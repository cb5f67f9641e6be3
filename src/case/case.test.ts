import { describe, expect, test } from 'vitest'
import { minute } from '../base/time.ts'
import { passesCheck } from '../notice/index.ts'
import { caseNumber, contactFor, nextTry, type StageMark, stagesOf } from './case.ts'

const mark = (stage: StageMark['stage'], at: number): StageMark => ({
  stage,
  at,
  by: '佐藤',
  text: { ja: stage, en: stage },
})
const states = (marks: StageMark[], closed = false): string =>
  stagesOf(marks, closed)
    .map((each) => each.state)
    .join(' ')

describe('the owner follows a case like a parcel', () => {
  test('at first we are stopping it', () => expect(states([])).toBe('doing next next next'))
  test('held: we are looking', () => expect(states([mark('held', 1)])).toBe('done doing next next'))
  test('looking has begun, held or not', () => {
    expect(states([mark('held', 1), mark('looking', 2)])).toBe('done doing next next')
    expect(states([mark('looking', 2)])).toBe('doing next next next')
  })
  test('repaired means that looking is over', () =>
    expect(states([mark('held', 1), mark('looking', 2), mark('repaired', 3)])).toBe('done done done doing'))
  test('a closed case does nothing any more', () =>
    expect(states([mark('held', 1)], true)).toBe('done next next next'))
  test('a stage said twice shows the newest', () =>
    expect(stagesOf([mark('held', 1), mark('held', 5)], false)[0]?.at).toBe(5))
})

test('a case number is spoken with a check digit', () => {
  for (let tries = 0; tries < 20; tries += 1) {
    const number = caseNumber(tries)
    expect(number).toMatch(tries < 8 ? /^C-\d{4}-\d$/ : /^C-\d{6}-\d$/)
    expect(passesCheck(number.replace(/\D/g, ''))).toBe(true)
  }
})

test('nobody answers: two tries each, いますぐ three minutes apart', () => {
  const contacts = ['山田', '鈴木', '佐藤']
  expect([0, 1, 2, 3, 4, 5, 6].map((vain) => contactFor(contacts, vain))).toEqual([
    '山田',
    '山田',
    '鈴木',
    '鈴木',
    '佐藤',
    '佐藤',
    undefined,
  ])
  expect(nextTry('now', 0)).toBe(3 * minute)
  expect(nextTry('today', 0)).toBe(30 * minute)
})
