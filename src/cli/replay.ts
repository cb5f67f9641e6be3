import { constants, createReadStream } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type { Command } from './command.ts'
import { failed } from './operate.ts'
import { makeProgress, type Progress } from './progress.ts'

const usage = `Usage: mimamori replay --token TOKEN [OPTIONS] FILE

Sends the lines of a file to a running installation, as the sensor whose token it is. FILE may be "-" for standard input.
A batch that was taken before is not stored twice.

  --token TOKEN     the sensor's token (or the variable MIMAMORI_TOKEN)
  --url URL         where the installation answers (default http://localhost:8080)
  --source NAME     auto (default), fortigate, windows, sshd or syslog
  --batch N         lines a request (default 500, at most 5000)
  --json            print the result as one JSON object
  --help            this text

Exit code: 0 all lines are stored, 1 some were not, 2 wrong use.
`

type Wanted = {
  readonly file: string
  readonly token: string
  readonly url: string
  readonly source: string
  readonly batch: number
  readonly json: boolean
}

function readWanted(args: readonly string[]): Wanted | 'help' | { readonly wrong: string } {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      token: { type: 'string' },
      url: { type: 'string', default: 'http://localhost:8080' },
      source: { type: 'string', default: 'auto' },
      batch: { type: 'string', default: '500' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return 'help'
  const token = values.token ?? process.env['MIMAMORI_TOKEN']
  const [file] = positionals
  const batch = Number(values.batch)
  if (file === undefined || positionals.length > 1) return { wrong: 'name one FILE' }
  if (!token) return { wrong: 'give the sensor’s token with --token' }
  if (!Number.isInteger(batch) || batch < 1 || batch > 5_000) return { wrong: '--batch takes 1 to 5000' }
  return { file, token, url: values.url.replace(/\/$/, ''), source: values.source, batch, json: values.json }
}

/** `mimamori replay`: sends a file of lines through the HTTP receiver, waiting whenever it says so. */
export const replayCommand: Command = {
  name: 'replay',
  summary: 'send a file of log lines to a running installation',
  async run(args) {
    let wanted: ReturnType<typeof readWanted>
    try {
      wanted = readWanted(args)
    } catch (error) {
      wanted = { wrong: error instanceof Error ? error.message : String(error) }
    }
    if (wanted === 'help') {
      process.stdout.write(usage)
      return 0
    }
    if ('wrong' in wanted) {
      process.stderr.write(`mimamori replay: ${wanted.wrong}\n\n${usage}`)
      return 2
    }
    try {
      if (wanted.file !== '-') await access(wanted.file, constants.R_OK)
    } catch (thrown) {
      failed('replay', thrown)
      return 2
    }
    try {
      return await sendFile(wanted)
    } catch (thrown) {
      return failed('replay', thrown)
    }
  },
}

type Sent = { lines: number; accepted: number; duplicate: number; failed: number }

async function sendFile(wanted: Wanted): Promise<number> {
  const size = wanted.file === '-' ? 0 : (await stat(wanted.file)).size
  const input = wanted.file === '-' ? process.stdin : createReadStream(wanted.file)
  const progress = makeProgress({ label: 'replay', total: size })
  const sent: Sent = { lines: 0, accepted: 0, duplicate: 0, failed: 0 }
  let lines: string[] = []
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line !== '') lines.push(line)
    if (lines.length >= wanted.batch) {
      await sendLines(wanted, lines, sent, progress)
      lines = []
    }
  }
  if (lines.length > 0) await sendLines(wanted, lines, sent, progress)
  progress.done()
  const whole = sent.accepted + sent.duplicate === sent.lines
  process.stdout.write(
    wanted.json
      ? `${JSON.stringify(sent)}\n`
      : `${sent.lines} lines: ${sent.accepted} stored, ${sent.duplicate} stored before, ${sent.failed} stored but not read as sent\n`,
  )
  return whole ? 0 : 1
}

// oxlint-disable-next-line max-params -- one request and the three things it moves forward
async function sendLines(
  wanted: Wanted,
  lines: readonly string[],
  sent: Sent,
  progress: Progress,
): Promise<void> {
  const body = lines.join('\n')
  for (let tries = 0; ; tries++) {
    const answer = await post(wanted, body)
    if (
      answer === undefined ? sent.lines === 0 : !answer.ok && answer.status !== 429 && answer.status !== 503
    ) {
      throw new Error(await refusal(wanted, answer))
    }
    if (answer?.ok) {
      const result = (await answer.json()) as { accepted?: number; duplicate?: number; failed?: unknown[] }
      sent.lines += lines.length
      sent.accepted += result.accepted ?? 0
      sent.duplicate += result.duplicate ?? 0
      sent.failed += result.failed?.length ?? 0
      progress.step(Buffer.byteLength(body) + lines.length)
      return
    }
    if (tries >= 100) throw new Error(await refusal(wanted, answer))
    await wait(1_000 * Math.max(1, Number(answer?.headers.get('retry-after') ?? 1)))
  }
}

/** Undefined when nobody answers: an installation that was there a moment ago is waited for. */
function post(wanted: Wanted, body: string): Promise<Response | undefined> {
  return fetch(`${wanted.url}/ingest/v1/${wanted.source}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${wanted.token}`, 'content-type': 'text/plain; charset=utf-8' },
    body,
  }).catch(() => undefined)
}

async function refusal(wanted: Wanted, answer: Response | undefined): Promise<string> {
  if (answer === undefined) return `nobody answers at ${wanted.url}`
  const text = await answer.text()
  const [, said] = /"message_en":"([^"]*)"/.exec(text) ?? []
  return `${wanted.url} answered ${answer.status}: ${said ?? text.slice(0, 300)}`
}
