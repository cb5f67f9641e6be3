import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type ClientName,
  findClient,
  type RunningClient,
  sendWithCurl,
  sendWithLogger,
  startRsyslog,
} from './clients.ts'
import { ask } from './kept.ts'
import {
  agreeAddress,
  type Installation,
  issueToken,
  makeCompany,
  makeInstallation,
  makeSensor,
  missingOn,
  until,
} from './real-installation.ts'

const wanted: readonly ClientName[] = ['rsyslogd', 'curl', 'logger']
const absent = wanted.filter((name) => findClient(name) === undefined)
const reason = process.platform === 'linux' ? `absent: ${absent.join(', ')}` : 'for Linux only'
const skipped = absent.length > 0 || process.platform !== 'linux'

type Numbered = { readonly company: string; readonly sensor: string; readonly number: number }

const oneTo = (count: number): number[] => Array.from({ length: count }, (_, at) => at + 1)
const say = (text: string): void => void process.stdout.write(`  kill: ${text}\n`)

describe.skipIf(skipped)(`a real installation that is killed (${skipped ? reason : 'real senders'})`, () => {
  let it: Installation
  const companies = { yamada: '', sato: '' }
  const sensors = { http: '', tcp: '', udp: '' }
  let token = ''

  beforeAll(async () => {
    it = await makeInstallation()
    companies.yamada = await makeCompany(it.admin, {
      name: '山田製作所',
      owner: '山田 太郎',
      email: 'yamada@yamada.example',
      device: '工場サーバー',
    })
    companies.sato = await makeCompany(it.admin, {
      name: '佐藤商店',
      owner: '佐藤 花子',
      email: 'sato@sato.example',
      device: '会計サーバー',
    })
    sensors.http = await makeSensor(it.admin, companies.yamada, '転送役')
    sensors.udp = await makeSensor(it.admin, companies.yamada, '入口の装置')
    sensors.tcp = await makeSensor(it.admin, companies.sato, '会計サーバーのrsyslog')
    token = await issueToken(it.admin, sensors.http)
    await agreeAddress(it.admin, sensors.tcp, it.tcpPort)
    await agreeAddress(it.admin, sensors.udp, it.udpPort)
    // So long may the receivers still think that nobody has these addresses.
    await pause(4_500)
  }, 60_000)

  afterAll(() => it?.remove())

  /** What is stored of our numbered lines of one way in, in the order of storing. */
  const stored = (way: string): Promise<Numbered[]> =>
    ask<Numbered>(
      it.home,
      `select company_id as company, sensor_id as sensor, substring(raw from $1)::integer as number
       from event where raw ~ $1 order by batch_no, line`,
      [`${way} line ([0-9]+) `],
    )

  const countOf = async (sensor: string): Promise<number> => {
    const asked = 'select coalesce(sum(lines), 0) as n from event_batch where sensor_id = $1'
    return (await ask<{ n: number }>(it.home, asked, [sensor]))[0]?.n ?? 0
  }

  const isStored = async (text: string): Promise<boolean> =>
    (await ask(it.home, 'select from event where raw like $1', [`%${text}%`])).length > 0

  test('stores each line that curl had acknowledged once, under the company of its token', async () => {
    const perBatch = 500
    const batches = oneTo(40)
    const acknowledged = { lines: 0, duplicate: 0, refused: 0 }
    let restarted: Promise<void> | undefined
    const post = async (batch: number): Promise<void> => {
      const body = oneTo(perBatch)
        .map((at) => JSON.stringify({ message: `http line ${(batch - 1) * perBatch + at} 日本`, at }))
        .join('\n')
      const headers = ['Content-Type: application/x-ndjson', `Idempotency-Key: batch-${batch}`]
      for (;;) {
        const got = await sendWithCurl(`${it.baseUrl}/ingest/v1/auto`, { token, body, headers }).catch(
          () => undefined,
        )
        if (got?.status === 200) {
          const { accepted, duplicate } = got.answer as { accepted: number; duplicate: number }
          acknowledged.lines += accepted + duplicate
          acknowledged.duplicate += duplicate
          return
        }
        acknowledged.refused += 1
        await pause(100)
      }
    }
    const worker = async (): Promise<void> => {
      for (let batch = batches.shift(); batch !== undefined; batch = batches.shift()) {
        // Others are in flight while this one kills.
        if (batch === 15) restarted = it.killAndStart('everything')
        await post(batch)
      }
    }
    const began = performance.now()
    await Promise.all([worker(), worker(), worker(), worker()])
    await restarted
    const lines = await stored('http')
    say(
      `HTTP by curl: ${acknowledged.lines} acknowledged, ${lines.length} stored, ${acknowledged.duplicate} came again and were known, ` +
        `${acknowledged.refused} requests lost with the kill, ${Math.round(performance.now() - began)} ms with the start`,
    )
    expect(acknowledged.lines).toBe(20_000)
    expect(lines.map(({ number }) => number).toSorted((a, b) => a - b)).toEqual(oneTo(20_000))
    expect(new Set(lines.map(({ company }) => company))).toEqual(new Set([companies.yamada]))
    expect(new Set(lines.map(({ sensor }) => sensor))).toEqual(new Set([sensors.http]))
  }, 90_000)

  test('shows as a gap what rsyslog had handed to TCP and a kill took, and stores the rest', async () => {
    const sent = 20_000
    const began = performance.now()
    const rsyslog = await startRsyslog({ port: it.tcpPort, form: 'numbered' })
    try {
      const logged = logSteadily(rsyslog, sent)
      await until('a part has come by TCP', async () => (await countOf(sensors.tcp)) > 4_000)
      await it.killAndStart('program')
      const before = await countOf(sensors.tcp)
      await until('more has come by TCP', async () => (await countOf(sensors.tcp)) > before + 3_000)
      await it.killAndStart('everything')
      await logged
      await until('the last line has come by TCP', () => isStored(`tcp line ${sent} 日本`))
    } finally {
      await rsyslog.stop()
    }
    const lines = await stored('tcp')
    const distinct = new Set(lines.map(({ number }) => number)).size
    const missing = await missingSettled(sensors.tcp, sent - distinct)
    say(
      `TCP by rsyslog: ${sent} sent, ${lines.length} stored, ${lines.length - distinct} of them twice (rsyslog sent again), ` +
        `${missing} shown as missing, ${Math.round(performance.now() - began)} ms with two starts`,
    )
    expect(missing).toBe(sent - distinct)
    expect(distinct).toBeGreaterThan(sent / 2)
    expect(new Set(lines.map(({ company }) => company))).toEqual(new Set([companies.sato]))
  }, 90_000)

  test('stores datagrams of logger at most once and shows those that nobody heard as a gap', async () => {
    let sent = 0
    const send = async (): Promise<void> => {
      sent += 1
      const more = ['--rfc5424', '--sd-id', 'meta', '--sd-param', `sequenceId="${sent}"`]
      await sendWithLogger('udp', it.udpPort, { message: `udp line ${sent} 日本`, more }).catch(
        () => undefined,
      )
    }
    while (sent < 200) await send()
    let again = false
    const restarted = it.killAndStart('program').then(() => (again = true))
    while (!again) {
      await send()
      await pause(20)
    }
    await restarted
    for (let more = 0; more < 200; more += 1) await send()
    await until('the last datagram is stored', () => isStored(`udp line ${sent} 日本`))
    const lines = await stored('udp')
    const distinct = new Set(lines.map(({ number }) => number)).size
    const missing = await missingSettled(sensors.udp, sent - distinct)
    say(`UDP by logger: ${sent} sent, ${lines.length} stored, ${missing} shown as missing`)
    expect(lines.length).toBe(distinct)
    expect(missing).toBe(sent - distinct)
    expect(distinct).toBeGreaterThanOrEqual(300)
    expect(new Set(lines.map(({ company }) => company))).toEqual(new Set([companies.yamada]))
  }, 60_000)

  test('is ready again within five seconds', async () => {
    await it.stopAndStart('SIGTERM')
    for (const { after, ms } of it.starts) say(`ready ${ms} ms after the start that followed ${after}`)
    expect(it.starts.at(-1)?.ms).toBeLessThan(5_000)
  }, 60_000)

  /** About 3,300 lines a second: a machine that works, not one that empties all it has into the buffers of a connection. */
  async function logSteadily(rsyslog: RunningClient, count: number): Promise<void> {
    const portion = 500
    for (let from = 0; from < count; from += portion) {
      const next = pause(150)
      await rsyslog.log(oneTo(portion).map((at) => `tcp line ${from + at} 日本`))
      await next
    }
  }

  /** The detector reads behind the receivers; when it never says so much, gives what it says in the end. */
  async function missingSettled(sensor: string, expected: number): Promise<number> {
    const seen = async (): Promise<boolean> => (await missingOn(it.admin, sensor)) === expected
    await until('the page shows what is missing', seen, 20_000).catch(() => undefined)
    return missingOn(it.admin, sensor)
  }
})
