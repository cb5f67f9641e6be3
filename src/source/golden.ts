import { readFileSync } from 'node:fs'
import { read } from './read.ts'
import type { Hints, Parsed, SourceName } from './source.ts'

/** For tests: noon of 24 November 2026 in Japan, half a day after the sample lines; Japan's zone. */
export const nextNoon: Hints = { receivedAt: Date.UTC(2026, 10, 24, 3), zoneMinutes: 540 }

/** For tests: the lines of a sample file. */
export function sampleLines(folder: string, name: string): string[] {
  const text = readFileSync(new URL(`./${folder}/samples/${name}`, import.meta.url), 'utf8')
  return text.split('\n').filter((line) => line !== '')
}

/** For tests: what a sample file becomes, one JSON a line, with the times written out for the reader. */
export function golden(lines: readonly string[], source: SourceName | 'auto'): string {
  return lines.map((line) => JSON.stringify(shown(read(line, source, nextNoon)))).join('\n') + '\n'
}

function shown(parsed: Parsed): unknown {
  return { at: new Date(parsed.eventTime).toISOString(), ...parsed }
}
