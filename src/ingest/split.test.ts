import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { looksLikeJson, type Piece, splitJson, splitText } from './split.ts'

const limits = { jsonDepth: 4, jsonKeys: 6 }

const cut = (body: string, pieces: Iterable<Piece>): string[] =>
  [...pieces].map((piece) => {
    const text = Buffer.from(body).subarray(piece.start, piece.end).toString()
    return piece.wrong ? `${piece.wrong}: ${text}` : text
  })
const json = (body: string): string[] => cut(body, splitJson(Buffer.from(body), limits))
const text = (body: string): string[] => cut(body, splitText(Buffer.from(body)))

describe('a JSON body', () => {
  test('of an array gives its elements exactly as they are written', () => {
    expect(json(' [ {"a" : 1.0e2} ,\n{"b":"]}"},"line one", [1], 5 ] ')).toEqual([
      '{"a" : 1.0e2}',
      '{"b":"]}"}',
      '"line one"',
      '[1]',
      '5',
    ])
  })
  test('may be one object, also over many lines', () => {
    expect(json('{\n  "a": {"b": 1}\n}\n')).toEqual(['{\n  "a": {"b": 1}\n}'])
  })
  test('may be objects by line or one behind the other', () => {
    expect(json('{"a":1}\n{"a":2}\r\n\n{"a":3}{"a":4} {"a":5}')).toEqual(
      [1, 2, 3, 4, 5].map((n) => `{"a":${n}}`),
    )
  })
  test('keeps escapes, quotes and Japanese', () => {
    expect(json('{"a":"\\"}{\\\\"}{"b":"日本"}')).toEqual(['{"a":"\\"}{\\\\"}', '{"b":"日本"}'])
  })
  test('may be empty', () => {
    for (const body of ['', ' \n', '[]', '\ufeff[]']) expect(json(body)).toEqual([])
  })
  test('with a broken line loses no other line', () => {
    expect(json('{"a":1}\n{"a":\n{"a":"x\n{"a":3}\nplain\n{"a":4} x')).toEqual([
      '{"a":1}',
      'broken: {"a":',
      'broken: {"a":"x',
      '{"a":3}',
      'plain',
      'broken: {"a":4} x',
    ])
  })
  test('of plain lines gives the lines', () => {
    expect(json('hello world\n"text"\n{"a":1}')).toEqual(['broken: hello world', '"text"', '{"a":1}'])
  })
  test('that was cut off gives what is there', () => {
    expect(json('[{"a":1},{"a":')).toEqual(['{"a":1}', 'broken: {"a":'])
  })
  test('tells what is nested too deep or has too many keys', () => {
    expect(json('[[[[[1]]]]')).toEqual(['[[[[1]]]]'])
    expect(json('{"a":[[[[1]]]]}')).toEqual(['too-deep: {"a":[[[[1]]]]}'])
    expect(json('{"a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7}')[0]).toMatch(/^too-many-keys/)
  })
})

describe('a body of text', () => {
  test('gives its lines without blank ones and without CR', () => {
    expect(text('a\r\n\n  \nb\nc')).toEqual(['a', 'b', 'c'])
  })
})

describe('a body without a telling type', () => {
  test('is JSON when it begins like it', () => {
    for (const body of ['{"a":1}', ' [ {"a":1}]', '["x"]', '[]', '\ufeff{"a":1}']) {
      expect(looksLikeJson(Buffer.from(body)), body).toBe(true)
    }
    for (const body of ['<13>a', '[INSPECT] LAN2', 'date=2026', '', '[ 1563.2] kernel']) {
      expect(looksLikeJson(Buffer.from(body)), body).toBe(false)
    }
  })
})

const runs = process.env['NIGHTLY'] === '1' ? 300_000 : 2_000

describe('whatever the body', () => {
  test('what JSON writes comes out element by element', () => {
    const value = fc.jsonValue({ maxDepth: 2 }).filter((it) => typeof it === 'object' && it !== null)
    const roomy = { jsonDepth: 50, jsonKeys: 10_000 }
    fc.assert(
      fc.property(fc.array(value), fc.constantFrom(undefined, 1, '\t'), (values, indent) => {
        const body = JSON.stringify(values, undefined, indent)
        const elements = [...splitJson(Buffer.from(body), roomy)].map((piece): unknown =>
          JSON.parse(Buffer.from(body).subarray(piece.start, piece.end).toString()),
        )
        expect(elements).toEqual(JSON.parse(body))
        const objects = values.filter((it) => !Array.isArray(it))
        for (const between of ['', '\n']) {
          const sequence = objects.map((it) => JSON.stringify(it)).join(between)
          expect(cut(sequence, splitJson(Buffer.from(sequence), roomy))).toEqual(
            objects.map((it) => JSON.stringify(it)),
          )
        }
      }),
      { numRuns: runs },
    )
  })
  test('pieces follow each other and leave out nothing but blanks, commas and brackets', () => {
    const part = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '"',
      ',',
      ':',
      '\\',
      '\n',
      ' ',
      '{"a":1}',
      '"x"',
      'null',
      '日',
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(part, fc.string())), (parts) => {
        const bytes = Buffer.from(parts.join(''))
        let at = 0
        for (const piece of splitJson(bytes, limits)) {
          expect(piece.start).toBeGreaterThanOrEqual(at)
          expect(piece.end).toBeGreaterThan(piece.start)
          expect(bytes.subarray(at, piece.start).toString()).toMatch(/^[\s,[\]\ufeff]*$/)
          at = piece.end
        }
        expect(bytes.subarray(at).toString()).toMatch(/^[\s,[\]\ufeff]*$/)
      }),
      { numRuns: runs },
    )
  })
  test('time grows with the length only', () => {
    const before = process.cpuUsage()
    for (const unit of ['{', '[', '"', '{"', '{\n', '[\n', '"\n', '[{', '{}', '\\', '{"a":[\n']) {
      for (const piece of splitJson(Buffer.alloc(1024 * 1024, unit), limits)) void piece
    }
    expect(process.cpuUsage(before).user / 1_000).toBeLessThan(15_000)
  })
})
