import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Config, readConfig } from '../src/config.ts'
import { run, type Running } from '../src/main.ts'
import { type Log, newSecret, openStore, type Pool, quiet, type Store } from '../src/store/index.ts'
import { makePool } from '../src/store/pool.ts'
import { emptyTestDatabase } from '../src/store/test-database.ts'

const checkout = fileURLToPath(new URL('..', import.meta.url))

/** A program that runs, as somebody outside sees it. */
type Reachable = {
  /** `http://localhost:<port>`, without a slash at the end. */
  readonly baseUrl: string
  /** Everything it keeps, in a temp folder of its own. */
  readonly home: string
  /** What the first-run page asks for. */
  readonly setUpCode: string
  /** Ports of the syslog receivers; undefined before the installation is set up. */
  ports(): { readonly udp: number; readonly tcp: number } | undefined
  /** A one-time link (whole address) for the person of this mail address. Throws when there is nobody. */
  entryLink(email: string): Promise<string>
  /** Signs in by such a link; gives the value of the `Cookie` header. */
  signIn(email: string): Promise<string>
}

/** The whole program inside this process, over a database of the test cluster (no safety against power loss). */
export type Program = Reachable & {
  readonly running: Running
  /** Looks past row-level security: to plant and to count. */
  readonly superuser: Pool
  /** What it logged at `warn` or above. */
  readonly troubles: readonly string[]
  /** Ends receivers, practice devices, detector and timers, so that nothing moves by itself; the pages go on. */
  hush(): Promise<void>
  /** Ends it all and drops the database. */
  stop(): Promise<void>
}

/** The whole program as a child process with its embedded database, as in production. */
export type Launched = Reachable & {
  readonly child: ChildProcess
  readonly env: Readonly<Record<string, string>>
  /** Everything it printed, both ways out. */
  output(): string
  /** SIGTERM; gives the exit code. */
  stop(): Promise<number | null>
  /** SIGKILL of the program alone, or of its database, too. */
  kill(what?: 'program' | 'everything'): Promise<void>
  /** After the end: stops a database that was left over and removes the home. */
  remove(): Promise<void>
}

type Options = {
  /** Whether it fills itself with the practice and plays it; otherwise it begins at the first-run page. */
  readonly practice: boolean
  /** More settings. */
  readonly env?: Readonly<Record<string, string>>
}

/** A port that nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('BUG: no port')
  return address.port
}

async function settingsOf(options: Options, home: string): Promise<Record<string, string>> {
  return {
    MIMAMORI_HOME: home,
    MIMAMORI_PRACTICE: options.practice ? '1' : '0',
    PORT: String(await freePort()),
    SYSLOG_HOST: '127.0.0.1',
    SYSLOG_UDP_PORT: '0',
    SYSLOG_TCP_PORT: '0',
    ...options.env,
  }
}

/** The test runner sets some of these for itself. */
const unset = { BASE_URL: '', DATABASE_URL: '', SMTP_URL: '', NODE_OPTIONS: '' }

const newHome = (): string => mkdtempSync(join(tmpdir(), 'mimamori-program-'))

/** Starts the program in this process. */
export async function startProgram(options: Options): Promise<Program> {
  const home = newHome()
  const database = await emptyTestDatabase()
  const env = { ...(await settingsOf(options, home)), DATABASE_URL: database.ownerUrl }
  const config: Config = readConfig(env)
  const troubles: string[] = []
  const running = await run(config, logInto(troubles))
  const superuser = makePool({ url: database.superuserUrl, log: quiet, max: 3, name: 'test superuser' })
  let hushed: Promise<void> | undefined
  const hush = (): Promise<void> => {
    hushed ??= (async () => {
      await running.watch()?.stopReceiving()
      await running.watch()?.stop()
    })()
    return hushed
  }
  return {
    ...doorsOf(config.baseUrl, () => Promise.resolve(running.store)),
    home,
    running,
    superuser,
    troubles,
    setUpCode: running.access.setUpCode,
    ports: () => running.watch()?.ports,
    hush,
    async stop() {
      await running.stop()
      await superuser.end()
      await database.drop()
      rmSync(home, { recursive: true, force: true })
    },
  }
}

function logInto(troubles: string[]): Log {
  const keep = (details: object, text: string): void => {
    troubles.push(`${text} ${JSON.stringify(details)}`)
  }
  return { info: () => undefined, warn: keep, error: keep }
}

/**
 * Starts the program as people do, by `bin/mimamori start`, and waits until it has told where to look. Given a `home`, it
 * starts again on what lies there.
 */
