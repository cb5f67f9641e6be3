/**
 * From the socket to the alert, for the whole program as it is installed: a child process with its embedded database, twenty
 * companies that send at once over HTTP and syslog TCP, and among their lines, every few seconds in every company, one that must
 * become an alert. Measured from the write to our socket to the NOTIFY that tells of the committed alert.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { makeAccess, setUpInstallation } from '../src/access/index.ts'
import { saveCompany } from '../src/company/index.ts'
import { readConfig } from '../src/config.ts'
import { insertSensor, insertToken } from '../src/device/index.ts'
import { makeAppender } from '../src/event/index.ts'
import { newId, openStore, quiet, secretOf, type Store, within } from '../src/store/index.ts'
import { pss } from './parts/memory.ts'
import { botnetLine, trafficLine } from '../src/practice/index.ts'

const companies = 20
const seconds = Number(process.env['BENCH_SECONDS'] ?? 60)
const rate = Number(process.env['BENCH_RATE'] ?? 3_600)
const beat = 50
/** Beats between two marks of a company: below the 20 stories an hour that one family may begin. */
const markEvery = Math.ceil((seconds * 1_000) / beat / 19)

type Sender = {
  readonly company: string
  readonly sensor: string
  readonly token: string
  readonly host: string
}

const say = (text: string): void => void process.stderr.write(`${text}\n`)

