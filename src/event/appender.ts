import { fault } from '../base/fault.ts'
import { jstDate } from '../base/time.ts'
import type { Log, Pool } from '../store/index.ts'
import { type Batch, weight } from './batch.ts'
import { failureCode, failureOf } from './failure.ts'
import { isStored, makeDay, type Written, writeGroup } from './write.ts'

/** `stored`: lines kept, 0 for a duplicate. */
export type Appended = { readonly stored: number; readonly duplicate: boolean }

/** Writes batches durably, in the order in which they were given. One per process. */
export type Appender = {
  /**
   * Resolves after the commit. Rejects with INGEST_BUSY when too much waits already, when the database refuses (disk
   * full) or at the end of the program, with INTERNAL when the database will never take this batch; then nothing of
   * it is kept.
   */
  readonly append: (batch: Batch) => Promise<Appended>
  readonly waiting: () => { readonly lines: number; readonly bytes: number }
  /** Whether less than half of the allowed amount waits: senders that can be slowed are slowed otherwise. */
  readonly hasRoom: () => boolean
  /** Resolves when `hasRoom`. */
  readonly whenRoom: () => Promise<void>
  /** Calls `hear` after each commit that kept something; gives the way to stop that. */
  readonly onAppended: (hear: () => void) => () => void
  /** Whether the last try to write failed for want of a database. */
  readonly troubled: () => boolean
  /** Takes no more, writes what waits, for at most `closeWithin`; the rest is rejected with INGEST_BUSY. */
  readonly close: () => Promise<void>
}

export type AppenderOptions = {
  readonly log: Log
  /** Most that may wait, in lines and in bytes of memory. One batch alone may be larger. */
  readonly maxLines?: number
  readonly maxBytes?: number
  /** Lines in one transaction, unless one batch alone has more. */
  readonly groupLines?: number
  /** Milliseconds. */
  readonly closeWithin?: number
  /** Waits; given by tests. */
  readonly pause?: (milliseconds: number) => Promise<void>
}

type Waiting = {
  readonly batch: Batch
  readonly bytes: number
  readonly done: (appended: Appended) => void
  readonly failed: (reason: unknown) => void
}

const sleep = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds)
  })

const firstPause = 100
const longestPause = 3_000
const clashesAllowed = 5

// oxlint-disable-next-line max-lines-per-function -- one queue with its few verbs; what they share is its whole point
export function makeAppender(pool: Pool, options: AppenderOptions): Appender {
  const { log, maxLines = 100_000, maxBytes = 48 * 1024 * 1024, groupLines = 2_000 } = options
  const queue: Waiting[] = []
  const hearers = new Set<() => void>()
  const roomSeekers: (() => void)[] = []
  const write = makeWriter(pool, {
    log,
    pause: options.pause ?? sleep,
    stopped: () => givenUp,
    committed: () => {
      for (const hear of hearers) hear()
    },
  })
  let lines = 0
  let bytes = 0
  let closing = false
  let givenUp = false
  let running: Promise<void> | undefined

  const hasRoom = (): boolean => lines < maxLines / 2 && bytes < maxBytes / 2

  function settle(waiting: Waiting): void {
    lines -= waiting.batch.lines.length
    bytes -= waiting.bytes
    if (hasRoom()) for (const go of roomSeekers.splice(0)) go()
  }

  function takeGroup(): Waiting[] {
    let count = 0
    let end = 0
    for (const { batch } of queue) {
      if (end > 0 && count + batch.lines.length > groupLines) break
      count += batch.lines.length
      end += 1
    }
    return queue.splice(0, end)
  }

  async function run(): Promise<void> {
    // What arrives in the same turn of the loop goes into the first group, too.
    await Promise.resolve()
    while (queue.length > 0) {
      const group = takeGroup()
      await write.group(group, settle)
    }
    // In the same turn as the look at the queue: a batch given right after starts a new run.
    running = undefined
  }

  function append(batch: Batch): Promise<Appended> {
    if (batch.lines.length === 0) return Promise.resolve({ stored: 0, duplicate: false })
    const size = weight(batch)
    const tooMuch = queue.length > 0 && (lines + batch.lines.length > maxLines || bytes + size > maxBytes)
    if (closing || tooMuch) {
      return Promise.reject(fault('INGEST_BUSY', { waiting: lines, because: closing ? 'closing' : 'full' }))
    }
    lines += batch.lines.length
    bytes += size
    const promise = new Promise<Appended>((done, failed) => {
      queue.push({ batch, bytes: size, done, failed })
    })
    running ??= run()
    return promise
  }

  async function close(): Promise<void> {
    closing = true
    const timer = setTimeout(() => {
      givenUp = true
    }, options.closeWithin ?? 10_000)
    await running
    clearTimeout(timer)
  }

  return {
    append,
    waiting: () => ({ lines, bytes }),
    hasRoom,
    whenRoom: () => (hasRoom() ? Promise.resolve() : new Promise((go) => roomSeekers.push(go))),
    onAppended: (hear) => {
      hearers.add(hear)
      return () => {
        hearers.delete(hear)
      }
    },
    troubled: write.troubled,
    close,
  }
}

