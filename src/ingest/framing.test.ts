import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Frame, makeFramer } from './framing.ts'

const limit = 200

type Read = { frames: [string, boolean][]; errors: number; broken: boolean }

function read(chunks: readonly (Buffer | string)[], torn = false): Read {
  const framer = makeFramer(limit)
  const frames: Frame[] = chunks.flatMap((chunk) => framer.push(Buffer.from(chunk)))
  frames.push(...(framer.broken() ? [] : framer.end(torn)))
  return {
    frames: frames.map((frame) => [frame.bytes.toString('latin1'), frame.truncated]),
    errors: framer.errors(),
    broken: framer.broken(),
  }
}

function reads(input: string, expected: readonly string[]): void {
  const found = read([Buffer.from(input, 'latin1')])
  expect(found.frames).toEqual(expected.map((text) => [text, false]))
  expect(found.errors).toBe(0)
}

describe('framing of syslog over TCP', () => {
  test('takes lines that end with LF, CRLF or NUL', () => {
    reads('<13>a\n<13>b\r\n<13>c\0<13>d\n\0', ['<13>a', '<13>b', '<13>c', '<13>d'])
  })
  test('takes counted messages, with the LF that rsyslog counts in, and one behind that is not counted', () => {
    reads('5 <1>ab6 <1>cd\n5 <1>ef\n5 <1>gh', ['<1>ab', '<1>cd', '<1>ef', '<1>gh'])
  })
  test('keeps an LF inside a counted message', () => {
    reads('8 <1>a\nb c', ['<1>a\nb c'])
  })
  test('takes lines without a priority, as FortiGate sends them', () => {
    reads('date=2026-11-23 time=1\nid=firewall\n', ['date=2026-11-23 time=1', 'id=firewall'])
  })
  test('takes lines that begin with a number', () => {
    reads('1563249630.774 host a\n2026-11-23 b\n', ['1563249630.774 host a', '2026-11-23 b'])
    reads('<1>first\n12 monkeys\n12345678 x\n7', ['<1>first', '12 monkeys', '12345678 x', '7'])
  })
  test('finds out the framing at each frame', () => {
    reads('<1>line\n5 <1>ab<1>line\n5 <1>cd', ['<1>line', '<1>ab', '<1>line', '<1>cd'])
  })
  test('takes a last line that was not ended, and marks it when the connection broke', () => {
    expect(read(['<1>whole']).frames).toEqual([['<1>whole', false]])
    expect(read(['<1>who'], true).frames).toEqual([['<1>who', true]])
    expect(read(['20 <1>who']).frames).toEqual([['<1>who', true]])
  })
  test('cuts at the limit, marks it, and skips the rest of the frame', () => {
    const long = `<1>${'x'.repeat(500)}`
    expect(read([`${long}\n<1>next\n`]).frames).toEqual([
      [long.slice(0, limit), true],
      ['<1>next', false],
    ])
    expect(read([`${long.length} ${long}6 <1>abc`]).frames).toEqual([
      [long.slice(0, limit), true],
      ['<1>abc', false],
    ])
  })
  test('finds its step again after a wrong count and counts one error', () => {
    const found = read(['5 <1>ab4 <1>cdef\ngarbage\n5 <1>gh<1>line\n'])
    expect(found.frames).toEqual([
      ['<1>ab', false],
      ['<1>c', false],
      ['def', true],
      ['garbage', true],
      ['<1>gh', false],
      ['<1>line', false],
    ])
    expect(found.errors).toBe(1)
  })
  test('gives a connection up after three errors, or a count of eight digits', () => {
    const wrong = '5 <1>abgarbage\n'
    expect(read([wrong.repeat(2)]).broken).toBe(false)
    expect(read([wrong.repeat(3)]).broken).toBe(true)
    expect(read(['5 <1>ab12345678 x']).broken).toBe(true)
  })
})

/** Bytes that look like what senders send, whole and broken. */
const piece = fc.oneof(
  fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
  fc
    .constantFrom(
      '<13>',
      '\n',
      '\r\n',
      '\0',
      ' ',
      '0',
      '5 <1>ab',
      '12',
      '99999999 ',
      '250 <1>',
      'line\n',
      '<1>x\n',
    )
    .map((text) => Buffer.from(text)),
  fc.string({ maxLength: 260 }).map((text) => Buffer.from(`${Buffer.byteLength(text)} ${text}`)),
)
const stream = fc.array(piece, { maxLength: 30 }).map((pieces) => Buffer.concat(pieces))
const runs = process.env['NIGHTLY'] === '1' ? 300_000 : 2_000

describe('however the bytes are cut', () => {
  test('byte by byte gives the same as one buffer', () => {
    fc.assert(
      fc.property(stream, fc.boolean(), (bytes, torn) => {
        expect(
          read(
            [...bytes].map((byte) => Buffer.of(byte)),
            torn,
          ),
        ).toEqual(read([bytes], torn))
      }),
      { numRuns: runs },
    )
  })
  test('any cut gives the same as one buffer', () => {
    fc.assert(
      fc.property(stream, fc.array(fc.nat(400)), (bytes, cuts) => {
        const edges = [
          0,
          ...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b),
          bytes.length,
        ]
        const chunks = edges.slice(1).map((edge, i) => bytes.subarray(edges[i], edge))
        expect(read(chunks)).toEqual(read([bytes]))
      }),
      { numRuns: runs },
    )
  })
  test('no message is longer than the limit, and nothing but frames is left out', () => {
    fc.assert(
      fc.property(stream, (bytes) => {
        const { frames } = read([bytes])
        for (const [text] of frames) expect(text.length).toBeLessThanOrEqual(limit)
        expect(frames.reduce((sum, [text]) => sum + text.length, 0)).toBeLessThanOrEqual(bytes.length)
      }),
      { numRuns: runs },
    )
  })
  test('lines come out as they went in', () => {
    const text = fc.string({ minLength: 1, maxLength: 50 }).filter((line) => !/[\0\n\r]/.test(line))
    fc.assert(
      fc.property(fc.array(text.map((line) => `<13>${line}`)), (lines) => {
        const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''))
        expect(read([bytes]).frames.map(([line]) => Buffer.from(line, 'latin1').toString())).toEqual(lines)
        const counted = Buffer.concat(lines.map((line) => Buffer.from(`${Buffer.byteLength(line)} ${line}`)))
        expect(read([counted]).frames.map(([line]) => Buffer.from(line, 'latin1').toString())).toEqual(lines)
      }),
    )
  })
})

test('megabytes of NUL or of digits take time that grows with their length only', () => {
  const before = process.cpuUsage()
  for (const unit of ['a\0', '1', '1 ', '\n', '<\0', '1234567 ']) read([Buffer.alloc(2 * 1024 * 1024, unit)])
  // About 3 s; with the square of the length it would be minutes.
  expect(process.cpuUsage(before).user / 1_000).toBeLessThan(15_000)
})