function freePort(): Promise<number> {
  return new Promise((found) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => found(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

async function start(
  home: string,
): Promise<{ child: ChildProcess; env: Record<string, string>; web: string; tcp: number }> {
  const [port, udp, tcp] = [await freePort(), await freePort(), await freePort()]
  const env = {
    MIMAMORI_HOME: home,
    MIMAMORI_PRACTICE: '0',
    PORT: String(port),
    SYSLOG_UDP_PORT: String(udp),
    SYSLOG_TCP_PORT: String(tcp),
    SYSLOG_HOST: '127.0.0.1',
    LOG_LEVEL: 'error',
  }
  const program = join(import.meta.dirname, '..', 'bin', 'mimamori')
  const child = spawn(program, ['start'], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const web = `http://127.0.0.1:${port}`
  for (let tries = 0; tries < 300; tries++) {
    const alive = await fetch(`${web}/healthz`).then(
      (answer) => answer.ok,
      () => false,
    )
    if (alive) return { child, env, web, tcp }
    await wait(200)
  }
  throw new Error('the program did not start')
}

/** One provider and twenty companies with a sensor each, made as the pages would make them. */
async function fill(store: Store, home: string): Promise<Sender[]> {
  const access = makeAccess({
    app: store.app,
    signIn: store.signIn,
    secret: secretOf(home),
    baseUrl: 'http://localhost',
    sendMail: async () => undefined,
    log: quiet,
  })
  const house = {
    providerName: 'みなと情報サービス',
    adminName: '木村 葵',
    adminEmail: 'kimura@minato.example',
    deskPhone: '0120-000-000',
    deskHours: '24時間',
  }
  const { provider } = await setUpInstallation(access, house, Date.now())
  const senders: Sender[] = []
  for (let n = 0; n < companies; n++) {
    const [company, sensor] = [newId(), newId()]
    const token = await within(store.app, { organisations: [provider, company] }, async (tx) => {
      await saveCompany(
        tx,
        {
          id: company,
          name: `見本${n}株式会社`,
          code: `M-${1000 + n}`,
          corporateNumber: null,
          soleProprietor: false,
          prefecture: null,
          trade: null,
          employees: 10,
        },
        { id: newId(), provider },
      )
      await insertSensor(tx, {
        id: sensor,
        company,
        name: '会社の入口',
        source: 'auto',
        class: 'utm',
        required: true,
        by: null,
      })
      return insertToken(tx, { company, sensor, by: null })
    })
    senders.push({ company, sensor, token, host: `FGT-${n}` })
  }
  return senders
}

/** Rows a second of the bare appender on the same database, with the same lines: what the whole is compared with. */
async function bareAppender(store: Store, sender: Sender): Promise<number> {
  const appender = makeAppender(store.ingest, { log: quiet })
  const raw = trafficLine(Date.now(), {
    host: sender.host,
    from: '192.168.1.5',
    to: '203.0.113.9',
    sent: 900,
    received: 9_000,
  })
  const lines = Array.from({ length: 500 }, () => ({ raw, truncated: false }))
  const begin = performance.now()
  let rows = 0
  while (performance.now() - begin < 4_000) {
    const batches = Array.from({ length: 4 }, () =>
      appender.append({
        company: sender.company,
        sensor: sender.sensor,
        transport: 'http' as const,
        peer: '127.0.0.1',
        receivedAt: Date.now(),
        lines,
      }),
    )
    for (const { stored } of await Promise.all(batches)) rows += stored
  }
  const perSecond = Math.round(rows / ((performance.now() - begin) / 1_000))
  await appender.close()
  return perSecond
}

type Sent = { lines: number; refused: number; readonly marks: Map<string, number> }

const framed = (token: string, line: string): string => {
  const text = line.replace(/^<\d+>/, '')
  return `<189>1 ${new Date().toISOString()} fgt fw - - [mimamori@32473 t="${token}"] ${text}\n`
}

/** One beat of one company: natural lines, and now and then a line that must become an alert. */
function beatOf(
  sender: Sender,
  at: { readonly now: number; readonly lines: number; readonly mark: string | undefined },
): string[] {
  const lines: string[] = []
  for (let n = 0; n < at.lines; n++) {
    const from = `192.168.1.${2 + ((at.now + n) % 200)}`
    lines.push(
      trafficLine(at.now, { host: sender.host, from, to: '203.0.113.10', sent: 1_200 + n, received: 18_000 }),
    )
  }
  if (at.mark !== undefined)
    lines.push(botnetLine(at.now, { host: sender.host, from: at.mark, to: '203.0.113.66' }))
  return lines
}

/** Half of the companies by HTTP, half by syslog TCP, all at once, at an even pace. */
async function load(senders: readonly Sender[], doors: { web: string; tcp: number }): Promise<Sent> {
  const sent: Sent = { lines: 0, refused: 0, marks: new Map() }
  const sockets = new Map<Sender, Socket>()
  for (const sender of senders.slice(companies / 2)) sockets.set(sender, connect(doors.tcp, '127.0.0.1'))
  const flying = new Set<Promise<void>>()
  const each = (rate / companies) * (beat / 1_000)
  const begin = performance.now()
  let owed = 0
  for (let tick = 0; performance.now() - begin < seconds * 1_000; tick++) {
    owed += each
    const lines = Math.floor(owed)
    owed -= lines
    senders.forEach((sender, n) => {
      const marks = tick % markEvery === (n * 7) % markEvery
      const mark = marks ? `10.${n}.${Math.floor(tick / 250)}.${1 + (Math.floor(tick / 5) % 250)}` : undefined
      const text = beatOf(sender, { now: Date.now(), lines: Math.max(0, lines - (marks ? 1 : 0)), mark })
      if (mark !== undefined) sent.marks.set(`${sender.company} ${mark}`, performance.now())
      sent.lines += text.length
      const socket = sockets.get(sender)
      if (socket) socket.write(text.map((line) => framed(sender.token, line)).join(''))
      else track(flying, post(doors.web, sender, text, sent))
    })
    const next = begin + (tick + 1) * beat
    await wait(Math.max(0, next - performance.now()))
  }
  await Promise.all(flying)
  for (const socket of sockets.values()) socket.end()
  return sent
}

function track(flying: Set<Promise<void>>, work: Promise<void>): void {
  flying.add(work)
  void work.finally(() => flying.delete(work))
}

// oxlint-disable-next-line max-params -- one request of a load generator
async function post(web: string, sender: Sender, lines: readonly string[], sent: Sent): Promise<void> {
  if (lines.length === 0) return
  const answer = await fetch(`${web}/ingest/v1/auto`, {
    method: 'POST',
    headers: { authorization: `Bearer ${sender.token}`, 'content-type': 'text/plain' },
    body: lines.join('\n'),
  })
  await answer.arrayBuffer()
  if (!answer.ok) sent.refused += lines.length
}

const at = (sorted: readonly number[], share: number): number =>
  Math.round(sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN)

export const bench = async (): Promise<Record<string, unknown>> => {
  const home = mkdtempSync(join(tmpdir(), 'mimamori-bench-'))
  const program = await start(home)
  const store = await openStore(readConfig({ ...process.env, ...program.env }), quiet, { guest: true })
  try {
    const senders = await fill(store, home)
    await wait(5_000)
    const bare = await bareAppender(store, senders[0] ?? failed('no sender'))
    say(`bare appender: ${bare} rows/s; now ${companies} companies, ${rate} lines/s for ${seconds} s`)
    // The detector reads what the bare appender wrote before the measured time begins.
    await wait(8_000)
    return await measure(store, senders, { ...program, home, bare })
  } finally {
    await store.close()
    program.child.kill('SIGINT')
    await new Promise((ended) => program.child.once('exit', ended))
    rmSync(home, { recursive: true, force: true })
  }
}

function failed(text: string): never {
  throw new Error(text)
}

async function measure(
  store: Store,
  senders: readonly Sender[],
  of: { web: string; tcp: number; home: string; bare: number; child: ChildProcess },
): Promise<Record<string, unknown>> {
  const heard = new Map<string, number>()
  const ear = await store.app.connect()
  await ear.query('listen mimamori')
  ear.on('notification', (message) => {
    const told = JSON.parse(message.payload ?? '{}') as { kind?: string; id?: string }
    if (told.kind === 'alert.raised' && told.id !== undefined) heard.set(told.id, performance.now())
  })
  const scope = { organisations: senders.map((sender) => sender.company) }
  const counted = () =>
    within(store.app, scope, (tx) =>
      tx.one<{ n: number }>('select coalesce(sum(lines), 0)::int8 as n from event_batch'),
    )
  const before = (await counted())?.n ?? 0
  const memory: number[] = []
  const sampling = setInterval(() => memory.push(pss(of.home, of.child.pid ?? 0)), 5_000)
  const begin = performance.now()
  const sent = await load(senders, of)
  const loaded = (performance.now() - begin) / 1_000
  for (let tries = 0; tries < 200 && heard.size < sent.marks.size; tries++) await wait(100)
  clearInterval(sampling)
  ear.release(true)
  const stored = ((await counted())?.n ?? 0) - before
  const alerts = await within(store.app, scope, (tx) =>
    tx.rows<{ id: string; key: string; company: string }>(
      `select id, group_key as key, company_id as company from alert`,
    ),
  )
  const waits = alerts
    .map((alert) => {
      const mark = /10\.\d+\.\d+\.\d+/.exec(alert.key)?.[0] ?? ''
      return (heard.get(alert.id) ?? Number.NaN) - (sent.marks.get(`${alert.company} ${mark}`) ?? Number.NaN)
    })
    .filter((ms) => Number.isFinite(ms))
    .sort((a, b) => a - b)
  say(
    `sent ${sent.lines}, stored ${stored}, refused ${sent.refused}; marks ${sent.marks.size}, alerts ${waits.length}`,
  )
  return {
    bench: 'pipeline',
    companies,
    seconds: Math.round(loaded),
    events_per_s: Math.round(stored / loaded),
    sent: sent.lines,
    stored,
    refused: sent.refused,
    marks: sent.marks.size,
    alerts: waits.length,
    p50_ms: at(waits, 0.5),
    p99_ms: at(waits, 0.99),
    max_ms: at(waits, 1),
    pss_mb: Math.max(...memory, pss(of.home, of.child.pid ?? 0)),
    bare_append_per_s: of.bare,
    ratio: Number((stored / loaded / of.bare).toFixed(3)),
  }
}
