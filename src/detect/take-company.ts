import { type Instant, second } from '../base/time.ts'
import type { BatchHeader } from '../event/index.ts'
import type { Log, Pool } from '../store/index.ts'
import { type Progress, textOf } from './progress.ts'
import { breathe, type ReadBatch, readCompanyBatches } from './read-batches.ts'
import { type Doors, isPassing, judge, type Outcome, write } from './take-batches.ts'

/** What a round works with. */
export type Round = {
  readonly it: Progress
  readonly pool: Pool
  readonly doors: Doors
  readonly log: Log
  readonly now: () => Instant
  readonly pause: (ms: number) => Promise<void>
}

/** A fault of ours is tried so often before its batch is set aside. */
const triesOfOurs = 3
const mostSetAside = 50

/** Reads, judges and writes batches of one company. What a fault of ours keeps from being judged is set aside. */
export async function takeCompany(
  round: Round,
  company: string,
  headers: readonly BatchHeader[],
): Promise<void> {
  const { it } = round
  const batches = await readAll(round, company, headers)
  const outcomes: Outcome[] = []
  for (const batch of batches) {
    try {
      outcomes.push(judge(it.watch, batch))
    } catch (thrown) {
      setAside(round, batch.header, thrown)
    }
    await breathe()
  }
  await writeAll(round, outcomes)
  it.lines += headers.reduce((sum, header) => sum + header.lines, 0)
  it.findings += outcomes.reduce((sum, each) => sum + each.findings.length, 0)
}

/** Together where possible; one by one when something in them is wrong, so that only that one is left out. */
async function readAll(round: Round, company: string, headers: readonly BatchHeader[]): Promise<ReadBatch[]> {
  for (let tries = 1; ; tries++) {
    try {
      return await untilPassed(round, () => readCompanyBatches(round.pool, company, headers))
    } catch (thrown) {
      if (round.it.stopping) throw thrown
      const [only] = headers
      if (headers.length > 1) {
        const batches: ReadBatch[] = []
        for (const header of headers) batches.push(...(await readAll(round, company, [header])))
        return batches
      }
      if (tries < triesOfOurs || only === undefined) continue
      setAside(round, only, thrown)
      return []
    }
  }
}

/** As above. Written twice, an outcome counts once. */
async function writeAll(round: Round, outcomes: readonly Outcome[]): Promise<void> {
  const { pool, doors, now } = round
  for (let tries = 1; ; tries++) {
    try {
      await untilPassed(round, () => write(pool, outcomes, { doors, now: now() }))
      return
    } catch (thrown) {
      if (round.it.stopping) throw thrown
      const [only] = outcomes
      if (outcomes.length > 1) {
        for (const each of outcomes) await writeAll(round, [each])
        return
      }
      if (tries < triesOfOurs || only === undefined) continue
      setAside(round, only.header, thrown)
      return
    }
  }
}

function setAside({ it, log, now }: Round, { no, company, sensor }: BatchHeader, thrown: unknown): void {
  it.setAside = [...it.setAside, { no, company, sensor, reason: textOf(thrown), at: now() }].slice(
    -mostSetAside,
  )
  log.error(
    { batch: no, company, sensor, error: thrown },
    'a batch was set aside: a fault of ours keeps it from being judged',
  )
}

/** Waits for a database that is away or busy. Gives up only when the program stops. */
async function untilPassed<T>({ it, log, pause }: Round, work: () => Promise<T>): Promise<T> {
  for (let wait = 100; ; wait = Math.min(wait * 2, 5 * second)) {
    try {
      const done = await work()
      it.troubled = null
      return done
    } catch (thrown) {
      if (it.stopping || !isPassing(thrown)) throw thrown
      it.troubled = textOf(thrown)
      log.warn({ because: it.troubled, again_in_ms: wait }, 'detection waits for the database')
      await pause(wait)
    }
  }
}
