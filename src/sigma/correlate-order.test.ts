import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bench, correlates, detects, type Happening } from './correlate-kit.ts'
import type { CorrelationHit } from './correlate.ts'

const documents = [
  detects('failed'),
  detects('success'),
  correlates('guessing', {
    type: 'event_count',
    rules: ['failed'],
    'group-by': ['ip'],
    timespan: '1m',
    condition: { gte: 3 },
    generate: true,
  }),
  correlates('users', {
    type: 'value_count',
    rules: ['failed'],
    'group-by': ['ip'],
    timespan: '1m',
    condition: { gte: 3, field: 'user' },
  }),
  correlates('intrusion', {
    type: 'temporal_ordered',
    rules: ['guessing', 'success'],
    'group-by': ['ip'],
    timespan: '1m',
    generate: true,
  }),
]

/** The last word on each detection, without its key, which keeps the order of arrival. */
function verdict(hits: readonly CorrelationHit[], title: string): readonly string[] {
  const last = new Map<string, CorrelationHit>()
  for (const hit of hits) if (hit.rule.title === title) last.set(hit.key, hit)
  // Detections that a late hit joined are told under the first one's key and cover the other.
  const all = [...last.values()]
  const whole = all.filter(
    (one) =>
      !all.some(
        (other) =>
          other !== one &&
          other.group['ip'] === one.group['ip'] &&
          other.firstAt <= one.firstAt &&
          other.lastAt >= one.lastAt &&
          other.count >= one.count,
      ),
  )
  return whole
    .map(
      (one) => `${one.group['ip']} ${one.count} ${one.firstAt}-${one.lastAt} ${[...one.refs].sort().join()}`,
    )
    .sort()
}

const happening = fc.record({
  kind: fc.constantFrom('failed', 'failed', 'failed', 'success'),
  ip: fc.constantFrom('a', 'b'),
  user: fc.constantFrom('佐藤', '山田', '高橋', '鈴木'),
  at: fc.nat(400),
})
const stream = fc
  .array(happening, { maxLength: 40 })
  .map((all): readonly Happening[] => all.map((one, i) => ({ ...one, ref: `r${i}` })))

const inOrder = (all: readonly Happening[]): readonly Happening[] => all.toSorted((a, b) => a.at - b.at)

test('any order of arrival within the lateness gives the same detections of event_count', () => {
  fc.assert(
    fc.property(stream, (arrived) => {
      const sorted = bench(documents).happens(...inOrder(arrived))
      const mixed = bench(documents).happens(...arrived)
      expect(verdict(mixed, 'guessing')).toEqual(verdict(sorted, 'guessing'))
    }),
    { numRuns: 300 },
  )
})

test('any order of arrival fires value_count and ordered chains for the same groups', () => {
  const groups = (hits: readonly CorrelationHit[], title: string): readonly string[] =>
    [...new Set(hits.filter((hit) => hit.rule.title === title).map((hit) => hit.group['ip'] ?? ''))].sort()
  fc.assert(
    fc.property(stream, (arrived) => {
      const sorted = bench(documents).happens(...inOrder(arrived))
      const mixed = bench(documents).happens(...arrived)
      for (const title of ['users', 'intrusion']) expect(groups(mixed, title)).toEqual(groups(sorted, title))
    }),
    { numRuns: 300 },
  )
})

test('event_count fires exactly where a plain count over the window does', () => {
  fc.assert(
    fc.property(stream, (arrived) => {
      const all = inOrder(arrived)
      const failures = all.filter((one) => one.kind === 'failed')
      const full = (ip: unknown): boolean =>
        failures.some(
          (last) =>
            failures.filter(
              (one) => one['ip'] === ip && last['ip'] === ip && one.at <= last.at && one.at > last.at - 60,
            ).length >= 3,
        )
      const expected = ['a', 'b'].filter(full)
      const hits = bench(documents).happens(...all)
      const fired = [
        ...new Set(hits.filter((hit) => hit.rule.title === 'guessing').map((hit) => hit.group['ip'] ?? '')),
      ]
      expect(fired.sort()).toEqual(expected)
    }),
    { numRuns: 300 },
  )
})

test('a stop and restart at every position gives the same detections as one run', () => {
  fc.assert(
    fc.property(stream, (arrived) => {
      const whole = bench(documents).happens(...arrived)
      const pieces: CorrelationHit[] = []
      let state: string | undefined
      for (const one of arrived) {
        const { correlator, happens } = bench(documents)
        if (state !== undefined) expect(correlator.restore(state)).toEqual([])
        pieces.push(...happens(one))
        state = correlator.snapshot()
      }
      const plain = (hit: CorrelationHit): unknown => ({ ...hit, rule: hit.rule.id })
      expect(pieces.map(plain)).toEqual(whole.map(plain))
    }),
    { numRuns: 60 },
  )
})

test('a hit behind the newest by more than the lateness is dropped and counted', () => {
  const { happens, correlator } = bench(documents, { lateness: 60_000 })
  const failed = (at: number): Happening => ({ kind: 'failed', ip: 'a', user: 'x', at })
  happens(failed(100), failed(161), failed(100))
  expect(correlator.counts().lateDropped).toBe(2)
})
