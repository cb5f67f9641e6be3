import { describe, expect, test } from 'vitest'
import { day } from '../base/time.ts'
import type { Counts } from './counts.ts'
import { type AnswerId, type Known, type Use, type Verdict, verdictOf } from './verdict.ts'

const now = Date.UTC(2026, 10, 25)
const counts = (total: number, ok: number, bad: number, asOf = now): Counts => ({
  signal: 'endpoint_patch',
  total,
  ok,
  bad,
  unknown: total - ok - bad,
  asOf,
  items: [],
})
const states = {
  good: counts(12, 12, 0),
  bad: counts(12, 0, 12),
  mixed: counts(12, 9, 3),
  empty: counts(0, 0, 0),
  stale: counts(12, 0, 12, now - 8 * day),
  few: counts(12, 1, 0),
} as const
type StateName = keyof typeof states
const one = (state: StateName, use: Use): Known => ({ counts: states[state], use, kind: 'monitor' })

type Row = Readonly<Record<StateName, Verdict>>
const quiet = {
  good: 'none',
  bad: 'none',
  mixed: 'none',
  empty: 'none',
  stale: 'stale',
  few: 'none',
} as const
const shown = {
  good: 'context',
  bad: 'context',
  mixed: 'context',
  empty: 'none',
  stale: 'stale',
  few: 'context',
} as const
const better: Row = { ...quiet, good: 'better' }
const table: Readonly<Record<AnswerId, Readonly<Record<Use, Row>>>> = {
  done: {
    both: { ...quiet, good: 'supports', bad: 'contradicts', mixed: 'contradicts' },
    supports: { ...quiet, good: 'supports' },
    contradicts: { ...quiet, bad: 'contradicts', mixed: 'contradicts' },
    context: shown,
  },
  partly: {
    both: { ...quiet, bad: 'contradicts', mixed: 'supports' },
    supports: quiet,
    contradicts: { ...quiet, bad: 'contradicts' },
    context: shown,
  },
  not_done: { both: better, supports: better, contradicts: quiet, context: shown },
  unknown: { both: better, supports: better, contradicts: quiet, context: shown },
  not_applicable: { both: quiet, supports: quiet, contradicts: quiet, context: shown },
}

describe('what the record says of an answer', () => {
  const rows = Object.entries(table).flatMap(([answer, uses]) =>
    Object.entries(uses).flatMap(([use, row]) =>
      Object.entries(row).map(([state, verdict]) => [answer, use, state, verdict] as const),
    ),
  )
  test.each(rows)('to “%s”, a signal that may %s and is %s says %s', (answer, use, state, verdict) => {
    expect(verdictOf(answer as AnswerId, [one(state as StateName, use as Use)], now)).toBe(verdict)
  })

  test('one of twelve devices reports and is fine: that is no support', () => {
    expect(verdictOf('done', [one('few', 'both')], now)).toBe('none')
    expect(verdictOf('unknown', [one('few', 'both')], now)).toBe('none')
  })

  test('nine tenths known are enough, less is not', () => {
    const known = (ok: number): Known => ({ counts: counts(10, ok, 0), use: 'both', kind: 'monitor' })
    expect(verdictOf('done', [known(9)], now)).toBe('supports')
    expect(verdictOf('done', [known(8)], now)).toBe('none')
  })

  test('the watch grows stale after 7 days, a record after 365', () => {
    const aged = (days: number, kind: Known['kind']): Known => ({
      counts: counts(3, 3, 0, now - days * day),
      use: 'both',
      kind,
    })
    expect(verdictOf('done', [aged(7, 'monitor')], now)).toBe('supports')
    expect(verdictOf('done', [aged(7.01, 'monitor')], now)).toBe('stale')
    expect(verdictOf('done', [aged(365, 'record')], now)).toBe('supports')
    expect(verdictOf('done', [aged(366, 'record')], now)).toBe('stale')
  })

  test('of several signals the strongest word stands: a contradiction before all, silence last', () => {
    const good = one('good', 'both')
    expect(verdictOf('done', [good, one('bad', 'both')], now)).toBe('contradicts')
    expect(verdictOf('done', [good, one('stale', 'both')], now)).toBe('stale')
    expect(verdictOf('done', [good, one('good', 'context')], now)).toBe('supports')
    expect(verdictOf('done', [one('good', 'context'), one('empty', 'both')], now)).toBe('context')
    expect(verdictOf('done', [], now)).toBe('none')
  })
})
