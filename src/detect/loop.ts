import { hour, type Instant, second } from '../base/time.ts'
import { forgetKeys } from '../event/index.ts'
import { type Log, type Pool, within, withoutScope } from '../store/index.ts'
import { type Progress, textOf } from './progress.ts'
import { breathe } from './read-batches.ts'

const pollEvery = 250
const saveEvery = 10 * second
const tidyEvery = hour
const keysKept = 7 * 24 * hour

/** Forgets batch keys that nobody sends again, company by company. */
export async function tidy(pool: Pool, now: Instant): Promise<void> {
  const companies = await withoutScope(pool, (tx) =>
    tx.rows<{ id: string }>('select watched_companies() as id'),
  )
  for (const { id } of companies) {
    await within(pool, { organisations: [id] }, (tx) => forgetKeys(tx, now - keysKept))
  }
}

export type Loop = { begin(): void; wake(): void; end(): Promise<void>; running(): boolean }

type LoopParts = {
  readonly it: Progress
  readonly step: () => Promise<number>
  readonly save: () => Promise<void>
  readonly tidy: () => Promise<void>
  readonly log: Log
  readonly now: () => Instant
  readonly pause: (ms: number) => Promise<void>
}

/** Sleep that a wake ends early; a wake after `set` and before the sleep is not lost. */
function makeAlarm(): { set(): void; wake(): void; ring(ms: number): Promise<void> } {
  let awake = false
  let rouse: (() => void) | undefined
  return {
    set: () => {
      awake = false
    },
    wake: () => {
      awake = true
      rouse?.()
    },
    ring: (ms) =>
      new Promise((resolve) => {
        const done = (): void => {
          clearTimeout(timer)
          rouse = undefined
          resolve()
        }
        const timer = setTimeout(done, awake ? 0 : ms)
        rouse = done
      }),
  }
}

/** Round after round while there is something to read, else at the next wake or poll. */
export function makeLoop({ it, step, save, tidy: tidyUp, log, now, pause }: LoopParts): Loop {
  const alarm = makeAlarm()
  let ended: Promise<void> | undefined
  let savedAt = now()
  let tidiedAt = 0

  async function keepHouse(): Promise<void> {
    if (now() - savedAt >= saveEvery) {
      savedAt = now()
      await save()
      it.watch.correlator.sweep(now())
    }
    if (now() - tidiedAt >= tidyEvery) {
      tidiedAt = now()
      await tidyUp()
    }
  }

  async function run(): Promise<void> {
    while (!it.stopping) {
      alarm.set()
      try {
        const read = await step()
        await keepHouse()
        if (read === 0) await alarm.ring(pollEvery)
        else await breathe()
      } catch (thrown) {
        if (it.stopping) return
        it.troubled = textOf(thrown)
        log.error({ error: thrown }, 'a round of detection failed; it is tried again')
        await pause(second)
      }
    }
  }

  return {
    begin: () => {
      ended = run()
    },
    wake: alarm.wake,
    end: async () => {
      alarm.wake()
      await ended
      ended = undefined
    },
    running: () => ended !== undefined,
  }
}
