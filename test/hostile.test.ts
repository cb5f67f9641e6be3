import { readFileSync, readdirSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ask } from './kept.ts'
import {
  type Installation,
  issueToken,
  makeCompany,
  makeInstallation,
  makeSensor,
  until,
} from './real-installation.ts'
import { dial, sendUdp } from './receiving.ts'

const linux = process.platform === 'linux'
const mebi = 1024 * 1024
const say = (text: string): void => void process.stdout.write(`  hostile: ${text}\n`)

/** Another machine of the network, as far as the program can tell. */
const attacker = '127.0.0.66'

/** What the answers to one kind of attack were: statuses of HTTP, or that the connection was closed. */
type Answers = Map<string, number>

describe.skipIf(!linux)(`hostile senders ${linux ? '' : '(for Linux only)'}`, () => {
  let it: Installation
  let token: string
  const open = new Set<Socket>()

  beforeAll(async () => {
    it = await makeInstallation()
    const company = await makeCompany(it.admin, {
      name: '佐藤商店',
      owner: '佐藤 花子',
      email: 'sato@sato.example',
      device: '会計サーバー',
    })
    token = await issueToken(it.admin, await makeSensor(it.admin, company, '会計サーバー'))
  }, 60_000)

  afterAll(() => it?.remove())

  function attack(port: number): Socket {
    const socket = connect({ host: '127.0.0.1', port, localAddress: attacker })
    socket.on('error', () => undefined)
    socket.on('close', () => open.delete(socket))
    socket.resume()
    open.add(socket)
    return socket
  }

  /** Posts a body and tells the status, or `closed`. */
  function post(body: Buffer, headers: readonly string[]): Promise<string> {
    const socket = attack(Number(new URL(it.baseUrl).port))
    const head = [
      'POST /ingest/v1/auto HTTP/1.1',
      'Host: localhost',
      `Content-Length: ${body.length}`,
      'Connection: close',
      ...headers,
    ]
    return new Promise((resolve) => {
      socket.once('data', (answer) => resolve(answer.toString('latin1').slice(9, 12)))
      socket.once('close', () => resolve('closed'))
      socket.write(`${head.join('\r\n')}\r\n\r\n`)
      socket.write(body)
    })
  }

  async function many(count: number, once: (at: number) => Promise<string>): Promise<Answers> {
    const answers: Answers = new Map()
    const left = Array.from({ length: count }, (_, at) => at)
    const worker = async (): Promise<void> => {
      for (let at = left.pop(); at !== undefined; at = left.pop()) {
        const answer = await once(at)
        answers.set(answer, (answers.get(answer) ?? 0) + 1)
      }
    }
    await Promise.all(Array.from({ length: 8 }, worker))
    return answers
  }

  const program = (): string => `/proc/${it.program().child.pid}`
  const resident = (): number =>
    Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`${program()}/status`, 'utf8'))?.[1] ?? 0) / 1_024
  const files = (): number => readdirSync(`${program()}/fd`).length

  /** Somebody who sends as agreed, by HTTP and TCP, a line of each every 50 ms, and measures how long HTTP takes. */
  function honest(): { end(): Promise<{ sent: number; slowest: number }> } {
    let ending = false
    let sent = 0
    let slowest = 0
    const work = (async () => {
      const socket = await dial(it.tcpPort)
      while (!ending) {
        sent += 1
        socket.write(`<13>1 - pc fw - - [mimamori@32473 t="${token}"] honest tcp ${sent} line\n`)
        const began = performance.now()
        const answer = await fetch(`${it.baseUrl}/ingest/v1/auto`, {
          method: 'POST',
          headers: { authorization: `Bearer ${token}`, 'content-type': 'text/plain' },
          body: `honest http ${sent} line`,
        })
        expect(answer.status).toBe(200)
        slowest = Math.max(slowest, performance.now() - began)
        await pause(50)
      }
      socket.end()
    })()
    return {
      async end() {
        ending = true
        await work
        return { sent, slowest: Math.round(slowest) }
      },
    }
  }

  const bearer = (): string => `Authorization: Bearer ${token}`
  // Members of one file: 1 GiB of blanks in 1 MiB.
  const bomb = Buffer.concat(Array.from({ length: 16 }, () => gzipSync(Buffer.alloc(64 * mebi, ' '))))
  const packed = 'Content-Encoding: gzip'

  const http: readonly [string, string, () => Promise<Answers>][] = [
    ['gzip bombs with a token', '413', () => many(40, () => post(bomb, [bearer(), packed]))],
    [
      'gzip bombs without one',
      '401',
      () => many(40, () => post(bomb, ['Authorization: Bearer wrong', packed])),
    ],
    ['bombs inside bombs', '200', () => many(8, () => post(gzipSync(bomb), [bearer(), packed]))],
    ['broken gzip', '400', () => many(100, () => post(Buffer.alloc(5_000, 7), [bearer(), packed]))],
    [
      'bodies over the limit of the wire',
      '413',
      () => many(16, () => post(Buffer.alloc(17 * mebi, ' '), [bearer()])),
    ],
    [
      'JSON nested 500,000 deep',
      '200',
      () =>
        many(8, (at) =>
          post(Buffer.from(`${at}\n${'['.repeat(500_000)}`), [
            bearer(),
            'Content-Type: application/x-ndjson',
          ]),
        ),
    ],
    [
      'objects of 100,000 keys',
      '200',
      () =>
        many(8, (at) =>
          post(
            Buffer.from(`{${Array.from({ length: 100_000 }, (_, key) => `"${at}k${key}":1`).join(',')}}`),
            [bearer(), 'Content-Type: application/x-ndjson'],
          ),
        ),
    ],
  ]

  test('are refused with a reason, use bounded memory, and keep nobody else waiting', async () => {
    const before = { resident: resident(), files: files() }
    let most = 0
    const look = setInterval(() => (most = Math.max(most, resident())), 100)
    const other = honest()
    // Half-open, silent and slow connections stay for all of it.
    for (let at = 0; at < 300; at += 1) attack(it.tcpPort)
    const slow = Array.from({ length: 200 }, () => attack(Number(new URL(it.baseUrl).port)))
    for (const [at, socket] of slow.entries()) {
      socket.write('POST /ingest/v1/auto HTTP/1.1\r\nHost: localhost\r\n')
      if (at % 2 === 0) socket.write(`${bearer()}\r\nContent-Length: 1000000\r\n\r\n{"slow`)
    }
    const drip = setInterval(() => {
      for (const socket of slow) socket.write('x')
    }, 500)
    const rounds: number[] = []
    for (const round of [1, 2]) {
      for (const [name, expected, run] of http) {
        const answers = await run()
        if (round === 1) say(`${name}: ${JSON.stringify(Object.fromEntries(answers))}`)
        const others = [...answers.keys()].filter((answer) => answer !== expected && answer !== 'closed')
        expect([name, others]).toEqual([name, []])
      }
      await syslog()
      rounds.push(most)
    }
    clearInterval(drip)
    const { sent, slowest } = await other.end()
    for (const socket of open) socket.destroy()
    await until('all connections are gone', async () => files() <= before.files + 20, 15_000)
    clearInterval(look)
    say(
      `resident ${Math.round(before.resident)} MiB before, ${rounds.map(Math.round).join(' and ')} MiB at most in two rounds, ${Math.round(resident())} MiB after`,
    )
    say(`an honest sender: ${sent} requests, the slowest took ${slowest} ms`)
    expect(most - before.resident).toBeLessThan(500)
    // What was taken is used again: the second round costs no more than the first.
    expect(most - (rounds[0] ?? 0)).toBeLessThan(100)
    expect(slowest).toBeLessThan(3_000)
    await until('every honest line is stored', async () => {
      const counted = "select count(distinct raw) as n from event where raw ~ 'honest (tcp|http) [0-9]+ line'"
      return (await ask<{ n: number }>(it.home, counted))[0]?.n === 2 * sent
    })
    expect((await fetch(`${it.baseUrl}/readyz`)).status).toBe(200)
  }, 60_000)

  /** Frames without an end, of a length that nobody has, cut off, and noise. */
  async function syslog(): Promise<void> {
    for (const socket of open) if (socket.remotePort === it.tcpPort) socket.destroy()
    const endless = attack(it.tcpPort)
    const chunk = Buffer.alloc(mebi, 'x')
    for (let sent = 0; sent < 64 && !endless.destroyed; sent += 1) {
      await Promise.race([new Promise((written) => endless.write(chunk, written)), pause(1_000)])
    }
    const noise = Buffer.from(Array.from({ length: 60_000 }, (_, at) => (at * 7_919 + (at >> 3)) % 256))
    for (let at = 0; at < 40; at += 1) {
      attack(it.tcpPort).write(`${'9'.repeat(12)} <13>`)
      attack(it.tcpPort).write('<13>1 - cut off in the mid')
      attack(it.tcpPort).end(noise)
      const torn = attack(it.tcpPort)
      torn.write(`60000 <13>1 - ${'y'.repeat(20_000)}`, () => torn.resetAndDestroy())
      if (at % 10 === 9) await pause(100)
    }
    await sendUdp(
      it.udpPort,
      Array.from({ length: 5_000 }, (_, at) => noise.subarray(at, at + 1_000)),
    )
  }
})
