import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, isAbsolute, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { rsyslogRecipe } from '../src/ingest/index.ts'

/** Real programs that send logs, as Debian has them. Tests that need one are skipped where it is absent. */
export type ClientName = 'rsyslogd' | 'syslog-ng' | 'logger' | 'curl'

const run = promisify(execFile)

/** Where `.ci/run` puts what cannot be installed: Debian's rsyslog and syslog-ng exclude each other. */
const unpacked = fileURLToPath(new URL('../.cache/clients/bin', import.meta.url))

/** The path of a program; undefined where it is absent. */
export function findClient(name: ClientName): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/bin', unpacked]
  return folders.map((folder) => join(folder, name)).find((place) => isAbsolute(place) && existsSync(place))
}

/** A program that runs in a folder of its own and takes log lines at a socket. */
export type RunningClient = {
  /** Logs messages, in order; resolves when the program has taken them, not when they have arrived. */
  readonly log: (messages: readonly string[]) => Promise<void>
  readonly process: ChildProcess
  /** Ends the program and removes its folder. */
  readonly stop: () => Promise<void>
}

async function until(what: string, ready: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000
  while (!(await ready())) {
    if (Date.now() > deadline) throw new Error(`${what} did not come`)
    await new Promise((next) => {
      setTimeout(next, 20)
    })
  }
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )

async function runClient(it: {
  readonly folder: string
  readonly socket: string
  readonly program: string
  readonly args: readonly string[]
}): Promise<RunningClient> {
  const child = spawn(it.program, [...it.args], {
    cwd: it.folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    said = `${said}${chunk.toString()}`.slice(-4_000)
  })
  const exited = once(child, 'exit')
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM')
    const late = setTimeout(() => child.kill('SIGKILL'), 10_000)
    await exited
    clearTimeout(late)
    await rm(it.folder, { recursive: true, force: true })
  }
  await until(`${it.program}: ${said}`, async () => {
    if (child.exitCode !== null) throw new Error(`${it.program} ended: ${said}`)
    return isThere(it.socket)
  })
  return { process: child, stop, log: (messages) => logTo(it.socket, it.folder, messages) }
}

async function logTo(socket: string, folder: string, messages: readonly string[]): Promise<void> {
  const logger = findClient('logger')
  if (logger === undefined) throw new Error('logger is absent')
  const file = join(folder, `messages-${process.hrtime.bigint()}`)
  await writeFile(file, `${messages.join('\n')}\n`)
  await run(logger, ['-u', socket, '-p', 'local7.warning', '-t', 'fw', '-f', file])
}

export type RsyslogOptions = {
  /** Our TCP port. */
  readonly port: number
  readonly framing?: 'traditional' | 'octet-counted'
  /** `plain` is rsyslog's default (RFC 3164); `numbered` is the recipe that the portal gives, always octet-counted. */
  readonly form?: 'plain' | 'rfc5424' | 'numbered'
  readonly token?: string
}

/** Starts rsyslog with a disk-assisted queue and endless retry towards our TCP port. */
export async function startRsyslog(options: RsyslogOptions): Promise<RunningClient> {
  const program = findClient('rsyslogd')
  if (program === undefined) throw new Error('rsyslogd is absent')
  const folder = await mkdtemp(join(tmpdir(), 'rsyslog-'))
  const { framing = 'traditional', form = 'plain' } = options
  const target = { host: '127.0.0.1', port: options.port, ...(options.token ? { token: options.token } : {}) }
  const recipe = rsyslogRecipe(target).replace('resumeInterval="5"', 'resumeInterval="1"')
  const template = form === 'plain' ? '' : 'template="RSYSLOG_SyslogProtocol23Format"'
  const plain = `main_queue(queue.workerThreads="1")
action(type="omfwd" target="127.0.0.1" port="${options.port}" protocol="tcp" TCP_Framing="${framing}" ${template}
  name="out" queue.type="linkedList" queue.filename="out" queue.saveOnShutdown="on" queue.size="200000"
  action.resumeRetryCount="-1" action.resumeInterval="1")
`
  const config = `global(workDirectory="${folder}" net.enableDNS="off")
module(load="imuxsock" SysSock.Use="off")
input(type="imuxsock" Socket="${folder}/log" RateLimit.Interval="0")
${form === 'numbered' ? recipe : plain}`
  await writeFile(join(folder, 'rsyslog.conf'), config)
  const args = ['-n', '-f', join(folder, 'rsyslog.conf'), '-i', join(folder, 'pid')]
  return runClient({ folder, socket: join(folder, 'log'), program, args })
}

/** Starts syslog-ng, which numbers its messages, towards our TCP port: RFC 5424 with octet counting and a disk buffer. */
export async function startSyslogNg(options: { readonly port: number }): Promise<RunningClient> {
  const program = findClient('syslog-ng')
  if (program === undefined) throw new Error('syslog-ng is absent')
  const folder = await mkdtemp(join(tmpdir(), 'syslog-ng-'))
  const config = `@version: 3.38
options { keep-hostname(yes); use-dns(no); time-reopen(1); stats-freq(0); };
source s { unix-dgram("${folder}/log"); };
destination d { syslog("127.0.0.1" port(${options.port}) transport("tcp")
  disk-buffer(reliable(yes) disk-buf-size(67108864) mem-buf-size(1048576) dir("${folder}"))); };
log { source(s); destination(d); flags(flow-control); };
`
  await writeFile(join(folder, 'syslog-ng.conf'), config)
  const own = (name: string): string => join(folder, name)
  const files = ['-f', own('syslog-ng.conf'), '-R', own('persist'), '-c', own('ctl'), '--pidfile', own('pid')]
  return runClient({ folder, socket: own('log'), program, args: ['-F', '--no-caps', ...files] })
}

/** Sends one message with `logger` straight to our port. */
export async function sendWithLogger(
  way: 'udp' | 'tcp',
  port: number,
  what: { readonly message: string; readonly more?: readonly string[] },
): Promise<void> {
  const logger = findClient('logger')
  if (logger === undefined) throw new Error('logger is absent')
  const to = ['-n', '127.0.0.1', '-P', String(port), way === 'udp' ? '-d' : '-T']
  await run(logger, [...to, ...(what.more ?? []), '-t', 'fw', what.message])
}

/** Posts a body with curl, compressed; gives the status and the answer. */
export async function sendWithCurl(
  url: string,
  it: { readonly token: string; readonly body: string; readonly headers?: readonly string[] },
): Promise<{ status: number; answer: unknown }> {
  const curl = findClient('curl')
  if (curl === undefined) throw new Error('curl is absent')
  const folder = await mkdtemp(join(tmpdir(), 'curl-'))
  try {
    const file = join(folder, 'body.gz')
    await writeFile(file, gzipSync(it.body))
    const headers = ['Content-Encoding: gzip', `Authorization: Bearer ${it.token}`, ...(it.headers ?? [])]
    const { stdout } = await run(curl, [
      '-sS',
      '--max-time',
      '60',
      '--data-binary',
      `@${file}`,
      '-w',
      '\n%{http_code}',
      ...headers.flatMap((header) => ['-H', header]),
      url,
    ])
    const at = stdout.lastIndexOf('\n')
    return { status: Number(stdout.slice(at + 1)), answer: JSON.parse(stdout.slice(0, at)) }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
