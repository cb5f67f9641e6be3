import { expect, test } from 'vitest'
import { bar, makeProgress } from './progress.ts'

test('a bar fills up and counts', () => {
  expect(bar('backup', 0, 100)).toBe('backup [------------------------]   0% 0')
  expect(bar('backup', 25_000, 100_000)).toBe('backup [######------------------]  25% 25,000')
  expect(bar('backup', 120, 100)).toBe('backup [########################] 100% 120')
  expect(bar('backup', 1_234, 0)).toBe('backup 1,234')
})

test('a bar is drawn for a person and not into a file', () => {
  const written: string[] = []
  const write = (text: string): number => written.push(text)
  const quiet = makeProgress({ label: 'backup', total: 10, out: { write } })
  quiet.step(5)
  quiet.done()
  expect(written).toEqual([])
  const seen = makeProgress({ label: 'backup', total: 10, out: { isTTY: true, write } })
  seen.step(5)
  seen.step(0)
  seen.to(10, 20)
  seen.done()
  expect(written).toHaveLength(2)
  expect(written[0]).toContain('50%')
})
