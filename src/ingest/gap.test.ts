import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findGaps, type Sequences, sequenceOf } from './gap.ts'

const line = (number: number | string, host = 'utm1'): { raw: string; receivedAt: number } => ({
  raw: `<188>1 2026-11-23T18:19:18+09:00 ${host} fw - - [meta sequenceId="${number}"] msg 000123`,
  receivedAt: 1_000,
})
const run = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => line(from + i))
const none: Sequences = new Map()
const missing = (state: Sequences, lines: Parameters<typeof findGaps>[1]) =>
  findGaps(state, lines).gaps.map((gap) => [gap.stream, gap.from, gap.to, gap.missing])

describe('the number of a line', () => {
  test('is that of its structured data', () => {
    expect(sequenceOf(line(42).raw)).toEqual({ stream: 'utm1', number: 42 })
    const more =
      '<188>1 - utm1 fw - - [origin ip="192.0.2.1"][meta sysUpTime="5" sequenceId="7" language="ja"] x'
    expect(sequenceOf(more)).toEqual({ stream: 'utm1', number: 7 })
  })
  test('is no counter of the text, and nothing out of bounds', () => {
    for (const raw of [
      '<188>Nov 23 18:19:18 utm1 fw: msg 000123',
      '<188>1 - utm1 fw - - - [meta sequenceId="5"]',
      line('0').raw,
      line('-1').raw,
      line('2147483648').raw,
      line('abc').raw,
    ]) {
      expect(sequenceOf(raw)).toBeUndefined()
    }
  })
})

describe('missing numbers', () => {
  test('are a gap with their count', () => {
    expect(missing(none, [...run(1, 5), ...run(9, 12), line(14)])).toEqual([
      ['utm1', 6, 8, 3],
      ['utm1', 13, 13, 1],
    ])
  })
  test('are found across a restart of ours, since only kept lines count', () => {
    const before = findGaps(none, run(1, 100))
    expect(missing(before.state, run(140, 150))).toEqual([['utm1', 101, 139, 39]])
  })
  test('are not looked for before the first number, nor when the numbers fall: that is a new run', () => {
    expect(missing(none, [line(500), line(501), line(1), line(2)])).toEqual([])
    expect(findGaps(none, [line(500), line(1), line(2)]).state.get('utm1')).toEqual({
      last: 2,
      missing: 0,
      runs: 2,
    })
  })
  test('are none when a sender sends again what it is unsure of', () => {
    expect(missing(none, [...run(1, 10), ...run(6, 20)])).toEqual([])
  })
  test('are none when neighbours were swapped on the way', () => {
    expect(
      missing(
        none,
        [1, 2, 4, 3, 5, 7, 8, 6, 9].map((n) => line(n)),
      ),
    ).toEqual([])
    expect(
      findGaps(
        none,
        [1, 3, 2, 4].map((n) => line(n)),
      ).state.get('utm1'),
    ).toEqual({ last: 4, missing: 0, runs: 1 })
  })
  test('are counted for each host behind a relay', () => {
    expect(missing(none, [line(1, 'a'), line(10, 'b'), line(2, 'a'), line(12, 'b')])).toEqual([
      ['b', 11, 11, 1],
    ])
  })
  test('of a sender that invents hosts do not fill the memory', () => {
    const many = Array.from({ length: 1_000 }, (_, i) => line(i + 1, `h${i}`))
    expect(findGaps(none, many).state.size).toBe(50)
  })
  test('are exactly those left out, wherever batches are cut', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 2, max: 199 })), fc.nat(200), (lost, cut) => {
        const kept = run(1, 200).filter((_, i) => !lost.includes(i + 1))
        const first = findGaps(none, kept.slice(0, cut))
        const second = findGaps(first.state, kept.slice(cut))
        const all = [...first.gaps, ...second.gaps]
        expect(all.flatMap((gap) => range(gap.from, gap.to))).toEqual(lost.toSorted((a, b) => a - b))
        expect(second.state.get('utm1')?.missing).toBe(lost.length)
      }),
    )
  })
})

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i)
