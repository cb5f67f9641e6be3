import fc from 'fast-check'
import { sampleLines } from './golden.ts'
import type { SourceName } from './source.ts'

/** For tests: the sample files of each source. */
export const samples: Readonly<Record<SourceName, readonly (readonly [string, string])[]>> = {
  fortigate: [['fortigate', 'yamada.log']],
  sshd: [['sshd', 'nas.log']],
  syslog: [['syslog', 'office.log']],
  windows: [
    ['windows', 'winlogbeat.ndjson'],
    ['windows', 'others.ndjson'],
  ],
}

/** For tests: all sample lines of a source. */
export function linesOf(source: SourceName): string[] {
  return samples[source].flatMap(([folder, name]) => sampleLines(folder, name))
}

/** Signs that parsers look for: mutations put them where they do not belong. */
const signs = [
  '"',
  '\\',
  '=',
  ' ',
  '<',
  '>',
  '[',
  ']',
  '{',
  '}',
  ':',
  ',',
  '\0',
  '\n',
  '\ufeff',
  '\ud800',
  '日本',
  'ｱ',
]
const words = [
  ' from ',
  ' port ',
  ' user=',
  '__proto__',
  'constructor',
  '"EventID":',
  'date=',
  ' - ',
  '<999>',
  '\\u0000',
  '1e999',
]

/** For tests: bytes at random, and samples cut, doubled, spoiled, filled up to 64 KiB, or with Japanese in them. */
export function anyLine(source: SourceName): fc.Arbitrary<string> {
  const sample = fc.constantFrom(...linesOf(source))
  const place = fc.double({ min: 0, max: 1, noNaN: true })
  const at = (line: string, share: number): number => Math.floor(line.length * share)
  return fc.oneof(
    fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.tuple(sample, place).map(([line, share]) => line.slice(0, at(line, share))),
    fc.tuple(sample, place).map(([line, share]) => line.slice(at(line, share))),
    fc.tuple(sample, sample).map(([first, second]) => first + second),
    fc
      .tuple(sample, place, fc.constantFrom(...signs, ...words), fc.nat({ max: 3 }))
      .map(
        ([line, share, sign, gone]) =>
          line.slice(0, at(line, share)) + sign + line.slice(at(line, share) + gone),
      ),
    fc
      .tuple(sample, fc.array(fc.tuple(place, fc.constantFrom(...signs, ...words)), { maxLength: 6 }))
      .map(([line, edits]) =>
        edits.reduce(
          (was, [share, sign]) => was.slice(0, at(was, share)) + sign + was.slice(at(was, share) + 1),
          line,
        ),
      ),
  )
}

/** For tests: one line of 64 KiB, a short piece of a sample or a sign over and over inside a sample. */
export function longLine(source: SourceName): fc.Arbitrary<string> {
  const sample = fc.constantFrom(...linesOf(source))
  const piece = fc.oneof(
    fc.constantFrom(...signs, ...words),
    fc.tuple(sample, fc.nat({ max: 40 })).map(([line, n]) => line.slice(n, n + 12)),
  )
  return fc.tuple(sample, piece, fc.double({ min: 0, max: 1, noNaN: true })).map(([line, again, share]) => {
    const at = Math.floor(line.length * share)
    return (
      line.slice(0, at) +
      again.repeat(Math.ceil(65_536 / Math.max(again.length, 1))) +
      line.slice(at)
    ).slice(0, 65_536)
  })
}
