import { type Access, type Actor, must, record } from '../access/index.ts'
import { fault } from '../base/fault.ts'
import { day, type Instant } from '../base/time.ts'
import { type Tx, within } from '../store/index.ts'
import { lockDecisions } from './application-around.ts'
import { enter } from './application-settle.ts'
import {
  type Application,
  type EventKind,
  findApplication,
  holdApplication,
  moveApplication,
  noteEvent,
} from './application-store.ts'
import { applicantPaths, type Mailing, mailTo, makeStateLink, sendAll } from './application-tell.ts'
import type { Registry } from './entry.ts'
import { registryOf } from './settings.ts'

/** How long a refusal can be taken back; the data are kept a little longer. */
export const reopenWithin = 30 * day

/** People of the organisation that runs the register, any role: they look at applications. */
export function mayReview(actor: Actor, registry: Pick<Registry, 'id'>): boolean {
  return actor.kind === 'provider' && actor.organisation === registry.id
}

/** Its administrators: they keep the settings and the key. */
export function mayRunRegistry(actor: Actor, registry: Pick<Registry, 'id'>): boolean {
  return mayReview(actor, registry) && actor.role === 'admin'
}

type Reviewing = {
  readonly access: Access
  readonly actor: Actor
  readonly application: string
}
type Held = { readonly tx: Tx; readonly held: Application; readonly registry: Registry }

async function reviewing(
  { access, actor, application }: Reviewing,
  states: readonly Application['state'][],
  act: (it: Held) => Promise<readonly Mailing[]>,
): Promise<void> {
  const mails = await within(
    access.app,
    { organisations: [actor.organisation], person: actor.person },
    async (tx) => {
      const registry = await registryOf(tx)
      must(registry !== undefined && mayReview(actor, registry))
      const held = await holdApplication(tx, application)
      if (held === undefined || registry === undefined) throw fault('NOT_FOUND')
      // Somebody else was faster, or the applicant took it back.
      if (!states.includes(held.state)) throw fault('APPLICATION_SETTLED', { state: held.state })
      return act({ tx, held, registry })
    },
  )
  sendAll(access, mails)
}

/** Notes a decision with its person, for the applicant's page and for the trail. */
async function decided(
  { tx, held }: Held,
  by: { readonly actor: Actor; readonly kind: EventKind; readonly act: string; readonly text: string },
  now: Instant,
): Promise<void> {
  await noteEvent(tx, held, { kind: by.kind, at: now, person: by.actor.person, text: by.text })
  await record(tx, by.actor, { organisation: held.organisation, act: by.act, subject: held.id })
}

/** Enters it: the number goes out by mail. Fault: APPLICATION_SETTLED when it is decided already. */
export function acceptApplication(it: Reviewing, now: Instant): Promise<void> {
  return reviewing(it, ['review', 'asked'], async ({ tx, held, registry }) => {
    await lockDecisions(tx)
    return enter(tx, { held, registry, baseUrl: it.access.baseUrl, person: it.actor.person }, now)
  })
}

/** Asks the applicant; until the answer comes it waits. */
export function askApplicant(it: Reviewing, question: string, now: Instant): Promise<void> {
  return reviewing(it, ['review', 'asked'], async (all) => {
    const { tx, held, registry } = all
    await decided(
      all,
      { actor: it.actor, kind: 'asked', act: 'registry.application-asked', text: question },
      now,
    )
    await moveApplication(tx, held.id, { state: 'asked' })
    const link = `${it.access.baseUrl}${applicantPaths.state(await makeStateLink(tx, held, now))}`
    return mailTo(registry, held, { kind: 'asked', name: held.filled.name ?? '', question, link })
  })
}

/** Refuses it with a reason that the applicant reads. */
export function refuseApplication(it: Reviewing, reason: string, now: Instant): Promise<void> {
  return reviewing(it, ['review', 'asked'], async (all) => {
    const { tx, held, registry } = all
    await decided(
      all,
      { actor: it.actor, kind: 'refused', act: 'registry.application-refused', text: reason },
      now,
    )
    await moveApplication(tx, held.id, { state: 'refused', settledAt: now })
    return mailTo(registry, held, { kind: 'refused', name: held.filled.name ?? '', reason })
  })
}

/** Takes a refusal back, within 30 days. The applicant hears of it. */
export function reopenApplication(it: Reviewing, now: Instant): Promise<void> {
  return reviewing(it, ['refused'], async (all) => {
    const { tx, held, registry } = all
    if (held.settledAt === null || now - held.settledAt > reopenWithin)
      throw fault('APPLICATION_SETTLED', { state: held.state })
    await decided(
      all,
      { actor: it.actor, kind: 'reopened', act: 'registry.application-reopened', text: '' },
      now,
    )
    await moveApplication(tx, held.id, { state: 'review', settledAt: null })
    const link = `${it.access.baseUrl}${applicantPaths.state(await makeStateLink(tx, held, now))}`
    return mailTo(registry, held, { kind: 'reopened', name: held.filled.name ?? '', link })
  })
}

/** One application for the desk. Fault: NOT_FOUND outside the scope, and for forms that nobody has confirmed. */
export async function applicationForReview(tx: Tx, id: string): Promise<Application> {
  const found = await findApplication(tx, id)
  if (found === undefined || found.confirmedAt === null) throw fault('NOT_FOUND')
  return found
}
