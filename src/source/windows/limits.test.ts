import { describe, expect, test } from 'vitest'
import { nextNoon } from '../golden.ts'
import { read } from '../read.ts'
import type { Parsed } from '../source.ts'

/** An event as NXLog writes it. */
function event(more: object): string {
  const head = {
    EventTime: '2026-11-23 14:21:05',
    Hostname: 'YAMADA-PC1',
    EventID: 4624,
    Channel: 'Security',
  }
  return JSON.stringify({ ...head, ...more })
}

function reads(line: string, expected: object): Parsed {
  const parsed = read(line, 'windows', nextNoon)
  expect(parsed).toMatchObject(expected)
  return parsed
}

describe('limits', () => {
  const deep = (levels: number): string =>
    event({}).replace('{', `{"a":${'['.repeat(levels)}${']'.repeat(levels)},`)
  test('nesting deeper than 32 is refused, with a reason', () => {
    reads(deep(31), { status: 'ok' })
    reads(deep(32), { status: 'failed', reason: 'the JSON is nested deeper than 32' })
    reads(deep(100_000), { status: 'failed' })
  })
  test('of more than 2,000 keys the first are kept', () => {
    const many = Object.fromEntries(Array.from({ length: 3_000 }, (_, n) => [`k${n}`, n]))
    const parsed = reads(event(many), {
      status: 'partial',
      reason: 'more than 2000 keys, the rest is left out',
    })
    expect(Object.keys(parsed.fields).length).toBeLessThan(2_010)
  })
  test('a cut line is failed', () => {
    reads(event({}).slice(0, -5), { status: 'failed', reason: 'the JSON is cut off or broken' })
    reads('{"a":1}', { status: 'failed', reason: 'JSON, but no Windows event in a shape we know' })
    reads('[1]', { status: 'failed' })
    reads('', { status: 'failed' })
  })
  test('NUL and half surrogates in escapes become storable, and __proto__ names nothing', () => {
    const line = event({}).replace('{', String.raw`{"A":"x\u0000y","B":"\ud800","__proto__":{"polluted":1},`)
    const { fields } = reads(line, { status: 'ok', fields: { A: 'x\u2400y', B: '\ufffd' } })
    expect(fields['polluted']).toBeUndefined()
  })
})
