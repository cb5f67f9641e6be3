import fc from 'fast-check'
import { expect } from 'vitest'
import { anyLine, longLine } from './any-line.ts'
import { nextNoon } from './golden.ts'
import { read, recognise, sources } from './read.ts'
import type { Parsed, SourceName } from './source.ts'

const statuses = new Set(['ok', 'partial', 'failed'])

/** What holds for whatever a line holds. The parser is called itself, too: `read` would hide what it throws. */
export function holds(line: string, source: SourceName): void {
  const parsed = read(line, source, nextNoon)
  expect(statuses.has(parsed.status)).toBe(true)
  expect(parsed.status === 'ok' || (parsed.reason ?? '') !== '').toBe(true)
  expect(parsed.reason ?? '').not.toMatch(/^BUG/)
  expect(Number.isFinite(parsed.eventTime)).toBe(true)
  const stored = JSON.stringify(parsed)
  expect(storableAll(parsed)).toBe(true)
  expect(plain(parsed)).toBe(true)
  expect(JSON.stringify(read(line, source, nextNoon))).toBe(stored)
  expect(sources.some(({ name }) => name === recognise(line))).toBe(true)
  sources.find(({ name }) => name === source)?.read(line, nextNoon)
  expect(read(line, 'auto', nextNoon).reason ?? '').not.toMatch(/^BUG/)
}

/** PostgreSQL's jsonb refuses NUL and half surrogate pairs, in names as in values. */
function storableAll(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\0')
  if (typeof value !== 'object' || value === null) return true
  return Object.entries(value).every(([name, each]) => storableAll(name) && storableAll(each))
}

/** Common values have the types they promise: text or finite numbers. */
function plain(parsed: Parsed): boolean {
  return Object.values(parsed.common).every((value) => typeof value === 'string' || Number.isFinite(value))
}

/** Throws lines at one source. @param cases how many short ones; long ones are a hundredth of it. */
export function fuzz(source: SourceName, cases: number): void {
  fc.assert(
    fc.property(anyLine(source), (line) => holds(line, source)),
    { numRuns: cases },
  )
  fc.assert(
    fc.property(longLine(source), (line) => {
      const started = performance.now()
      read(line, source, nextNoon)
      // Milliseconds are usual; a parser that goes back over its line needs seconds.
      expect(performance.now() - started).toBeLessThan(1_000)
      holds(line, source)
    }),
    { numRuns: Math.ceil(cases / 100) },
  )
}
