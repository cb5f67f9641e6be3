import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Severity } from '../base/severity.ts'
import { hour, minute } from '../base/time.ts'
import { backOff, floodLimit, floodWindow, planMails, type Waiting } from './flood.ts'

const now = 1_800_000_000_000
const waiting = (severity: Severity, count: number): Waiting[] =>
  Array.from({ length: count }, (_, at) => ({ delivery: `${severity}-${at}`, severity }))
const nothing = { now: [], other: [] }

describe('mails to 山田社長', () => {
  test('six of 今日中 are six mails, seven are one mail with the count', () => {
    expect(planMails(waiting('today', 6), nothing, now).mails.map((mail) => mail.kind)).toEqual(
      Array(6).fill('single'),
    )
    const many = planMails(waiting('today', 7), nothing, now)
    expect(many.mails.map((mail) => [mail.kind, mail.of.length])).toEqual([['flood', 7]])
  })

  test('after six mails the next wait until there is room', () => {
    const sent = { now: [], other: Array.from({ length: 6 }, (_, at) => now - (10 - at) * minute) }
    const plan = planMails(waiting('today', 2), sent, now)
    expect(plan.mails).toEqual([])
    expect(plan.deferred.map((each) => each.until)).toEqual(Array(2).fill(now - 10 * minute + floodWindow))
  })

  test('いますぐ goes out beside them, up to ten, and is never held longer than five minutes', () => {
    const sent = { now: [], other: Array(6).fill(now - minute) }
    expect(planMails(waiting('now', 3), sent, now).mails).toHaveLength(3)
    const ten = { now: Array(10).fill(now - minute), other: [] }
    expect(planMails(waiting('now', 1), ten, now).deferred[0]?.until).toBe(now + 5 * minute)
    expect(
      planMails(waiting('now', 1), { now: Array(10).fill(now - 5 * minute), other: [] }, now).mails,
    ).toHaveLength(1)
  })

  test('今週中 is one mail a day', () => {
    expect(
      planMails(waiting('week', 4), nothing, now).mails.map((mail) => [mail.kind, mail.of.length]),
    ).toEqual([['week', 4]])
    expect(planMails(waiting('week', 1), nothing, now).mails[0]?.kind).toBe('single')
  })

  test('whatever comes, nothing is lost and the limits hold', () => {
    const severity = fc.constantFrom<Severity>('now', 'today', 'week', 'info')
    const past = fc.array(
      fc.integer({ min: 0, max: 30 * minute }).map((ago) => now - ago),
      { maxLength: 12 },
    )
    fc.assert(
      fc.property(fc.array(severity, { maxLength: 30 }), past, past, (kinds, urgent, other) => {
        const all = kinds.map((each, at) => ({ delivery: String(at), severity: each }))
        const plan = planMails(all, { now: urgent, other }, now)
        const kept = [...plan.mails.flatMap((mail) => mail.of), ...plan.deferred.map((each) => each.of)]
        expect(kept.map((each) => each.delivery).sort()).toEqual(all.map((each) => each.delivery).sort())
        const recent = other.filter((at) => now - at < floodWindow).length
        const more = plan.mails.filter((mail) =>
          ['today', 'info'].includes(mail.of[0]?.severity ?? ''),
        ).length
        expect(more).toBeLessThanOrEqual(Math.max(0, floodLimit.other - recent))
        for (const each of plan.deferred) expect(each.until).toBeGreaterThan(now)
      }),
    )
  })
})

test('a failed mail is tried again after 1, 2, 4 … minutes, at most an hour', () => {
  expect([1, 2, 3, 6, 7, 40].map(backOff)).toEqual([minute, 2 * minute, 4 * minute, 32 * minute, hour, hour])
})