export async function launchProgram(options: Options & { readonly home?: string }): Promise<Launched> {
  const home = options.home ?? newHome()
  const env = await settingsOf(options, home)
  const child = spawn(join(checkout, 'bin/mimamori'), ['start'], {
    env: { ...process.env, ...unset, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'exit')
  const output = collect(child)
  await untilGreeted(child, output).catch((thrown: unknown) => {
    if (options.home === undefined) rmSync(home, { recursive: true, force: true })
    throw thrown
  })
  const config = readConfig(env)
  const store = onceOnly(() => openStore(config, quiet, { guest: true }))
  const closeStore = async (): Promise<void> => (await store.made())?.close()
  return {
    ...doorsOf(config.baseUrl, store.get),
    home,
    child,
    env,
    output,
    setUpCode: /set-up code: (\S+)/.exec(output())?.[1] ?? '',
    ports: () => portsIn(output()),
    async stop() {
      await closeStore()
      child.kill('SIGTERM')
      await ended
      return child.exitCode
    },
    async kill(what = 'program') {
      await closeStore()
      child.kill('SIGKILL')
      await ended
      if (what === 'everything') endDatabase(home, 'SIGKILL')
    },
    async remove() {
      endDatabase(home, 'SIGQUIT')
      await new Promise((later) => setTimeout(later, 300))
      rmSync(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 })
    },
  }
}

function collect(child: ChildProcess): () => string {
  let text = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8')
    stream?.on('data', (part: string) => {
      text += part
    })
  }
  return () => text
}

/** The last line of the greeting, or of the one of an installation that is still empty. */
const greeted = /Ctrl-C to stop|set-up code: \S+/

async function untilGreeted(child: ChildProcess, output: () => string): Promise<void> {
  const deadline = Date.now() + 60_000
  while (!greeted.test(output())) {
    if (child.exitCode !== null || Date.now() > deadline) {
      child.kill('SIGKILL')
      throw new Error(`the program did not start:\n${output()}`)
    }
    await new Promise((later) => setTimeout(later, 50))
  }
}

function portsIn(text: string): { udp: number; tcp: number } | undefined {
  const found = /syslog UDP \S+:(\d+) · TCP \S+:(\d+)/.exec(text)
  return found ? { udp: Number(found[1]), tcp: Number(found[2]) } : undefined
}

function onceOnly<T>(make: () => Promise<T>): { get(): Promise<T>; made(): Promise<T> | undefined } {
  let kept: Promise<T> | undefined
  return { get: () => (kept ??= make()), made: () => kept }
}

/** Signals the database whose home this is, when it still runs. */
function endDatabase(home: string, signal: NodeJS.Signals): void {
  for (const folder of readdirSync(home).filter((name) => name.startsWith('postgres-'))) {
    try {
      const [pid] = readFileSync(join(home, folder, 'postmaster.pid'), 'utf8').split('\n')
      process.kill(Number(pid), signal)
    } catch {
      // No such file or no such process: it is not running.
    }
  }
}

function doorsOf(
  baseUrl: string,
  open: () => Promise<Store>,
): Pick<Reachable, 'baseUrl' | 'entryLink' | 'signIn'> {
  const entryLink = async (email: string): Promise<string> => {
    const { signIn } = await open()
    const secret = newSecret()
    const made = await signIn.query(
      `insert into entry_link (hash, person_id, made_at, expires_at)
       select $1, id, now(), now() + interval '1 hour' from "user" where email = $2`,
      [createHash('sha256').update(secret).digest(), email],
    )
    if (made.rowCount !== 1) throw new Error(`nobody here reads ${email}`)
    return `${baseUrl}/enter/${secret}`
  }
  const signIn = async (email: string): Promise<string> => {
    const answer = await fetch(await entryLink(email), {
      method: 'POST',
      headers: { origin: baseUrl, 'content-type': 'application/x-www-form-urlencoded' },
      redirect: 'manual',
    })
    if (answer.status !== 303) throw new Error(`${email} could not sign in: ${answer.status}`)
    return answer.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0])
      .join('; ')
  }
  return { baseUrl, entryLink, signIn }
}

/** What came back from one request; redirects are not followed. */
export type Reply = { readonly status: number; readonly location: string; readonly body: string }

/** Somebody with a browser that sends forms from our own pages; without a cookie a stranger. */
export type Visitor = {
  get(path: string): Promise<Reply>
  post(path: string, form?: Readonly<Record<string, string>>): Promise<Reply>
}

export function visitorOf(baseUrl: string, cookie?: string): Visitor {
  const ask = async (path: string, request: RequestInit): Promise<Reply> => {
    const answer = await fetch(`${baseUrl}${path}`, {
      ...request,
      redirect: 'manual',
      headers: { ...(cookie !== undefined && { cookie }), origin: baseUrl, accept: 'text/html' },
    })
    return {
      status: answer.status,
      location: answer.headers.get('location') ?? '',
      body: await bodyOf(answer),
    }
  }
  return {
    get: (path) => ask(path, {}),
    post: (path, form = {}) => ask(path, { method: 'POST', body: new URLSearchParams(form) }),
  }
}

/** The whole body; of a stream, which has no end, the first that is sent. */
async function bodyOf(answer: Response): Promise<string> {
  if (!answer.headers.get('content-type')?.startsWith('text/event-stream')) return answer.text()
  const reader = answer.body?.getReader()
  const first = await reader?.read()
  await reader?.cancel()
  return new TextDecoder().decode(first?.value)
}
