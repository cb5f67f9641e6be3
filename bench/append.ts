/**
 * How fast lines become durable: batches of twenty companies at once from memory to the commit, without receivers and
 * detection, on an embedded database of its own. BENCH_LINES, BENCH_BATCH and BENCH_WAITING change the load.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isoJst } from '../src/base/time.ts'
import { readConfig } from '../src/config.ts'
import { makeAppender } from '../src/event/index.ts'
import { newId, openStore, quiet, type Store, within } from '../src/store/index.ts'

const lines = Number(process.env['BENCH_LINES'] ?? 200_000)
const size = Number(process.env['BENCH_BATCH'] ?? 100)
const waiting = Number(process.env['BENCH_WAITING'] ?? 40)
const companies = 20

type Owner = { readonly company: string; readonly sensor: string }

async function furnish(store: Store): Promise<Owner[]> {
  const owners = Array.from({ length: companies }, () => ({ company: newId(), sensor: newId() }))
  await within(store.app, { organisations: owners.map((owner) => owner.company) }, async (tx) => {
    for (const [n, { company, sensor }] of owners.entries()) {
      await tx.run(`insert into organisation (id, kind, name) values ($1, 'company', $2)`, [
        company,
        `見本${n}`,
      ])
      await tx.run('insert into company (id, code) values ($1, $2)', [company, `M-${1_000 + n}`])
      await tx.run(`insert into sensor (id, company_id, name, class) values ($1, $2, '会社の入口', 'utm')`, [
        sensor,
        company,
      ])
    }
  })
  return owners
}

/** A line of a gateway, about 420 bytes. */
function lineOf(n: number, at: number): string {
  const [date, time] = isoJst(at).slice(0, 19).split('T')
  return (
    `<189>date=${date} time=${time} devname="FGT-BENCH" devid="FGT40FTK20009999" eventtime=${at}000000 tz="+0900" ` +
    `logid="0000000013" type="traffic" subtype="forward" level="notice" vd="root" srcip=192.168.27.${n % 250} ` +
    `srcport=${n % 60_000} srcintf="internal" dstip=203.0.113.10 dstport=443 dstintf="wan1" sessionid=${n} proto=6 ` +
    `action="close" policyid=1 service="HTTPS" duration=12 sentbyte=${n} rcvdbyte=18000 sentpkt=12 rcvdpkt=18`
  )
}

async function load(store: Store): Promise<Record<string, number>> {
  const owners = await furnish(store)
  const appender = makeAppender(store.ingest, { log: quiet })
  const took: number[] = []
  let left = Math.ceil(lines / size)
  const sender = async (): Promise<void> => {
    while (left-- > 0) {
      const owner = owners[left % owners.length]
      if (!owner) return
      const receivedAt = Date.now()
      const from = performance.now()
      await appender.append({
        ...owner,
        transport: 'syslog-tcp',
        peer: '127.0.0.1',
        receivedAt,
        lines: Array.from({ length: size }, (_, n) => ({ raw: lineOf(n, receivedAt), truncated: false })),
      })
      took.push(performance.now() - from)
    }
  }
  const begin = performance.now()
  await Promise.all(Array.from({ length: waiting }, sender))
  const seconds = (performance.now() - begin) / 1_000
  await appender.close()
  const sorted = took.toSorted((a, b) => a - b)
  const at = (share: number): number => Math.round(sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN)
  const rss = Math.round(process.memoryUsage().rss / 1024 / 1024)
  return {
    rows_per_s: Math.round((took.length * size) / seconds),
    p50_ms: at(0.5),
    p99_ms: at(0.99),
    rss_mb: rss,
  }
}

export const bench = async (): Promise<Record<string, number>> => {
  const home = mkdtempSync(join(tmpdir(), 'mimamori-append-'))
  chmodSync(home, 0o755)
  const store = await openStore(readConfig({ MIMAMORI_HOME: join(home, 'data') }), quiet)
  try {
    process.stderr.write(`${lines} lines in batches of ${size}, ${waiting} batches at once\n`)
    return await load(store)
  } finally {
    await store.close()
    rmSync(home, { recursive: true, force: true })
  }
}
