import type { Log } from '../store/index.ts'

/** Work that a clock starts again and again. */
export type Repeated = {
  /** Starts it now instead of waiting; while it runs, it runs once more afterwards. */
  wake(): void
  /** Waits for what runs and starts no more. */
  stop(): Promise<void>
  /** Milliseconds since 1970 of the last run that ended well; undefined before the first. */
  lastDone(): number | undefined
}

/**
 * Runs `work` every `milliseconds`, never twice at a time. What it throws is logged and it is tried again at the next beat:
 * all work of this kind can be repeated.
 */
export function every(
  milliseconds: number,
  work: () => Promise<void>,
  around: { readonly name: string; readonly log: Log; readonly clock: () => number },
): Repeated {
  let stopped = false
  let running: Promise<void> | undefined
  let again = false
  let lastDone: number | undefined
  const run = async (): Promise<void> => {
    do {
      again = false
      try {
        await work()
        lastDone = around.clock()
      } catch (error) {
        around.log.error({ error: String(error), work: around.name }, 'work that a clock starts failed')
      }
    } while (again && !stopped)
  }
  const start = (): void => {
    if (stopped || running !== undefined) {
      again = !stopped
      return
    }
    running = run().finally(() => {
      running = undefined
    })
  }
  const timer = setInterval(() => {
    if (running === undefined) start()
  }, milliseconds)
  return {
    wake: start,
    async stop() {
      stopped = true
      clearInterval(timer)
      await running
    },
    lastDone: () => lastDone,
  }
}

/** Milliseconds since the work last ended well; since `begunAt` where it never did: work that hangs or fails grows old. */
export function sinceDone(
  work: Pick<Repeated, 'lastDone'>,
  at: { readonly begunAt: number; readonly now: number },
): number {
  return Math.max(0, at.now - (work.lastDone() ?? at.begunAt))
}
