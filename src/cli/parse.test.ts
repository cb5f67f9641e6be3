import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable, Writable } from 'node:stream'
import { afterAll, describe, expect, test } from 'vitest'
import { parseCommand } from './parse.ts'

const folder = mkdtempSync(join(tmpdir(), 'mimamori-parse-'))
afterAll(() => rmSync(folder, { recursive: true }))

function collector(): { stream: Writable; text: () => string } {
  const parts: string[] = []
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      parts.push(chunk.toString())
      done()
    },
  })
  return { stream, text: () => parts.join('') }
}

async function parse(
  args: string[],
  input?: Uint8Array[],
): Promise<{ code: number; out: string; err: string }> {
  const output = collector()
  const complaint = collector()
  const code = await parseCommand.run(args, {
    output: output.stream,
    complaint: complaint.stream,
    ...(input === undefined ? {} : { input: Readable.from(input) }),
  })
  return { code, out: output.text(), err: complaint.text() }
}

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

const sshd = 'Nov 23 14:32:05 nas sshd[1]: Failed password for root from 203.0.113.9 port 51022 ssh2'

describe('mimamori parse', () => {
  test('prints one event a line and a summary beside it', async () => {
    const { code, out, err } = await parse([file('a.log', `${sshd}\r\n\n<13>a: b\n`)])
    const events = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(events).toMatchObject([
      { line: 1, source: 'sshd', status: 'ok' },
      { line: 3, source: 'syslog' },
    ])
    expect(err).toBe('2 lines: 2 ok, 0 partial, 0 failed\n')
    expect(code).toBe(0)
  })
  test('ends with 1 where a line was not understood, and prints it all the same', async () => {
    const { code, out, err } = await parse([file('b.log', `${sshd}\nhello`)])
    expect(code).toBe(1)
    expect(out.split('\n')[1]).toContain('"status":"failed"')
    expect(err).toBe('2 lines: 1 ok, 0 partial, 1 failed\n')
  })
  test('keeps to a given source', async () => {
    const { code, out } = await parse(['--source', 'fortigate', file('c.log', sshd)])
    expect(code).toBe(1)
    expect(JSON.parse(out)).toMatchObject({ source: 'fortigate', status: 'failed' })
  })
  test('reads Shift_JIS and says so', async () => {
    const { out } = await parse([
      file('d.log', Buffer.concat([Buffer.from('<13>a: '), Buffer.from('8db293a1', 'hex')])),
    ])
    expect(JSON.parse(out)).toMatchObject({ charset: 'shift_jis', fields: { message: '佐藤' } })
  })
  test('reads standard input, lines cut anywhere', async () => {
    const bytes = Buffer.from(`${sshd}\n`.repeat(50))
    const pieces = Array.from({ length: Math.ceil(bytes.length / 7) }, (_, n) =>
      bytes.subarray(n * 7, n * 7 + 7),
    )
    const { code, err } = await parse(['-'], pieces)
    expect(err).toBe('50 lines: 50 ok, 0 partial, 0 failed\n')
    expect(code).toBe(0)
  })
  test('a line without end is cut and does not fill the memory', async () => {
    const chunk = Buffer.alloc(65_536, 0x61)
    const { code, err } = await parse(
      ['-'],
      Array.from({ length: 200 }, () => chunk),
    )
    expect(err).toBe('1 lines: 0 ok, 0 partial, 1 failed\n')
    expect(code).toBe(1)
  })
  test('tells how it is used', async () => {
    const { code, out } = await parse(['--help'])
    expect(code).toBe(0)
    expect(out).toContain('Usage: mimamori parse')
    for (const wrong of [[], ['a', 'b'], ['--source', 'x', 'a'], ['--nonsense', 'a']]) {
      const answer = await parse(wrong)
      expect(answer.code).toBe(2)
      expect(answer.err).toContain('Usage: mimamori parse')
    }
  })
  test('a file that is not there is 2', async () => {
    const { code, err } = await parse([join(folder, 'absent.log')])
    expect(code).toBe(2)
    expect(err).toContain('absent.log')
  })
})
