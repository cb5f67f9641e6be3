import type { Instant } from '../base/time.ts'
import type { Frame } from './framing.ts'

/** Messages of one connection or peer on their way: in order, one delivery at a time, what arrives meanwhile together. */
export type Lane = {
  readonly give: (frames: readonly Frame[]) => void
  /** Memory held by what waits and what is being delivered. */
  readonly bytes: () => number
  readonly busy: () => boolean
  /** Resolves when less than `mark` bytes wait. */
  readonly below: (mark: number) => Promise<void>
  /** Resolves when nothing waits. */
  readonly idle: () => Promise<void>
}

type Options = {
  readonly now: () => Instant
  /** Makes frames durable; afterwards the lane rests for `wait` milliseconds. */
  readonly deliver: (arrived: { frames: readonly Frame[]; receivedAt: Instant }) => Promise<{ wait: number }>
  readonly pause: (milliseconds: number) => Promise<void>
  /** Told of every change of the memory held. */
  readonly weigh?: (change: number) => void
}

/** What a short message costs in memory beside its bytes. */
const overhead = 150

export function weightOf(frames: readonly Frame[]): number {
  let bytes = 0
  for (const frame of frames) bytes += frame.bytes.length + overhead
  return bytes
}

export function makeLane({ now, deliver, pause, weigh }: Options): Lane {
  let waiting: Frame[] = []
  let since: Instant = 0
  let held = 0
  let running = false
  let seekers: { readonly mark: number; readonly go: () => void }[] = []

  function change(by: number): void {
    held += by
    weigh?.(by)
    const ready = seekers.filter(({ mark }) => held < mark)
    seekers = seekers.filter(({ mark }) => held >= mark)
    for (const { go } of ready) go()
  }

  async function run(): Promise<void> {
    while (waiting.length > 0) {
      const frames = waiting
      waiting = []
      const { wait } = await deliver({ frames, receivedAt: since })
      if (wait > 0) await pause(wait)
      change(-weightOf(frames))
    }
    running = false
  }

  function below(mark: number): Promise<void> {
    return held < mark ? Promise.resolve() : new Promise((go) => seekers.push({ mark, go }))
  }

  return {
    give: (frames) => {
      if (frames.length === 0) return
      if (waiting.length === 0) since = now()
      for (const frame of frames) waiting.push(frame)
      change(weightOf(frames))
      if (running) return
      running = true
      void run()
    },
    bytes: () => held,
    busy: () => running,
    below,
    idle: () => below(1),
  }
}
