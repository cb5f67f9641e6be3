import Fastify from 'fastify'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { ingestRoutes, noteSequences, sequenceOf } from '../src/ingest/index.ts'
import { readBatches, readLines } from '../src/event/index.ts'
import { within, withoutScope } from '../src/store/index.ts'
import {
  findClient,
  type RunningClient,
  sendWithCurl,
  sendWithLogger,
  startRsyslog,
  startSyslogNg,
} from './clients.ts'
import { makeReceiving, type Opened, type Receiving } from './receiving.ts'

let it: Receiving
let opened: Opened
let client: RunningClient | undefined

beforeAll(async () => {
  it = await makeReceiving()
})
afterAll(() => it.database.drop())
afterEach(async () => {
  await client?.stop()
  client = undefined
  await opened.close()
})

const messages = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, i) => `message ${from + i} 日本`)

/** The numbers of our messages in kept lines. */
const numbers = (lines: readonly { readonly raw: string }[]): number[] =>
  lines.map(({ raw }) => Number(/message (\d+) 日本$/.exec(raw)?.[1]))

const oneTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 1)

const hasRsyslog = findClient('rsyslogd') !== undefined && findClient('logger') !== undefined
const hasSyslogNg = findClient('syslog-ng') !== undefined && findClient('logger') !== undefined

describe.skipIf(!hasRsyslog)('rsyslog over TCP (skipped where rsyslogd or logger is not installed)', () => {
  test.each([
    ['plain', 'traditional'],
    ['plain', 'octet-counted'],
    ['rfc5424', 'traditional'],
    ['rfc5424', 'octet-counted'],
  ] as const)('has each of 2,000 lines kept once, in order: %s, %s', async (form, framing) => {
    opened = await it.open()
    await it.agreeAddress(it.planted.yamada, opened.receivers.tcpPort)
    client = await startRsyslog({ port: opened.receivers.tcpPort, form, framing })
    await client.log(messages(1, 2_000))
    const lines = await it.untilKept(2_000, 30_000)
    expect(numbers(lines)).toEqual(oneTo(2_000))
    expect(new Set(lines.map((line) => line.sensor))).toEqual(new Set([it.planted.yamada.sensor]))
    expect(lines[0]?.raw).toMatch(form === 'plain' ? /^<188>[A-Z][a-z]{2} / : /^<188>1 \d{4}-/)
  })

  test('with a token is known by it, and its numbers show what was lost', async () => {
    opened = await it.open()
    await it.giveToken(it.planted.sato, 'token-of-sato')
    client = await startRsyslog({ port: opened.receivers.tcpPort, form: 'numbered', token: 'token-of-sato' })
    await client.log(messages(1, 500))
    const lines = await it.untilKept(500, 30_000)
    expect(numbers(lines)).toEqual(oneTo(500))
    expect(lines.map(({ raw }) => sequenceOf(raw)?.number)).toEqual(oneTo(500))
    expect(lines.some(({ raw }) => raw.includes('token'))).toBe(false)
    expect(new Set(lines.map((line) => line.sensor))).toEqual(new Set([it.planted.sato.sensor]))
  })

  test('keeps what it cannot send while we are away, and sends it afterwards', async () => {
    opened = await it.open()
    await it.agreeAddress(it.planted.yamada, opened.receivers.tcpPort)
    const port = opened.receivers.tcpPort
    client = await startRsyslog({ port, form: 'numbered' })
    await client.log(messages(1, 300))
    await it.untilKept(300, 30_000)
    await opened.close()
    await client.log(messages(301, 600))
    opened = await it.reopen({ syslog: { host: '127.0.0.1', udpPort: 0, tcpPort: port } })
    const lines = await it.untilKept(600, 30_000)
    expect(numbers(lines)).toEqual(oneTo(600))
    expect(lines.map(({ raw }) => sequenceOf(raw)?.number)).toEqual(oneTo(600))
  })
})

