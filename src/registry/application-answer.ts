import { fault } from '../base/fault.ts'
import type { Instant } from '../base/time.ts'
import { type Pool, type Tx, within } from '../store/index.ts'
import { endLinks, ledBy } from './application-link.ts'
import { type Application, holdApplication, moveApplication, noteEvent } from './application-store.ts'

/** What the applicant may do on the page of the state: the transaction with the application held. Fault: NOT_FOUND */
async function byApplicant(
  pool: Pool,
  of: {
    readonly secret: string
    readonly states: readonly Application['state'][]
    readonly act: (tx: Tx, held: Application) => Promise<void>
  },
  now: Instant,
): Promise<void> {
  const led = await ledBy(pool, { secret: of.secret, purpose: 'state' }, now)
  if (led === undefined) throw fault('NOT_FOUND')
  await within(pool, { organisations: [led.organisation] }, async (tx) => {
    const held = await holdApplication(tx, led.application)
    if (held === undefined || !of.states.includes(held.state)) throw fault('NOT_FOUND')
    await of.act(tx, held)
  })
}

/** Answers what the register asked; a person looks at it again. Fault: NOT_FOUND when nothing is asked */
export function answerQuestion(
  pool: Pool,
  of: { readonly secret: string; readonly text: string },
  now: Instant,
): Promise<void> {
  return byApplicant(
    pool,
    {
      secret: of.secret,
      states: ['asked'],
      act: async (tx, held) => {
        await noteEvent(tx, held, { kind: 'answered', at: now, text: of.text })
        await endLinks(tx, held.id, 'draft')
        await moveApplication(tx, held.id, { state: 'review' })
      },
    },
    now,
  )
}

/** Takes an application back that is not decided. Fault: NOT_FOUND for a decided one */
export function withdrawApplication(pool: Pool, secret: string, now: Instant): Promise<void> {
  return byApplicant(
    pool,
    {
      secret,
      states: ['checking', 'review', 'asked'],
      act: async (tx, held) => {
        await noteEvent(tx, held, { kind: 'withdrawn', at: now })
        await endLinks(tx, held.id, 'draft')
        await moveApplication(tx, held.id, { state: 'withdrawn', settledAt: now })
      },
    },
    now,
  )
}
