import type { Instant } from '../base/time.ts'
import { type BatchHeader, readBatches } from '../event/index.ts'
import { type Log, type Pool, withoutScope } from '../store/index.ts'
import { makeLoop, tidy } from './loop.ts'
import { type DetectorState, type Progress, stateOf } from './progress.ts'
import type { RuleBook } from './rule-book.ts'
import { loadState, saveState } from './state-store.ts'
import type { Doors } from './take-batches.ts'
import { type Round, takeCompany } from './take-company.ts'
import { freshWatch } from './watch-batch.ts'

export type DetectorOptions = Partial<Pick<Doors, 'noteSequences'>> &
  Omit<Doors, 'noteSequences'> & {
    readonly pool: Pool
    readonly book: RuleBook
    readonly log: Log
    readonly now: () => Instant
    /** Waits; tests hand in their own. */
    readonly pause?: (ms: number) => Promise<void>
  }

export type Detector = {
  readonly load: () => Promise<void>
  readonly start: () => Promise<void>
  /** There is something new to read. */
  readonly wake: () => void
  /** One round; how many batches it read. */
  readonly step: () => Promise<number>
  readonly save: () => Promise<void>
  readonly stop: () => Promise<void>
  readonly reload: () => boolean
  readonly state: () => DetectorState
}

const batchesPerRound = 400
const linesPerRound = 4_000

/** The first headers that make a round of bearable size: at least one. */
function oneRound(headers: readonly BatchHeader[]): readonly BatchHeader[] {
  let lines = 0
  const end = headers.findIndex((header) => (lines += header.lines) > linesPerRound)
  return end === -1 ? headers : headers.slice(0, Math.max(1, end))
}

type Parts = Round & { readonly book: RuleBook }

/** New rules come in between rounds; correlations whose content is unchanged keep their state. */
function takeEdition({ it, book, log }: Parts): void {
  const edition = book.current()
  if (edition === it.watch.edition) return
  const snapshot = it.watch.correlator.snapshot()
  it.watch = freshWatch(book.current())
  const emptied = it.watch.correlator.restore(snapshot)
  log.info({ version: edition.version, active: edition.active, emptied }, 'new rules are in force')
}

async function load({ it, book, log, pool }: Parts): Promise<void> {
  const kept = await withoutScope(pool, loadState)
  it.cursor = kept.uptoBatch
  it.setAside = [...kept.setAside]
  it.watch = freshWatch(book.current())
  it.whole = true
  if (kept.correlations === '') return
  const emptied = it.watch.correlator.restore(kept.correlations)
  if (emptied.length > 0) log.warn({ emptied }, 'correlations begin anew, since their rules have changed')
}

async function save({ it, pool, now }: Parts): Promise<void> {
  if (!it.whole) return
  const { cursor, watch, setAside } = it
  const kept = { uptoBatch: cursor, correlations: watch.correlator.snapshot(), setAside }
  await withoutScope(pool, (tx) => saveState(tx, kept, now()))
}

async function step(parts: Parts): Promise<number> {
  const { it, pool, now } = parts
  // After a failed round the correlations may be ahead of the cursor: begin again where both were saved.
  if (!it.whole) await load(parts)
  takeEdition(parts)
  const waiting = await withoutScope(pool, (tx) => readBatches(tx, it.cursor, batchesPerRound))
  const headers = oneRound(waiting)
  it.oldest = headers[0]?.receivedAt
  const last = headers.at(-1)
  if (last !== undefined) {
    it.whole = false
    const byCompany = Map.groupBy(headers, (header) => header.company)
    for (const [company, own] of byCompany) await takeCompany(parts, company, own)
    it.cursor = last.no
    it.whole = true
  }
  it.oldest = waiting[headers.length]?.receivedAt
  it.lastRoundAt = now()
  it.troubled = null
  return headers.length
}

function beginning(book: RuleBook): Progress {
  return {
    cursor: 0,
    watch: freshWatch(book.current()),
    oldest: undefined,
    whole: true,
    stopping: false,
    troubled: null,
    lastRoundAt: null,
    lines: 0,
    findings: 0,
    setAside: [],
  }
}

/**
 * Reads the kept batches in the order of their numbers, holds them against the rules and hands on what is found, company
 * by company, each in a transaction of its own scope. Cursor and correlations are saved together every ten seconds; what
 * was done since is done again after a crash, with the same keys.
 */
export function makeDetector(options: DetectorOptions): Detector {
  const { pool, book, log, now } = options
  const pause = options.pause ?? ((ms) => new Promise((resolve) => setTimeout(resolve, ms)))
  const doors: Doors = { ...options, noteSequences: options.noteSequences ?? (() => Promise.resolve()) }
  const it = beginning(book)
  const parts: Parts = { it, book, pool, doors, log, now, pause }
  const loop = makeLoop({
    it,
    step: () => step(parts),
    save: () => save(parts),
    tidy: () => tidy(pool, now()),
    log,
    now,
    pause,
  })
  return {
    load: () => load(parts),
    start: async () => {
      await load(parts)
      loop.begin()
    },
    wake: loop.wake,
    step: () => step(parts),
    save: () => save(parts),
    stop: async () => {
      it.stopping = true
      await loop.end()
      await save(parts)
    },
    reload: () => {
      const taken = book.reload(now())
      const { refused } = book.state()
      if (!taken) log.error({ problems: refused }, 'the rules were refused; the old ones stay in force')
      return taken
    },
    state: () => stateOf(it, { book, running: loop.running(), now: now() }),
  }
}
