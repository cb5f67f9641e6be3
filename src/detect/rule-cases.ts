import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { read } from '../source/index.ts'
import type { Finding } from './finding.ts'
import type { Edition } from './rule-book.ts'
import { freshWatch, type ReadLine, watchBatch } from './watch-batch.ts'

/** One story of a rule's folder: raw lines as devices send them, and what must come of them. */
export type RuleCase = {
  readonly title: string
  /** Detection ids that must be found; none named = any of the folder's rules. */
  readonly expected: readonly string[]
  readonly lines: readonly string[]
}

/**
 * Reads `fires.log` or `near-misses.log`: stories parted by lines that begin with `# `, whose title may end with
 * `=> detection.id`. Every other line that is not empty is a raw line.
 */
export function readCases(folder: string, file: 'fires.log' | 'near-misses.log'): RuleCase[] {
  const text = readFileSync(join(folder, file), 'utf8')
  return text
    .split(/^# /m)
    .slice(1)
    .map((story) => {
      const [head = '', ...lines] = story.split('\n')
      const [title = '', expected = ''] = head.split(' => ')
      const wanted = expected.split(/[ ,]+/).filter((id) => id !== '')
      return { title, expected: wanted, lines: lines.filter((line) => line.trim() !== '') }
    })
}

const sensor = '00000000-0000-4000-8000-00000000000a'
const company = '00000000-0000-4000-8000-000000000001'
const arrival = Date.UTC(2026, 10, 23, 3)

/** Runs raw lines through the real parsers, rules and correlations, as one batch after the other. */
export function runLines(edition: Edition, lines: readonly string[], linesPerBatch = 1): Finding[] {
  const watch = freshWatch(edition)
  const read1 = (raw: string, index: number): ReadLine => {
    const first = read(raw, 'auto', { receivedAt: arrival, zoneMinutes: 540 })
    // Sent as it happens: our clock shows the line's own time.
    const receivedAt = first.eventTime
    const parsed = read(raw, 'auto', { receivedAt, zoneMinutes: 540 })
    const place = {
      day: '2026-11-23',
      batchNo: 1 + Math.floor(index / linesPerBatch),
      line: 1 + (index % linesPerBatch),
    }
    return { ...place, sensor, receivedAt, parsed }
  }
  const batches = Map.groupBy(lines.map(read1), (line) => line.batchNo)
  const found = new Map<string, Finding>()
  for (const batch of batches.values()) {
    for (const finding of watchBatch(watch, company, batch)) found.set(finding.key, finding)
  }
  return [...found.values()]
}
