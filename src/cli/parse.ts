import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { parseArgs } from 'node:util'
import { isoJst } from '../base/time.ts'
import { decode, type Hints, type ParseStatus, read, type SourceName, sources } from '../source/index.ts'
import type { Command } from './command.ts'

/** Where the command reads and writes; the process itself unless a test hands in others. */
export type Streams = {
  readonly input: AsyncIterable<Uint8Array>
  readonly output: NodeJS.WritableStream
  readonly complaint: NodeJS.WritableStream
}

/** A line longer than this is cut here: what receivers take is shorter, and memory stays flat. */
const longestLine = 1_048_576
const japan = 540

const help = `Usage: mimamori parse [--source NAME] FILE

Reads a log file and prints one normalised event a line, as JSON, to standard output. A summary goes to
standard error. FILE may be - for standard input.

  --source NAME  read every line as this source instead of recognising it: ${sources.map(({ name }) => name).join(', ')}
  --help         this text

Times without a zone are taken as Japan's, times without a year as the nearest to now.
Exit code: 0 every line was understood, 1 some lines were not, 2 wrong use or the file cannot be read.
`

/** `mimamori parse`: what the parsers make of a log file. */
export const parseCommand = {
  name: 'parse',
  summary: 'print a log file as normalised JSON events',
  run,
} satisfies Command

async function run(args: readonly string[], streams: Partial<Streams> = {}): Promise<number> {
  const output = streams.output ?? process.stdout
  const complaint = streams.complaint ?? process.stderr
  const wanted = readArguments(args)
  if (wanted === 'help') {
    output.write(help)
    return 0
  }
  if (typeof wanted === 'string') {
    complaint.write(`mimamori parse: ${wanted}\n\n${help}`)
    return 2
  }
  const input = streams.input ?? (wanted.file === '-' ? process.stdin : createReadStream(wanted.file))
  const counts: Counts = { ok: 0, partial: 0, failed: 0 }
  try {
    await printEvents({ input, output, complaint }, wanted.source, counts)
  } catch (error) {
    complaint.write(
      `mimamori parse: ${wanted.file}: ${error instanceof Error ? error.message : String(error)}\n`,
    )
    return 2
  }
  const { ok, partial, failed } = counts
  complaint.write(`${ok + partial + failed} lines: ${ok} ok, ${partial} partial, ${failed} failed\n`)
  return failed > 0 ? 1 : 0
}

type Wanted = { readonly file: string; readonly source: SourceName | 'auto' }

/** What was asked for, `help`, or in plain English what is wrong with it. */
function readArguments(args: readonly string[]): Wanted | 'help' | (string & {}) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { source: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    })
    if (values.help === true) return 'help'
    const [file, ...more] = positionals
    if (file === undefined || more.length > 0) return 'give exactly one FILE'
    const source = values.source === undefined || values.source === 'auto' ? 'auto' : named(values.source)
    return source === undefined ? `there is no source "${values.source}"` : { file, source }
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

function named(name: string): SourceName | undefined {
  return sources.find((source) => source.name === name)?.name
}

type Counts = Record<ParseStatus, number>

async function printEvents(streams: Streams, source: SourceName | 'auto', counts: Counts): Promise<void> {
  const { output } = streams
  // A reader that has seen enough (`| head`) closes the pipe: no fault of ours.
  let closed = false
  const onError = (): void => {
    closed = true
  }
  output.on('error', onError)
  try {
    let number = 0
    for await (const bytes of lines(streams.input)) {
      number += 1
      if (bytes.length === 0) continue
      const { status, text } = printed(bytes, number, source)
      counts[status] += 1
      if (closed) return
      if (!output.write(text))
        await Promise.race([once(output, 'drain'), once(output, 'close')]).catch(onError)
    }
  } finally {
    output.off('error', onError)
  }
}

function printed(
  bytes: Uint8Array,
  line: number,
  source: SourceName | 'auto',
): { status: ParseStatus; text: string } {
  const hints: Hints = { receivedAt: Date.now(), zoneMinutes: japan }
  const { text, charset, lossless } = decode(bytes)
  const parsed = read(text, source, hints)
  const bytesSay = charset === 'utf-8' && lossless ? {} : { charset, lossless }
  return {
    status: parsed.status,
    text: `${JSON.stringify({ line, time: isoJst(parsed.eventTime), ...bytesSay, ...parsed })}\n`,
  }
}

/** The lines of a stream of bytes, without their ends; holds no more than one line and one chunk at a time. */
async function* lines(input: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let parts: Uint8Array[] = []
  let held = 0
  for await (const chunk of input) {
    let start = 0
    for (let end = chunk.indexOf(0x0a); end !== -1; end = chunk.indexOf(0x0a, start)) {
      yield withoutReturn(joined(parts, chunk.subarray(start, end)))
      parts = []
      held = 0
      start = end + 1
    }
    if (held < longestLine && start < chunk.length)
      parts.push(chunk.subarray(start, start + longestLine - held))
    held += chunk.length - start
  }
  if (held > 0) yield withoutReturn(joined(parts, new Uint8Array()))
}

function joined(parts: readonly Uint8Array[], last: Uint8Array): Uint8Array {
  return parts.length === 0 ? last : Buffer.concat([...parts, last]).subarray(0, longestLine)
}

function withoutReturn(line: Uint8Array): Uint8Array {
  return line.at(-1) === 0x0d ? line.subarray(0, -1) : line
}
