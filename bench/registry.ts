/**
 * The public register as somebody outside sees it: the whole program as a child process with its embedded database, 400,000
 * made-up firms, and 50 searches a second over HTTP for half a minute (open loop: a slow answer does not hold up the next
 * question), beside an almost empty page in the same seconds. Then ten thousand numbers at once.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { makeAccess, setUpInstallation } from '../src/access/index.ts'
import { readConfig } from '../src/config.ts'
import { enterMany, saveRegistry } from '../src/registry/index.ts'
import { openStore, quiet, secretOf, type Store, withoutScope } from '../src/store/index.ts'
import { pss } from './parts/memory.ts'
import { dice, madeUp } from './parts/register.ts'

const entries = Number(process.env['BENCH_ENTRIES'] ?? 400_000)
const seconds = Number(process.env['BENCH_SECONDS'] ?? 30)
const rate = 50
const chunk = 4_000

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
): Promise<{ child: ChildProcess; env: Record<string, string>; port: number }> {
  const port = await freePort()
  const env = {
    MIMAMORI_HOME: home,
    MIMAMORI_PRACTICE: '0',
    PORT: String(port),
    SYSLOG_UDP_PORT: '0',
    SYSLOG_TCP_PORT: '0',
    SYSLOG_HOST: '127.0.0.1',
    LOG_LEVEL: 'error',
  }
  const child = spawn(join(import.meta.dirname, '..', 'bin', 'mimamori'), ['start'], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  for (let tries = 0; tries < 300; tries++) {
    const alive = await fetch(`http://127.0.0.1:${port}/healthz`).then(
      (answer) => answer.ok,
      () => false,
    )
    if (alive) return { child, env, port }
    await wait(200)
  }
  throw new Error('the program did not start')
}

/** Opens a register and fills it. Gives some numbers that are in it. */
async function fill(store: Store, home: string): Promise<string[]> {
  const access = makeAccess({
    app: store.app,
    signIn: store.signIn,
    secret: secretOf(home),
    baseUrl: 'http://localhost',
    sendMail: async () => undefined,
    log: quiet,
  })
  const house = {
    providerName: 'みなと商工会',
    adminName: '木村 葵',
    adminEmail: 'kimura@minato.example',
    deskPhone: '0120-000-000',
    deskHours: '平日9時から17時',
  }
  const { provider } = await setUpInstallation(access, house, Date.now())
  await withoutScope(store.app, (tx) =>
    saveRegistry(tx, {
      id: provider,
      code: 'MNT',
      name: 'みなと商工会の登録簿',
      nameEn: 'Minato register',
      levels: ['SA1', 'SA2'],
      review: false,
      terms: '見本',
      dataLicence: 'CC BY 4.0',
      dataLicenceUrl: undefined,
      contact: '0120-000-000',
      openedAt: Date.now(),
    }),
  )
  const numbers: string[] = []
  for (let from = 0; from < entries; from += chunk) {
    const part = Array.from({ length: Math.min(chunk, entries - from) }, (_, n) => madeUp(from + n))
    const given = await withoutScope(store.app, (tx) => enterMany(tx, part, { code: 'MNT', now: Date.now() }))
    if (from % (chunk * 20) === 0) say(`entered ${from + given.length} of ${entries}`)
    numbers.push(...given)
  }
  return numbers
}

type Asked = { readonly kind: string; readonly path: string }

/** The same name as another hand would write it: new kanji for old, the kind of body in another form on the other side. */
const rewritten = (name: string): string =>
  `${name.replaceAll('髙', '高').replaceAll('齋', '斉').replaceAll('邊', '辺').replaceAll('﨑', '崎')}（株）`

const hiragana = (reading: string): string =>
  reading.replace(/[ァ-ヶ]/gu, (kana) => String.fromCodePoint((kana.codePointAt(0) ?? 0) - 0x60))

/**
 * What people ask of a public register: names whole and in part, two characters often, readings, numbers, filters, pages
 * far down; and now and then one single character, which a fifth of all firms have.
 */
function question(roll: () => number, numbers: readonly string[]): Asked {
  const at = Math.floor(roll() * entries)
  const firm = madeUp(at)
  const name = firm.name.replace(/株式会社|有限会社|合同会社|[㈱㈲　 ]|[(（][株有][)）]/gu, '')
  const kana = firm.nameKana ?? 'ヤマダ'
  const page = String(1 + Math.floor(roll() * 50))
  const month = firm.declaredOn.slice(0, 7)
  const ways: readonly (readonly [kind: string, query: Record<string, string>])[] = [
    ['name', { q: name }],
    ['name', { q: firm.name }],
    ['name', { q: rewritten(name) }],
    ['two', { q: name.slice(0, 2) }],
    ['two', { q: name.slice(0, 2) }],
    ['two', { q: name.slice(-2) }],
    ['part', { q: name.slice(0, 4) }],
    ['part', { q: `㈱${name.slice(-3)}` }],
    ['kana', { q: kana }],
    ['kana', { q: hiragana(kana).slice(0, 4) }],
    ['number', { q: firm.corporateNumber ?? '1000000000001' }],
    ['number', { q: numbers[at] ?? '' }],
    ['filter', { q: name.slice(0, 2), prefecture: firm.prefecture }],
    ['filter', { prefecture: firm.prefecture, level: 'SA2' }],
    ['filter', { industry: firm.industry ?? 'E', from: `${month}-01`, to: `${month}-28` }],
    ['deep', { page }],
    ['deep', { q: name.slice(0, 2), page }],
    ['one', { q: name.slice(0, 1) }],
  ]
  const [kind, query] = ways[Math.floor(roll() * ways.length)] ?? ['deep', {}]
  return { kind, path: `/registry?${new URLSearchParams(query).toString()}` }
}

