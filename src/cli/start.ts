import { parseArgs } from 'node:util'
import { pino } from 'pino'
import { makeEntryLink } from '../access/index.ts'
import { day } from '../base/time.ts'
import { type Config, readConfig } from '../config.ts'
import { run, type Running } from '../main.ts'
import { practiceProvider, yamada } from '../practice/index.ts'
import type { Command } from './command.ts'
import { explain, failed } from './operate.ts'

const usage = `Usage: mimamori start

Runs everything until Ctrl-C: the web, the receivers, the detector and, unless DATABASE_URL is set, a PostgreSQL of its own.
Settings are environment variables; docs/guides/settings.md lists them.

  --help    this text

Exit code: 0 stopped when asked to, 1 could not run, 2 wrong use or setting.
`

/** `mimamori start`: the whole program in one process. */
export const startCommand: Command = {
  name: 'start',
  summary: 'run everything until Ctrl-C',
  async run(args) {
    let help
    try {
      help = parseArgs({ args: [...args], options: { help: { type: 'boolean', default: false } } }).values
        .help
    } catch (thrown) {
      process.stderr.write(`mimamori start: ${explain(thrown)}\n\n${usage}`)
      return 2
    }
    if (help) {
      process.stdout.write(usage)
      return 0
    }
    let config
    try {
      config = readConfig(process.env)
      return await runUntilAsked(config)
    } catch (thrown) {
      // What had begun must not keep a program alive that could not start.
      process.exit(failed('start', config === undefined ? thrown : named(config, thrown)))
    }
  },
}

async function runUntilAsked(config: Config): Promise<number> {
  const log = pino({ level: process.env['LOG_LEVEL'] ?? 'warn' }, pino.destination({ fd: 2, sync: true }))
  const stopped = signal()
  const running = await run(config, log)
  process.stdout.write(await greeting(config, running))
  process.on('SIGHUP', () => {
    const taken = running.watch()?.reloadRules()
    log.warn({ taken: taken ?? false }, taken ? 'the rules were taken anew' : 'the rules stay as they were')
  })
  const name = await stopped
  process.stdout.write(`\n${name}: stopping …\n`)
  const hard = setTimeout(() => process.exit(1), 30_000)
  await running.stop()
  clearTimeout(hard)
  return 0
}

/** A port that cannot be had, told with the setting that names it. */
function named(config: Config, thrown: unknown): unknown {
  if (!(thrown instanceof Error && 'code' in thrown && 'port' in thrown)) return thrown
  const taken = thrown.code === 'EADDRINUSE'
  if (!taken && thrown.code !== 'EACCES') return thrown
  const { udpPort, tcpPort } = config.syslog
  const udp = 'syscall' in thrown && thrown.syscall === 'bind' && thrown.port === udpPort
  const tcp = thrown.port === tcpPort ? 'SYSLOG_TCP_PORT' : undefined
  const setting = udp ? 'SYSLOG_UDP_PORT' : thrown.port === config.port ? 'PORT' : tcp
  if (setting === undefined) return thrown
  const why = taken ? 'another program listens there' : 'this account may not listen there'
  return new Error(`${setting}=${String(thrown.port)}: ${why}. Write another number, or run mimamori doctor.`)
}

/** Resolves with the first signal that asks for the end; a second one ends at once. */
function signal(): Promise<string> {
  return new Promise((asked) => {
    for (const name of ['SIGINT', 'SIGTERM'] as const) {
      let seen = false
      process.on(name, () => {
        if (seen) process.exit(130)
        seen = true
        asked(name)
      })
    }
  })
}

/** Where to look and how to sign in, in a few lines. */
async function greeting(config: Config, running: Running): Promise<string> {
  const watch = running.watch()
  const lines = ['', `みまもり Mimamori  ${config.baseUrl}`, '']
  if (watch === undefined) {
    lines.push(
      '  この installation はまだ空です。次のページで、提供者と最初の管理者を作ってください。',
      '  This installation is empty. Open this page to make the provider and its first administrator:',
      `    ${config.baseUrl}/first-run`,
      `    set-up code: ${running.access.setUpCode}`,
      '',
    )
    return lines.join('\n')
  }
  if (config.practice) {
    const owner = await linkFor(config, running, yamada.people[0]?.email ?? '')
    const analyst = await linkFor(config, running, practiceProvider.analyst.email)
    const admin = await linkFor(config, running, practiceProvider.admin.email)
    lines.push(
      '  練習用の見本です。1分ほどで、山田製作所への攻撃が始まります。',
      '  A practice installation. The attack on Yamada begins within a minute.',
      '',
      '  一度だけ使えるサインインのリンク（24時間） / one-time sign-in links (24 hours):',
      `    社長 owner      ${owner}`,
      `    解析 analyst    ${analyst}`,
      `    管理 admin      ${admin}`,
      '',
    )
  }
  lines.push(
    `  ログの受け口 receivers: HTTP ${config.baseUrl}/ingest/v1/auto · syslog UDP ${config.syslog.host}:${watch.ports.udp} · TCP ${config.syslog.host}:${watch.ports.tcp}`,
    `  データ data: ${config.home}`,
    '  止めるには Ctrl-C / Ctrl-C to stop',
    '',
    '',
  )
  return lines.join('\n')
}

async function linkFor(config: Config, running: Running, email: string): Promise<string> {
  const found = await running.store.signIn.query<{ id: string }>('select id from "user" where email = $1', [
    email,
  ])
  const person = found.rows[0]?.id
  if (person === undefined) return '-'
  const path = await makeEntryLink(running.access, person, { ttlMs: day, now: Date.now() })
  return `${config.baseUrl}${path}`
}
