import { expect, test } from 'vitest'
import { evidenceFacts } from '../catalogue/index.ts'
import type { Counts } from './counts.ts'
import { sayEvidence } from './say-evidence.ts'

const asOf = Date.UTC(2026, 10, 2, 20)
const patched: Counts = { signal: 'endpoint_patch', total: 12, ok: 9, bad: 3, unknown: 0, asOf, items: [] }

test('the sentence of a signal is filled with its counts, in both languages', () => {
  expect(sayEvidence('ja', patched)).toBe('12台中9台が新しい状態です。遅れているのは3台です。')
  expect(sayEvidence('en', patched)).toBe('9 of 12 devices are current, 3 are behind.')
})

test('the day of a record is the day in Japan', () => {
  expect(sayEvidence('ja', { ...patched, signal: 'contact_test' })).toContain('2026年11月3日')
  expect(sayEvidence('en', { ...patched, signal: 'contact_test' })).toContain('3 November 2026')
})

test('a signal that nobody knows says nothing', () => {
  expect(sayEvidence('ja', { ...patched, signal: '__proto__' })).toBe('')
})

test('no sentence of the catalogue keeps a brace', () => {
  for (const signal of evidenceFacts().signals.keys())
    for (const lang of ['ja', 'en'] as const)
      expect(sayEvidence(lang, { ...patched, signal })).not.toMatch(/[{}]/)
})
