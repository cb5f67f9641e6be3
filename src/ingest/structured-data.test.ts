import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { structuredData, takeToken } from './structured-data.ts'

const head = '<188>1 2026-11-23T18:19:18.094046+09:00 utm1 fw 12 ID7 '

function takes(line: string, token: string | undefined, rest: string): void {
  const found = takeToken(Buffer.from(line))
  expect(found.token).toBe(token)
  expect(found.rest.toString()).toBe(rest)
}

describe('the token in a line', () => {
  test('is taken out of the structured data, and the rest stays byte by byte', () => {
    takes(`${head}[mimamori@32473 t="abc"] hello 日本`, 'abc', `${head}- hello 日本`)
    takes(`${head}[meta sequenceId="1"][mimamori@32473 t="abc"] x`, 'abc', `${head}[meta sequenceId="1"] x`)
    takes(`${head}[mimamori@32473 t="abc"][meta sequenceId="1"]`, 'abc', `${head}[meta sequenceId="1"]`)
  })
  test('is read with its escapes', () => {
    takes(`${head}[mimamori@32473 t="a\\"b\\\\c\\]d\\e"] x`, 'a"b\\c]d\\e', `${head}- x`)
  })
  test('is not looked for in the message or in a line of the old form', () => {
    for (const line of [
      `${head}- [mimamori@32473 t="abc"]`,
      `${head}[meta x="1"] [mimamori@32473 t="abc"]`,
      '<13>Nov 23 18:19:18 utm1 fw: [mimamori@32473 t="abc"]',
      '[mimamori@32473 t="abc"] x',
      `${head}[mimamori@32473 t="abc`,
    ]) {
      takes(line, undefined, line)
    }
  })
  test('leaves bytes alone that are no text', () => {
    const sjis = Buffer.concat([
      Buffer.from(`${head}[mimamori@32473 t="abc"] `),
      Buffer.from([0x93, 0xfa, 0xff]),
    ])
    expect(takeToken(sjis).rest.subarray(-3)).toEqual(Buffer.from([0x93, 0xfa, 0xff]))
  })
})

test('reading never throws and never takes more than it found', () => {
  const part = fc.constantFrom(
    '[',
    ']',
    '"',
    '\\',
    '=',
    ' ',
    'mimamori@32473',
    ' t="',
    'meta',
    'x="y"',
    head,
    '日',
  )
  fc.assert(
    fc.property(fc.array(fc.oneof(part, fc.string()), { maxLength: 20 }), (parts) => {
      const line = parts.join('')
      const data = structuredData(line)
      for (const element of data?.elements ?? []) {
        expect(line[element.start]).toBe('[')
        expect(line[element.end - 1]).toBe(']')
      }
      expect(takeToken(Buffer.from(line)).rest.length).toBeLessThanOrEqual(Buffer.byteLength(line))
    }),
    { numRuns: process.env['NIGHTLY'] === '1' ? 200_000 : 2_000 },
  )
})
