import { fileURLToPath } from 'node:url'
import { houseOf, makeAccess, recordRefused, sessionOf, type Access } from './access/index.ts'
import type { Config } from './config.ts'
import { type Appender, makeAppender } from './event/index.ts'
import { type Live, type MachinePart, makeLive, makeServer, type ServerDeps } from './http/index.ts'
import { type Ingest, ingestRoutes, makeIngest } from './ingest/index.ts'
import { type Mailer, noMailer, practiceMailer, smtpMailer, terminalMailer } from './mail/index.ts'
import { makeNumberCheck } from './notice/index.ts'
import { fillPractice } from './practice/index.ts'
import { startRounds } from './rounds.ts'
import { routesOf } from './routes.ts'
import { makeSeal } from './seal/index.ts'
import { type Log, openStore, secretOf, type Store } from './store/index.ts'
import { makeVisit } from './visit/index.ts'
import { startWatch, type Watch } from './watch.ts'

/** The program while it runs. */
export type Running = {
  readonly store: Store
  readonly access: Access
  /** Where the web answers; the port is the kernel's choice when 0 was asked. */
  readonly port: number
  /** Undefined until the installation is set up. */
  watch(): Watch | undefined
  /** Stops in reverse: no new work, drain what came, then the database. */
  stop(): Promise<void>
}

/** Makes the parts, joins them, and serves. The clock is read here and handed down. */
export async function run(config: Config, log: Log): Promise<Running> {
  const now = (): number => Date.now()
  const store = await openStore(config, log)
  const mailers = mailersOf(config, store)
  const access = makeAccess({
    app: store.app,
    signIn: store.signIn,
    secret: secretOf(config.home),
    baseUrl: config.baseUrl,
    sendMail: (mail) => mailers.codes.send(mail),
    log,
  })
  const seal = makeSeal({ pool: store.app, secret: secretOf(config.home) })
  const visit = makeVisit()
  const live = await makeLive({ pool: store.app, log })
  const appender = makeAppender(store.ingest, { log })
  const ingest = makeIngest({ pool: store.ingest, appender, limits: config.limits, log, now })
  if (config.practice && (await houseOf(access, now())) === undefined) {
    await fillPractice({ access, app: store.app }, now())
  }
  let watch: Watch | undefined
  let rounds: ReturnType<typeof startRounds> | undefined
  const server = await makeServer({
    routes: routesOf({
      access,
      checkNumber: makeNumberCheck(store.app),
      appender,
      seal,
      visit,
      watch: () => watch,
    }),
    machine: [ingestPart((app) => ingestRoutes(app, ingest))],
    deps: depsOf({ store, access, live, now, watch: () => watch }),
    config,
    log,
    islands: fileURLToPath(new URL('./portal/provider/island', import.meta.url)),
  })
  let waiting: NodeJS.Timeout | undefined
  const stop = (): Promise<void> =>
    stopAll({ waiting, watch, rounds, server, ingest, appender, access, live, store })
  try {
    await server.listen({ port: config.port, host: config.host })
    const port = portOf(server.server.address())
    const parts = { config, log, now, store, access, ingest, appender, mailer: mailers.notices, live, port }
    const begin = async (): Promise<boolean> => {
      if (watch !== undefined || (await houseOf(access, now())) === undefined) return watch !== undefined
      watch = await startWatch(parts)
      rounds = startRounds({ app: store.app, access, visit, log, now })
      return true
    }
    waiting = await beginWhenSetUp(begin, { config, log })
    return { store, access, port, watch: () => watch, stop }
  } catch (thrown) {
    await stop()
    throw thrown
  }
}

type Parts = {
  readonly waiting: NodeJS.Timeout | undefined
  readonly watch: Watch | undefined
  readonly rounds: { stop(): Promise<void> } | undefined
  readonly server: { close(): Promise<unknown> }
  readonly ingest: Ingest
  readonly appender: Appender
  readonly access: Access
  readonly live: Live
  readonly store: Store
}

/** First no new lines, then what came is made durable and read, then the database. */
async function stopAll(parts: Parts): Promise<void> {
  clearInterval(parts.waiting)
  await parts.watch?.stopReceiving()
  await parts.server.close()
  await parts.ingest.close()
  await parts.appender.close()
  await parts.watch?.stop()
  await parts.rounds?.stop()
  await parts.access.settled()
  await parts.live.close()
  await parts.store.close()
}

type Joined = {
  readonly store: Store
  readonly access: Access
  readonly live: Live
  readonly now: () => number
  readonly watch: () => Watch | undefined
}

/** What the web asks of the parts. */
function depsOf({ store, access, live, now, watch }: Joined): ServerDeps {
  return {
    db: store.app,
    session: (headers, at) => sessionOf(access, headers, at),
    house: () => houseOf(access, now()),
    live,
    refused: (actor, what) => recordRefused(access, actor, what),
    readiness: async () =>
      (await watch()?.readiness(now())) ?? { installation: { ok: false, note: 'not set up yet' } },
  }
}

/** Before the first run there is nobody to watch for: look every second until somebody has set it up. */
async function beginWhenSetUp(
  begin: () => Promise<boolean>,
  of: { readonly config: Config; readonly log: Log },
): Promise<NodeJS.Timeout | undefined> {
  if (await begin()) return undefined
  let busy = false
  const timer = setInterval(() => {
    if (busy) return
    busy = true
    begin()
      .then((begun) => {
        if (begun) clearInterval(timer)
      })
      .catch((error: unknown) => of.log.error({ error: String(error) }, 'the watch could not begin'))
      .finally(() => {
        busy = false
      })
  }, 1_000)
  return timer
}

type Mailers = { readonly notices: Mailer; readonly codes: Mailer }

/**
 * With SMTP_URL everything leaves by it. A practice without it has its mailbox. A real installation without it says so on every
 * notice, and shows the mails of sign-in on the terminal, so that the first administrator can come in and set it.
 */
function mailersOf(config: Config, store: Store): Mailers {
  if (config.smtpUrl !== undefined) {
    const smtp = smtpMailer(config.smtpUrl, config.mailFrom)
    return { notices: smtp, codes: smtp }
  }
  if (config.practice) {
    const practice = practiceMailer(store.app)
    return { notices: practice, codes: practice }
  }
  return { notices: noMailer, codes: terminalMailer((text) => void process.stderr.write(text)) }
}

function ingestPart(add: (app: Parameters<MachinePart['plugin']>[0]) => void): MachinePart {
  return {
    routes: [{ method: 'POST', path: '/ingest/v1/:source' }],
    plugin: async (app) => {
      add(app)
      await Promise.resolve()
    },
  }
}

function portOf(address: ReturnType<import('node:http').Server['address']>): number {
  if (address === null || typeof address === 'string') throw new Error('BUG: the web has no port')
  return address.port
}
