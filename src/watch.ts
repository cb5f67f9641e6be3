import { type Access, sweepSignIn } from './access/index.ts'
import { closeAlert, raiseFindings } from './alert/index.ts'
import { day, hour, type Instant, minute, second } from './base/time.ts'
import { hearForCases } from './case/index.ts'
import type { Config } from './config.ts'
import {
  type DetectorState,
  installRules,
  loadRuleBook,
  makeDetector,
  type RuleCard,
} from './detect/index.ts'
import {
  beatCanaries,
  canaries,
  canaryCompany,
  ensureCanaries,
  findSilence,
  type Hearing,
  hearingAfter,
  isLate,
  makeSender,
  markCanaryClosed,
  notHearing,
} from './device/index.ts'
import { type Appender, forgetKeys } from './event/index.ts'
import type { Live } from './http/index.ts'
import { type Ingest, noteSequences, type ReceiverState, startReceivers } from './ingest/index.ts'
import { every, type Repeated, sinceDone } from './job/index.ts'
import type { Mailer } from './mail/index.ts'
import { handDue, hearForNotices, sendMails, storeCanaryNotice } from './notice/index.ts'
import { type Practice, playPractice } from './practice/index.ts'
import { forgetListeners, type Log, type Store, type Tx, within, withoutScope } from './store/index.ts'

/** What the watch is made of; handed in by main. */
export type WatchParts = {
  readonly config: Config
  readonly log: Log
  readonly now: () => Instant
  readonly store: Store
  readonly access: Access
  readonly ingest: Ingest
  readonly appender: Appender
  readonly mailer: Mailer
  readonly live: Live
  /** Port of the web, for our own canaries and the practice. */
  readonly port: number
}

/** How each part does, for pages of the provider. */
export type WatchState = {
  readonly detector: DetectorState
  readonly receivers: ReceiverState
  readonly waiting: { readonly lines: number; readonly bytes: number }
}

/** One part for /readyz. */
export type Part = { readonly ok: boolean; readonly ageSeconds?: number; readonly note?: string }

/** The running watch: receivers, detector, timers, canaries, and in a practice installation its devices. */
export type Watch = {
  readonly ports: { readonly udp: number; readonly tcp: number }
  state(): WatchState
  /** The rules in force. */
  rules(): readonly RuleCard[]
  readiness(now: Instant): Promise<Readonly<Record<string, Part>>>
  /** Starts the sample day of a practice installation; false where there is none. */
  startDay(now: Instant): boolean
  /** Takes the rules anew; false when they are broken and the old set stays. */
  reloadRules(): boolean
  stopReceiving(): Promise<void>
  stop(): Promise<void>
}

/** Begins to watch. Needs an installation that is set up. */
export async function startWatch(parts: WatchParts): Promise<Watch> {
  const { store, log, now, config } = parts
  forgetListeners()
  hearForNotices()
  hearForCases({ closeAlert })
  const house = await providerOf(store)
  const canary = await canaryCompany(store.app, house.provider)
  const tokens = await ensureCanaries(store.app, canary, now())
  const book = loadRuleBook(installRules())
  const detector = makeDetector({
    pool: store.detect,
    book,
    raise: raiseFindings,
    onCanary: closeCanary,
    noteSequences,
    log,
    now,
  })
  await detector.start()
  const forget = parts.appender.onAppended(() => detector.wake())
  const receivers = await startReceivers(parts.ingest, { syslog: config.syslog }).catch(async (thrown) => {
    forget()
    await detector.stop()
    throw thrown
  })
  const doors = {
    web: `http://127.0.0.1:${parts.port}`,
    udpPort: receivers.udpPort,
    tcpPort: receivers.tcpPort,
  }
  const sender = makeSender(doors)
  const timers = startTimers(parts, () => beatCanaries({ app: store.app, tokens, sender, now: now() }))
  const begunAt = now()
  const present = () => ({ detector: detector.state(), receivers: receivers.state() })
  const practice = await beginPractice(parts, { ...house, doors })
  return {
    ports: { udp: receivers.udpPort, tcp: receivers.tcpPort },
    state: () => ({ ...present(), waiting: parts.appender.waiting() }),
    rules: () => book.rules(),
    readiness: (at) => readiness(parts, { ...present(), timers, begunAt, at }),
    startDay(at) {
      practice?.startDay(at)
      return practice !== undefined
    },
    reloadRules: () => detector.reload(),
    async stopReceiving() {
      practice?.stop()
      sender.close()
      await receivers.close()
    },
    async stop() {
      forget()
      for (const timer of Object.values(timers)) await timer.stop()
      await detector.stop()
    },
  }
}

type HouseRow = { readonly provider: string; readonly practice: boolean }

async function providerOf(store: Store): Promise<HouseRow> {
  const row = await withoutScope(store.app, (tx) =>
    tx.one<HouseRow>('select provider_id as provider, practice from installation'),
  )
  if (row === undefined) throw new Error('BUG: the watch begins before the installation is set up')
  return row
}

async function closeCanary(
  tx: Tx,
  canary: { readonly company: string; readonly receiver: string; readonly sentAt: Instant },
  now: Instant,
): Promise<void> {
  await storeCanaryNotice(tx, canary.company, canary.receiver, now)
  await markCanaryClosed(tx, canary.receiver, { sentAt: canary.sentAt, at: now })
}

