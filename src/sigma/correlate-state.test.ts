import { expect, test } from 'vitest'
import { bench, correlates, detects, type Happening } from './correlate-kit.ts'

const guessing = (gte: number, more: object = {}): unknown => ({
  ...(correlates('guessing', {
    type: 'event_count',
    rules: ['failed'],
    'group-by': ['ip'],
    timespan: '10m',
    condition: { gte },
  }) as object),
  ...more,
})
const failed = (ip: string, at: number): Happening => ({ kind: 'failed', ip, at })

test('a snapshot is kept for a correlation whose content is the same, whatever its texts', () => {
  const before = bench([detects('failed'), guessing(3)])
  before.happens(failed('a', 0), failed('a', 1))
  const after = bench([detects('failed'), guessing(3, { level: 'low', description: '新しい文' })])
  expect(after.correlator.restore(before.correlator.snapshot())).toEqual([])
  expect(after.happens(failed('a', 2))).toHaveLength(1)
})

test('a correlation starts empty when it, or a rule it uses, changed', () => {
  const before = bench([detects('failed'), guessing(3)])
  before.happens(failed('a', 0), failed('a', 1))
  const changedRule = {
    ...(detects('failed') as object),
    detection: { sel: { kind: ['failed', 'x'] }, condition: 'sel' },
  }
  for (const documents of [
    [detects('failed'), guessing(2)],
    [changedRule, guessing(3)],
  ]) {
    const after = bench(documents)
    expect(after.correlator.restore(before.correlator.snapshot())).toEqual(['guessing'])
    expect(after.correlator.counts().groups).toBe(0)
  }
})

test('what is no snapshot, or one of another format, starts everything empty', () => {
  for (const text of ['', 'x', '[]', '{}', '[99,[],[]]', '[1,[["guessing","x"]],[["a",[[1]]]]]', 'null']) {
    const { correlator } = bench([detects('failed'), guessing(3)])
    expect(correlator.restore(text), text).toEqual(['guessing'])
  }
})

test('many groups stay under the limits, and what was forgotten is counted', () => {
  const limits = { groupsPerCompany: 1_000, groupsInAll: 1_500 }
  const { happens, correlator } = bench([detects('failed'), guessing(2)], limits)
  for (let i = 0; i < 5_000; i++) happens(failed(`ip-${i}`, i / 1_000))
  expect(correlator.counts()).toMatchObject({ groups: 1_000, evicted: 4_000, entries: 1_000 })
  for (let i = 0; i < 600; i++) happens({ ...failed(`ip-${i}`, i / 1_000), company: '鈴木歯科' })
  const { groups, evicted } = correlator.counts()
  expect(groups).toBeLessThanOrEqual(1_500)
  expect(groups + evicted).toBe(5_600)
  // The company that stayed within its share lost nothing.
  expect(happens({ ...failed('ip-0', 2), company: '鈴木歯科' })).toHaveLength(1)
})

test('a flood in one group keeps counting and stays under its limit', () => {
  const { happens, correlator } = bench([detects('failed'), guessing(5)], { entriesPerGroup: 100 })
  let last = 0
  for (let i = 0; i < 3_000; i++) for (const hit of happens(failed('a', i / 10))) last = hit.count
  expect(last).toBe(3_000)
  expect(correlator.counts().entries).toBeLessThanOrEqual(100)
  expect(correlator.counts().shrunk).toBeGreaterThan(0)
})

test('a flood of one value does not push the others out', () => {
  const scan = correlates('scan', {
    type: 'value_count',
    rules: ['failed'],
    timespan: '1h',
    condition: { field: 'ip', gte: 3 },
  })
  const { happens } = bench([detects('failed'), scan], { entriesPerGroup: 100 })
  happens(failed('rare', 0))
  for (let i = 0; i < 2_000; i++) expect(happens(failed('often', 1 + i / 10))).toEqual([])
  expect(happens(failed('other', 300))).toHaveLength(1)
})

test('groups that nothing can reach any more are swept', () => {
  const { happens, correlator } = bench([detects('failed'), guessing(3)])
  happens(failed('a', 0), failed('b', 1_000))
  expect(correlator.sweep(1_200_000)).toBe(1)
  expect(correlator.counts().groups).toBe(1)
  expect(correlator.sweep(9_999_000)).toBe(1)
  expect(correlator.counts()).toMatchObject({ groups: 0, entries: 0, evicted: 0 })
})
