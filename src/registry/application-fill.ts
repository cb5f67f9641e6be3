import { fault } from '../base/fault.ts'
import type { Instant } from '../base/time.ts'
import { type Pool, within } from '../store/index.ts'
import { draftLife, type Filled, withAnswers } from './application.ts'
import { endLinks, ledBy, makeLink } from './application-link.ts'
import {
  type Application,
  type ApplicationEvent,
  beginApplication,
  eventsOf,
  findApplication,
  holdApplication,
  type Language,
  moveApplication,
  saveFilled,
} from './application-store.ts'
import type { Registry } from './entry.ts'

/** Begins an application to an open register. @returns the secret of the form, to stand in its address */
export async function startApplication(
  pool: Pool,
  of: { readonly registry: Registry; readonly language: Language },
  now: Instant,
): Promise<string> {
  const organisation = of.registry.id
  return within(pool, { organisations: [organisation] }, async (tx) => {
    const only = of.registry.levels.length === 1 ? of.registry.levels[0] : undefined
    const application = await beginApplication(
      tx,
      {
        organisation,
        kind: 'new',
        entry: null,
        filled: only === undefined ? {} : { level: only },
        language: of.language,
      },
      now,
    )
    return makeLink(tx, { organisation, application, purpose: 'draft', expiresAt: now + draftLife }, now)
  })
}

/** States in which the applicant may still change what was typed. */
const open = new Set<Application['state']>(['draft', 'sent', 'asked'])

/** The form of a link; undefined when the link ran out, or what it was for is settled. Changes nothing. */
export async function openForm(pool: Pool, secret: string, now: Instant): Promise<Application | undefined> {
  const led = await ledBy(pool, { secret, purpose: 'draft' }, now)
  if (led === undefined) return undefined
  const found = await within(pool, { organisations: [led.organisation] }, (tx) =>
    findApplication(tx, led.application),
  )
  return found !== undefined && open.has(found.state) ? found : undefined
}

/**
 * Keeps the answers of one page. What was sent to be confirmed and is changed after must be sent again: the links that
 * confirm the earlier text end. Fault: NOT_FOUND for a link that opens no form.
 */
export async function fillForm(
  pool: Pool,
  of: { readonly secret: string; readonly answers: Filled },
  now: Instant,
): Promise<Application> {
  const led = await ledBy(pool, { secret: of.secret, purpose: 'draft' }, now)
  if (led === undefined) throw fault('NOT_FOUND')
  return within(pool, { organisations: [led.organisation] }, async (tx) => {
    const held = await holdApplication(tx, led.application)
    if (held === undefined || !open.has(held.state)) throw fault('NOT_FOUND')
    const filled = withAnswers(held.filled, of.answers)
    await saveFilled(tx, held.id, filled)
    if (held.state !== 'sent') return { ...held, filled }
    await endLinks(tx, held.id, 'confirm')
    await moveApplication(tx, held.id, { state: 'draft' })
    return { ...held, filled, state: 'draft' as const }
  })
}

/** The application of a page of its state; undefined for an unknown or old link. Changes nothing. */
export async function openState(
  pool: Pool,
  secret: string,
  now: Instant,
): Promise<{ readonly application: Application; readonly organisation: string } | undefined> {
  const led = await ledBy(pool, { secret, purpose: 'state' }, now)
  if (led === undefined) return undefined
  const application = await within(pool, { organisations: [led.organisation] }, (tx) =>
    findApplication(tx, led.application),
  )
  return application && { application, organisation: led.organisation }
}

/** Opens the form again for an applicant who was asked something. @returns the form's secret. Fault: NOT_FOUND otherwise */
export async function openCorrection(pool: Pool, secret: string, now: Instant): Promise<string> {
  const led = await ledBy(pool, { secret, purpose: 'state' }, now)
  if (led === undefined) throw fault('NOT_FOUND')
  return within(pool, { organisations: [led.organisation] }, async (tx) => {
    const held = await holdApplication(tx, led.application)
    if (held?.state !== 'asked') throw fault('NOT_FOUND')
    await endLinks(tx, held.id, 'draft')
    const { organisation, application } = led
    return makeLink(tx, { organisation, application, purpose: 'draft', expiresAt: now + draftLife }, now)
  })
}

/** What happened to the application of a page of its state, oldest first. */
export function eventsForApplicant(
  pool: Pool,
  of: { readonly application: Application; readonly organisation: string },
): Promise<ApplicationEvent[]> {
  return within(pool, { organisations: [of.organisation] }, (tx) => eventsOf(tx, of.application.id))
}
