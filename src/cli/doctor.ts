import { accessSync, constants, existsSync, statfsSync } from 'node:fs'
import { createSocket } from 'node:dgram'
import { createServer } from 'node:net'
import { dirname } from 'node:path'
import { type Config, readConfig } from '../config.ts'
import { type Finding, inspectDatabase, leftOver, runningOn } from '../store/index.ts'
import type { Command } from './command.ts'
import { operation } from './operate.ts'

const usage = `Usage: mimamori doctor [--json]

Looks whether this installation can work: Node, settings, home, account, disk, ports, left-over processes, database (version,
letters, roles, schema). Changes nothing.

  --json    print the findings as one JSON object
  --help    this text

Exit code: 0 nothing is bad, 1 something is, 2 wrong use or setting.
`

function node(): Finding {
  const check = 'node'
  const good = Number(process.versions.node.split('.')[0]) >= 24
  if (good) return { check, state: 'ok', found: process.version }
  return {
    check,
    state: 'bad',
    found: process.version,
    advice: 'run npm install; npm start then uses Node 24',
  }
}

/** The folder itself, or the nearest above it that is there. */
function nearest(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : nearest(dirname(folder))
}

function home(config: Config): Finding {
  const check = 'home'
  try {
    accessSync(nearest(config.home), constants.W_OK | constants.X_OK)
    const note = existsSync(config.home) ? '' : ' (made by the first start)'
    return { check, state: 'ok', found: `${config.home}${note}` }
  } catch {
    const advice = 'write another folder into MIMAMORI_HOME, or make this one yours'
    return { check, state: 'bad', found: `${config.home} cannot be written`, advice }
  }
}

function account(config: Config): Finding {
  const check = 'account'
  if (process.getuid?.() !== 0) return { check, state: 'ok', found: 'an account of its own' }
  if (config.databaseUrl !== undefined)
    return { check, state: 'warn', found: 'root', advice: 'run as an account of its own' }
  return {
    check,
    state: config.practice ? 'warn' : 'bad',
    found: 'root; the embedded database then runs as nobody',
    advice: 'for practice only; run a real installation under an account of its own, or set DATABASE_URL',
  }
}

const gibi = 1024 ** 3

function disk(config: Config): Finding {
  const about = statfsSync(nearest(config.home))
  const free = about.bavail * about.bsize
  const found = `${(free / gibi).toFixed(1)} GiB free`
  if (free < gibi / 4)
    return { check: 'disk', state: 'bad', found, advice: 'make room: lines are refused when it is full' }
  return { check: 'disk', state: free < 2 * gibi ? 'warn' : 'ok', found }
}

type Door = {
  readonly setting: string
  readonly kind: 'tcp' | 'udp'
  readonly host: string
  readonly port: number
}

/** Whether we could listen there now; gives what stands against it. */
function obstacle(door: Door): Promise<string | undefined> {
  return new Promise((resolve) => {
    const told = (error: Error): void => resolve('code' in error ? String(error.code) : error.message)
    if (door.kind === 'tcp') {
      const server = createServer()
      server.once('error', told)
      server.listen({ host: door.host, port: door.port, exclusive: true }, () =>
        server.close(() => resolve(undefined)),
      )
      return
    }
    const socket = createSocket(door.host.includes(':') ? 'udp6' : 'udp4')
    socket.once('error', told)
    socket.bind({ port: door.port, address: door.host, exclusive: true }, () =>
      socket.close(() => resolve(undefined)),
    )
  })
}

async function port(door: Door, runner: number | undefined): Promise<Finding> {
  const check = `port ${door.port}/${door.kind}`
  const against = await obstacle(door)
  if (against === undefined) return { check, state: 'ok', found: 'free' }
  if (against === 'EADDRINUSE' && runner !== undefined) {
    return { check, state: 'ok', found: `in use, Mimamori runs as process ${runner}` }
  }
  const advice = `stop what listens there, or write another number into ${door.setting}`
  return { check, state: 'bad', found: against === 'EADDRINUSE' ? 'another program has it' : against, advice }
}

/** Looks at everything; pure of side effects but for opening each port for an instant. */
export async function examine(config: Config): Promise<readonly Finding[]> {
  const runner = runningOn(config)
  const { syslog } = config
  const doors: Door[] = [
    { setting: 'PORT', kind: 'tcp', host: config.host, port: config.port },
    { setting: 'SYSLOG_TCP_PORT', kind: 'tcp', host: syslog.host, port: syslog.tcpPort },
    { setting: 'SYSLOG_UDP_PORT', kind: 'udp', host: syslog.host, port: syslog.udpPort },
  ]
  const machine = [node(), home(config), account(config), disk(config), leftOver(config)]
  const ports = await Promise.all(doors.map((door) => port(door, runner)))
  return [...machine, ...ports, ...(await inspectDatabase(config))]
}

const marks = { ok: 'ok  ', warn: 'WARN', bad: 'BAD ' } as const

/** `mimamori doctor`. */
export const doctor: Command = operation(
  {
    name: 'doctor',
    summary: 'look whether this installation can work',
    usage,
    words: 0,
    async work({ config, json }) {
      const findings = await examine(config)
      const ok = findings.every(({ state }) => state !== 'bad')
      if (json) {
        process.stdout.write(`${JSON.stringify({ ok, findings })}\n`)
        return ok ? 0 : 1
      }
      for (const { check, state, found, advice } of findings) {
        process.stdout.write(
          `${marks[state]} ${check}: ${found}${advice === undefined ? '' : `\n       ${advice}`}\n`,
        )
      }
      return ok ? 0 : 1
    },
  },
  () => readConfig(process.env),
)
