import type { Access } from './access/index.ts'
import { hour, type Instant, minute } from './base/time.ts'
import { remindDaily } from './declaration/index.ts'
import { gatherDaily } from './evidence/index.ts'
import { every, type Repeated } from './job/index.ts'
import { checkPublications } from './publication/index.ts'
import { applicationsDaily } from './registry/index.ts'
import type { Log, Pool } from './store/index.ts'
import type { Visit } from './visit/index.ts'

export type RoundParts = {
  readonly app: Pool
  readonly access: Access
  readonly visit: Visit
  readonly log: Log
  readonly now: () => Instant
}

/**
 * The rounds that nobody waits for: what the watch knows beside an answer, published pages, reminders, applications. Each finds out
 * by itself what is due, so a beat more or less changes nothing, and a stop between two loses nothing.
 */
export function startRounds(parts: RoundParts): { stop(): Promise<void> } {
  const { app, access, visit, log, now } = parts
  const around = (name: string) => ({ name, log, clock: now })
  const rounds: readonly Repeated[] = [
    every(hour, async () => void (await gatherDaily({ app }, now())), around('evidence')),
    every(
      hour,
      async () => void (await checkPublications({ pool: app, visit, log }, now())),
      around('pages'),
    ),
    every(hour, async () => void (await remindDaily({ pool: app, access }, now())), around('reminders')),
    every(
      10 * minute,
      async () => void (await applicationsDaily({ access, visit }, now())),
      around('applications'),
    ),
  ]
  for (const round of rounds) round.wake()
  return {
    async stop() {
      await Promise.all(rounds.map((round) => round.stop()))
    },
  }
}
