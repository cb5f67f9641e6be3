import { describe, expect, test } from 'vitest'
import { bench, correlates, detects } from './correlate-kit.ts'

describe('a correlation is refused', () => {
  const refused = (section: Readonly<Record<string, unknown>>): void => {
    const whole = {
      type: 'event_count',
      rules: ['failed'],
      timespan: '1m',
      condition: { gte: 2 },
      ...section,
    }
    expect(
      () => bench([detects('failed'), detects('b'), correlates('c', whole)]),
      JSON.stringify(section),
    ).toThrow()
  }

  test('for what is not supported yet or has no meaning', () => {
    for (const type of ['temporal', 'value_sum', 'value_avg', 'value_percentile', 'count']) refused({ type })
    for (const condition of [
      { lt: 3 },
      { eq: 3 },
      { gte: 1, lte: 3 },
      { gte: 0 },
      { gte: 1.5 },
      { gte: '3' },
      {},
      'a and b',
      { gte: 99_999 },
    ]) {
      refused({ condition })
    }
    for (const timespan of ['', '5', '5x', '0m', 300, '-1m', '1.5h', undefined]) refused({ timespan })
    for (const rules of [[], ['nobody'], ['failed', 'failed'], [3], ['c'], undefined]) refused({ rules })
    refused({ type: 'value_count' })
    refused({ condition: { gte: 2, field: 'x' } })
    refused({ type: 'temporal_ordered', rules: ['failed'] })
    refused({ type: 'temporal_ordered', rules: ['failed', 'b'], condition: { gte: 1 } })
    refused({ window: 'tumbling' })
    refused({ generate: 'yes' })
  })

  test('for running in a ring', () => {
    const one = (name: string, below: string): unknown =>
      correlates(name, { type: 'event_count', rules: [below], timespan: '1m', condition: { gte: 2 } })
    expect(() => bench([one('a', 'b'), one('b', 'a')])).toThrow()
  })
})