describe.skipIf(!hasSyslogNg)(
  'syslog-ng over TCP (skipped where syslog-ng or logger is not installed)',
  () => {
    test('has each of 2,000 lines kept once, with its own numbers', async () => {
      opened = await it.open()
      await it.agreeAddress(it.planted.yamada, opened.receivers.tcpPort)
      client = await startSyslogNg({ port: opened.receivers.tcpPort })
      await client.log(messages(1, 2_000))
      const lines = await it.untilKept(2_000, 30_000)
      expect(numbers(lines)).toEqual(oneTo(2_000))
      const sequence = lines.map(({ raw }) => sequenceOf(raw)?.number ?? 0)
      expect(sequence).toEqual(sequence.map((_, i) => (sequence[0] ?? 0) + i))
    })

    test('shows as a gap what was thrown away on the way', async () => {
      opened = await it.open()
      await it.agreeAddress(it.planted.yamada, opened.receivers.tcpPort)
      client = await startSyslogNg({ port: opened.receivers.tcpPort })
      await client.log(messages(1, 100))
      await it.untilKept(100, 30_000)
      // As if a receiver had been killed with lines in its hands.
      // By their own numbers, not by their places in batches: the first and the last must stay to show what is between.
      await it.database.superuser.query("delete from event where raw ~ 'message ([0-9]*5|50) '")
      const { company } = it.planted.yamada
      const gaps = await within(it.database.store.detect, { organisations: [company] }, async (tx) => {
        const batches = await withoutScope(it.database.store.detect, (all) => readBatches(all, 0, 1_000))
        const lines = await readLines(tx, batches)
        return noteSequences(tx, { company, lines, now: Date.now() })
      })
      const kept = (await it.kept()).length
      const missing = gaps.reduce((sum, gap) => sum + gap.missing, 0)
      expect(kept).toBe(89)
      expect(missing).toBe(11)
    })
  },
)

describe.skipIf(findClient('logger') === undefined)('logger (skipped where it is not installed)', () => {
  test.each(['udp', 'tcp'] as const)('over %s, in the old and the new form, counted or not', async (way) => {
    opened = await it.open()
    const port = way === 'udp' ? opened.receivers.udpPort : opened.receivers.tcpPort
    await it.agreeAddress(it.planted.yamada, port)
    await sendWithLogger(way, port, { message: 'old 日本', more: ['--rfc3164'] })
    await sendWithLogger(way, port, { message: 'new 日本', more: ['--rfc5424'] })
    await sendWithLogger(way, port, { message: 'counted 日本', more: ['--rfc5424', '--octet-count'] })
    const lines = await it.untilKept(3)
    expect(lines.map(({ raw }) => `${/(old|new|counted) 日本$/.exec(raw)?.[1]}`).toSorted()).toEqual([
      'counted',
      'new',
      'old',
    ])
  })
})

describe.skipIf(findClient('curl') === undefined)('curl (skipped where it is not installed)', () => {
  test('posts a compressed file, and again without doubling it', async () => {
    opened = await it.open()
    await it.giveToken(it.planted.sato, 'token-of-sato')
    const app = Fastify()
    ingestRoutes(app, opened.ingest)
    const url = `${await app.listen({ port: 0, host: '127.0.0.1' })}/ingest/v1/auto`
    try {
      const body = messages(1, 5_000).join('\n')
      const first = await sendWithCurl(url, { token: 'token-of-sato', body })
      expect(first).toEqual({ status: 200, answer: { accepted: 5_000, duplicate: 0, failed: [] } })
      const again = await sendWithCurl(url, { token: 'token-of-sato', body })
      expect(again).toEqual({ status: 200, answer: { accepted: 0, duplicate: 5_000, failed: [] } })
      const wrong = await sendWithCurl(url, { token: 'wrong', body })
      expect(wrong).toMatchObject({ status: 401, answer: { error: { code: 'INGEST_TOKEN' } } })
      expect(numbers(await it.kept())).toEqual(oneTo(5_000))
    } finally {
      await app.close()
    }
  })
})