function get(agent: Agent, port: number, path: string): Promise<{ status: number; ms: number }> {
  const began = performance.now()
  return new Promise((found, failed) => {
    const asked = request({ agent, port, path, host: '127.0.0.1' }, (answer) => {
      answer.resume()
      answer.on('end', () => found({ status: answer.statusCode ?? 0, ms: performance.now() - began }))
    })
    asked.on('error', failed)
    asked.end()
  })
}

const at = (sorted: readonly number[], share: number): number =>
  Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN) * 10) / 10

type Load = {
  readonly searches: number[]
  readonly byKind: ReadonlyMap<string, number[]>
  readonly pages: number[]
  readonly failed: number
}

/** Asks at fixed times, whatever the answers do; every tenth time an almost empty page beside it. */
async function load(port: number, numbers: readonly string[], span: number): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 })
  const roll = dice(7)
  const byKind = new Map<string, number[]>()
  let failed = 0
  const one = async (path: string, kind: string): Promise<void> => {
    const { status, ms } = await get(agent, port, path)
    if (status !== 200) failed++
    else byKind.set(kind, [...(byKind.get(kind) ?? []), ms])
  }
  const running: Promise<void>[] = []
  const began = performance.now()
  for (let n = 0; n < span * rate; n++) {
    await wait(Math.max(0, began + (n * 1_000) / rate - performance.now()))
    const { kind, path } = question(roll, numbers)
    running.push(one(path, kind))
    if (n % 10 === 0) running.push(one('/privacy', 'page'))
  }
  await Promise.all(running)
  agent.destroy()
  for (const times of byKind.values()) times.sort((a, b) => a - b)
  const pages = byKind.get('page') ?? []
  byKind.delete('page')
  return { searches: [...byKind.values()].flat().sort((a, b) => a - b), byKind, pages, failed }
}

/** Ten thousand mixed numbers through the interface for programs, and the same as a form that answers with a file. */
async function bulk(port: number, numbers: readonly string[]): Promise<{ api: number; form: number }> {
  const keys = Array.from({ length: 10_000 }, (_, n) => {
    const firm = (n * 37) % entries
    return n % 2 === 0 ? (numbers[firm] ?? '') : (madeUp(firm).corporateNumber ?? '5123456789012')
  })
  const timed = async (path: string, init: RequestInit): Promise<number> => {
    const began = performance.now()
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', ...init })
    const text = await answer.text()
    if (!answer.ok || text.length < 100_000)
      throw new Error(`${path}: ${answer.status} ${text.slice(0, 200)}`)
    return (performance.now() - began) / 1_000
  }
  const headers = { 'content-type': 'application/json' }
  const api = await timed('/api/registry/v1/check', { headers, body: JSON.stringify({ keys }) })
  const form = new FormData()
  form.set('numbers', keys.join('\n'))
  form.set('as', 'csv')
  const origin = { origin: `http://localhost:${port}` }
  return { api, form: await timed('/registry/check', { headers: origin, body: form }) }
}

/** The whole register as one file, as a subsidy office would take it, read to its end. */
async function wholeFile(port: number): Promise<{ s: number; lines: number }> {
  const began = performance.now()
  const answer = await fetch(`http://127.0.0.1:${port}/registry/data.csv`)
  let lines = 0
  for await (const chunk of answer.body ?? []) for (const byte of chunk) if (byte === 10) lines++
  return { s: (performance.now() - began) / 1_000, lines }
}

export async function bench(): Promise<Readonly<Record<string, unknown>>> {
  const home = mkdtempSync(join(tmpdir(), 'mimamori-bench-'))
  const program = await start(home)
  const store = await openStore(readConfig(program.env), quiet, { guest: true })
  try {
    const began = performance.now()
    const numbers = await fill(store, home)
    say(`filled in ${Math.round((performance.now() - began) / 1_000)} s`)
    await load(program.port, numbers, 5)
    const { searches, byKind, pages, failed } = await load(program.port, numbers, seconds)
    const many = await bulk(program.port, numbers)
    const file = await wholeFile(program.port)
    if (file.lines !== entries + 1) throw new Error(`the file has ${file.lines} lines`)
    return {
      bench: 'registry',
      entries,
      requests_per_s: rate,
      seconds,
      searches: searches.length,
      failed,
      search_p50_ms: at(searches, 0.5),
      search_p95_ms: at(searches, 0.95),
      search_p99_ms: at(searches, 0.99),
      search_max_ms: at(searches, 1),
      p95_by_kind_ms: Object.fromEntries([...byKind].map(([kind, times]) => [kind, at(times, 0.95)])),
      page_p95_ms: at(pages, 0.95),
      ratio_p95: Number((at(searches, 0.95) / at(pages, 0.95)).toFixed(2)),
      bulk_10000_s: Number(many.api.toFixed(2)),
      bulk_10000_form_s: Number(many.form.toFixed(2)),
      whole_csv_s: Number(file.s.toFixed(1)),
      pss_mb: pss(home, program.child.pid ?? 0),
    }
  } finally {
    await store.close()
    program.child.kill('SIGTERM')
    await new Promise((ended) => program.child.once('exit', ended))
    rmSync(home, { recursive: true, force: true })
  }
}