type Timers = Readonly<Record<'notices' | 'mail' | 'silence' | 'canary' | 'sweep', Repeated>>

function startTimers(parts: WatchParts, beat: () => Promise<void>): Timers {
  const { store, log, now, mailer, config } = parts
  const around = (name: string) => ({ name, log, clock: now })
  const hand = every(second, async () => void (await handDue(store.detect, now())), around('notices'))
  // A clock of its own: a slow mail server must not delay what is handed over in the portal.
  const mail = every(
    second,
    async () => void (await sendMails(store.detect, mailer, { baseUrl: config.baseUrl, log }, now())),
    around('mail'),
  )
  const sweep = every(hour, () => sweepUp(parts), around('sweep'))
  let hearing = notHearing
  const look = async (): Promise<void> => {
    const beats = await withoutScope(store.app, canaries)
    hearing = hearingAfter(
      hearing,
      beats.map((each) => each.closedSentAt),
      now(),
    )
    await findSilences(parts, hearing)
  }
  const silence = every(15 * second, look, around('silence'))
  const canaryBeat = every(minute, beat, around('canary'))
  canaryBeat.wake()
  silence.wake()
  return { notices: hand, mail, silence, canary: canaryBeat, sweep }
}

/** Forgets what has served its time: batch keys after 7 days, sessions and sign-in numbers past theirs. */
async function sweepUp(parts: WatchParts): Promise<void> {
  const { store, now } = parts
  await sweepSignIn(parts.access, now())
  for (const company of await watchedCompanies(store)) {
    await within(store.detect, { organisations: [company] }, (tx) => forgetKeys(tx, now() - 7 * day))
  }
}

async function watchedCompanies(store: Store): Promise<string[]> {
  const rows = await withoutScope(store.detect, (tx) =>
    tx.rows<{ id: string }>('select id from watched_companies() as id'),
  )
  return rows.map((row) => row.id)
}

async function findSilences(parts: WatchParts, { since }: Hearing): Promise<void> {
  const { store, now } = parts
  const hearing = since === undefined ? { held: true } : { held: false, hearingSince: since }
  const failures: unknown[] = []
  for (const id of await watchedCompanies(store)) {
    // What fails for one company must not hide the silence of the others.
    await findSilence({ app: store.app, detect: store.detect }, id, { now: now(), ...hearing }).catch(
      (thrown: unknown) => failures.push(thrown),
    )
  }
  if (failures.length > 0)
    throw new AggregateError(failures, `silence was not judged: ${String(failures[0])}`)
}

async function beginPractice(
  parts: WatchParts,
  of: HouseRow & { readonly doors: { web: string; udpPort: number; tcpPort: number } },
): Promise<Practice | undefined> {
  if (!of.practice) return undefined
  const heard = await withoutScope(parts.store.detect, (tx) =>
    tx.one<{ no: number }>('select no from event_batch limit 1'),
  )
  const first = heard === undefined
  const practice = await playPractice({
    app: parts.store.app,
    provider: of.provider,
    doors: of.doors,
    log: parts.log,
    clock: parts.now,
    first,
  })
  if (first) practice.startDay(parts.now() + 2 * second)
  return practice
}

async function readiness(
  parts: WatchParts,
  of: {
    readonly detector: DetectorState
    readonly receivers: ReceiverState
    readonly timers: Timers
    readonly begunAt: Instant
    readonly at: Instant
  },
): Promise<Readonly<Record<string, Part>>> {
  const { detector, receivers, at } = of
  const beats = await withoutScope(parts.store.app, canaries)
  const age = (since: Instant | null): number => (since === null ? 0 : Math.round((at - since) / 1_000))
  const canaryParts = beats.map((beat): [string, Part] => [
    `canary-${beat.receiver}`,
    beat.closedSentAt === null
      ? { ok: false, note: 'not closed yet' }
      : { ok: !isLate(beat.closedSentAt, at), ageSeconds: age(beat.closedSentAt) },
  ])
  const rules = detector.rules
  return {
    database: { ok: !parts.appender.troubled() },
    appender: { ok: parts.appender.hasRoom(), note: `${parts.appender.waiting().lines} lines wait` },
    'syslog-udp': { ok: receivers.udp.running },
    'syslog-tcp': { ok: receivers.tcp.running },
    detector: {
      ok: detector.running && detector.lagMs < minute && at - (detector.lastRoundAt ?? of.begunAt) < minute,
      ageSeconds: age(detector.lastRoundAt),
      note: `lag ${detector.lagMs} ms, ${detector.setAside.length} batches set aside`,
    },
    ...timerParts(of),
    rules: { ok: !rules.red, note: `${rules.active} active, ${rules.problems.length} problems` },
    ...Object.fromEntries(canaryParts),
  }
}

/** What the clocks start must end well again and again: a notice that is never handed over is a fault that shows here. */
function timerParts(of: {
  readonly timers: Timers
  readonly begunAt: Instant
  readonly at: Instant
}): Record<string, Part> {
  const { notices, mail, silence } = of.timers
  return Object.fromEntries(
    Object.entries({ notices, mail, silence }).map(([name, timer]) => {
      const age = sinceDone(timer, { begunAt: of.begunAt, now: of.at })
      // A slow mail server may take its time; it holds up no notice in the portal.
      const most = name === 'mail' ? 10 * minute : 2 * minute
      return [name, { ok: age < most, ageSeconds: Math.round(age / second) }]
    }),
  )
}