type Writer = {
  readonly group: (group: readonly Waiting[], settle: (waiting: Waiting) => void) => Promise<void>
  readonly troubled: () => boolean
}

type WriterOptions = {
  readonly log: Log
  readonly pause: (milliseconds: number) => Promise<void>
  readonly stopped: () => boolean
  readonly committed: () => void
}

/** Writes one group and stays with it until each of its batches is kept or rejected. */
// oxlint-disable-next-line max-lines-per-function -- the ways a write can fail belong beside each other
function makeWriter(pool: Pool, { log, pause, stopped, committed }: WriterOptions): Writer {
  const days = new Set<string>()
  let troubled = false

  async function ensureDays(batches: readonly Batch[]): Promise<void> {
    for (const day of new Set(batches.map((batch) => jstDate(batch.receivedAt)))) {
      if (days.has(day)) continue
      await makeDay(pool, day)
      if (days.size > 1_000) days.clear()
      days.add(day)
    }
  }

  /** The fates of the batches; when the connection breaks, it is found out whether the commit took place. */
  async function tryUntilKnown(batches: readonly Batch[]): Promise<Written> {
    let written: Written | undefined
    let clashes = 0
    for (let wait = firstPause; ; wait = Math.min(wait * 2, longestPause)) {
      try {
        if (written?.proof && (await isStored(pool, written.proof))) return written
        written = undefined
        await ensureDays(batches)
        await writeGroup(pool, batches, (seen) => {
          written = seen
        })
        if (!written) throw new Error('BUG: a group was written without its fates')
        return written
      } catch (thrown) {
        const failure = failureOf(thrown)
        if (failure === 'no-day') days.clear()
        // Only a broken connection leaves open whether the transaction was committed.
        if (failure !== 'lost') written = undefined
        const again =
          failure === 'lost' || ((failure === 'clash' || failure === 'no-day') && clashes++ < clashesAllowed)
        if (!again || stopped()) throw thrown
        troubled = failure === 'lost'
        if (troubled) log.warn({ because: failureCode(thrown), again_in_ms: wait }, 'cannot write lines yet')
        await pause(wait)
      }
    }
  }

  async function group(waiting: readonly Waiting[], settle: (one: Waiting) => void): Promise<void> {
    try {
      const { fates } = await tryUntilKnown(waiting.map((one) => one.batch))
      troubled = false
      committed()
      for (const [place, one] of waiting.entries()) {
        const duplicate = fates[place] === 'duplicate'
        settle(one)
        one.done({ stored: duplicate ? 0 : one.batch.lines.length, duplicate })
      }
    } catch (thrown) {
      // A poisoned batch must not fail its neighbours.
      if (failureOf(thrown) === 'poisoned' && waiting.length > 1) {
        for (const one of waiting) await group([one], settle)
        return
      }
      reject(waiting, thrown, settle)
    }
  }

  function reject(waiting: readonly Waiting[], thrown: unknown, settle: (one: Waiting) => void): void {
    const because = failureCode(thrown)
    const poisoned = failureOf(thrown) === 'poisoned'
    troubled = !poisoned
    log.error(
      { because, batches: waiting.length, sensor: waiting[0]?.batch.sensor },
      'lines were refused by the database',
    )
    for (const one of waiting) {
      settle(one)
      one.failed(fault(poisoned ? 'INTERNAL' : 'INGEST_BUSY', { because, sensor: one.batch.sensor }))
    }
  }

  return { group, troubled: () => troubled }
}
