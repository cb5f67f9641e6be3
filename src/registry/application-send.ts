import { fault } from '../base/fault.ts'
import type { Instant } from '../base/time.ts'
import { type Tx, within } from '../store/index.ts'
import { type Asking, confirmLife, nextStep } from './application.ts'
import { endLinks, type Led, ledBy, makeLink, spendLink } from './application-link.ts'
import { type ApplicationParts, goOn } from './application-settle.ts'
import {
  type Application,
  findApplication,
  holdApplication,
  moveApplication,
  noteEvent,
  standingOf,
} from './application-store.ts'
import { applicantPaths, type Mailing, mailTo, makeStateLink, sendAll } from './application-tell.ts'
import type { Registry } from './entry.ts'
import { registryOf } from './settings.ts'

/** What became of a form that was sent. */
export type Sent =
  /** A mail is on its way; nothing happens until its link is confirmed. */
  | { readonly to: 'mailbox'; readonly email: string }
  /** The mailbox was known already. `secret` opens the page of the state. */
  | { readonly to: 'register'; readonly secret: string }

const mayBeSent = new Set<Application['state']>(['draft', 'sent', 'asked'])

/**
 * Sends a finished form: by a mail to be confirmed or, where this mailbox is known already (a change, an answer), on to the
 * register. May be repeated: each mail ends the links of the ones before. Fault: NOT_FOUND for a link that opens no form,
 * BAD_INPUT when something is missing.
 */
export async function sendForm(
  parts: ApplicationParts,
  of: { readonly secret: string; readonly asking: Asking },
  now: Instant,
): Promise<Sent> {
  const { access } = parts
  const led = await ledBy(access.app, { secret: of.secret, purpose: 'draft' }, now)
  if (led === undefined) throw fault('NOT_FOUND')
  const done = await within(access.app, { organisations: [led.organisation] }, async (tx) => {
    const held = await holdApplication(tx, led.application)
    if (held === undefined || !mayBeSent.has(held.state)) throw fault('NOT_FOUND')
    const missing = nextStep(held.kind, held.filled, of.asking)
    if (missing !== undefined || held.email === null) throw fault('BAD_INPUT', { step: missing })
    if (held.email === held.confirmedEmail) return takeIn(tx, held, now)
    const registry = await registryOf(tx)
    if (registry === undefined) throw fault('NOT_FOUND')
    return mailOut(tx, { held, registry, baseUrl: access.baseUrl }, now)
  })
  if ('mails' in done) {
    sendAll(access, done.mails)
    return { to: 'mailbox', email: done.email }
  }
  await goOn(parts, led, now)
  return { to: 'register', secret: done.secret }
}

async function mailOut(
  tx: Tx,
  of: { readonly held: Application; readonly registry: Registry; readonly baseUrl: string },
  now: Instant,
): Promise<{ email: string; mails: readonly Mailing[] }> {
  const { held, registry } = of
  await endLinks(tx, held.id, 'confirm')
  const secret = await makeLink(
    tx,
    {
      organisation: held.organisation,
      application: held.id,
      purpose: 'confirm',
      expiresAt: now + confirmLife,
    },
    now,
  )
  await moveApplication(tx, held.id, { state: 'sent', sentAt: now })
  await noteEvent(tx, held, { kind: 'sent', at: now })
  const link = `${of.baseUrl}${applicantPaths.confirm(secret)}`
  const mails = mailTo(registry, held, { kind: 'confirm', name: held.filled.name ?? '', link })
  return { email: held.email ?? '', mails: [...mails, ...(await toldOfMove(tx, held, registry))] }
}

/** Whoever reads the earlier mailbox hears that the contact is to be moved. */
async function toldOfMove(tx: Tx, held: Application, registry: Registry): Promise<readonly Mailing[]> {
  const before = held.entry === null ? undefined : await standingOf(tx, held.entry)
  if (before === undefined || held.entry === null || before.email === held.email) return []
  return mailTo(registry, before, { kind: 'moved', name: before.filled.name ?? '', number: held.entry })
}

/** The form goes on without a mail: its mailbox has been confirmed. */
async function takeIn(tx: Tx, held: Application, now: Instant): Promise<{ secret: string }> {
  await noteEvent(tx, held, { kind: held.state === 'asked' ? 'answered' : 'confirmed', at: now })
  await endLinks(tx, held.id, 'draft')
  await moveApplication(tx, held.id, { state: 'checking', confirmedAt: held.confirmedAt ?? now })
  return { secret: await makeStateLink(tx, held, now) }
}

/** What a link to confirm shows; undefined when it was used or ran out. Changes nothing: scanners of mail open links, too. */
export async function openConfirmation(
  parts: Pick<ApplicationParts, 'access'>,
  secret: string,
  now: Instant,
): Promise<Application | undefined> {
  const led = await confirmLink(parts, secret, now)
  if (led === undefined) return undefined
  const found = await within(parts.access.app, { organisations: [led.organisation] }, (tx) =>
    findApplication(tx, led.application),
  )
  return found?.state === 'sent' ? found : undefined
}

async function confirmLink(
  { access }: Pick<ApplicationParts, 'access'>,
  secret: string,
  now: Instant,
): Promise<Led | undefined> {
  const led = await ledBy(access.app, { secret, purpose: 'confirm' }, now)
  return led?.usedAt === null ? led : undefined
}

/**
 * Confirms the mailbox: from here on the application counts. Nothing odd means that the entry is made before this returns;
 * a policy to be looked at is looked at after. @returns the secret of the page of the state; undefined for a link that was
 * used (of two presses at once, the later one), ran out, or never was
 */
export async function confirmForm(
  parts: ApplicationParts,
  secret: string,
  now: Instant,
): Promise<string | undefined> {
  const led = await confirmLink(parts, secret, now)
  if (led === undefined) return undefined
  const state = await within(parts.access.app, { organisations: [led.organisation] }, async (tx) => {
    const held = await holdApplication(tx, led.application)
    if (held?.state !== 'sent' || !(await spendLink(tx, secret, now))) return undefined
    await noteEvent(tx, held, { kind: 'confirmed', at: now })
    await moveApplication(tx, held.id, {
      state: 'checking',
      confirmedAt: now,
      ...(held.email !== null && { confirmedEmail: held.email }),
    })
    await endLinks(tx, held.id, 'draft')
    return makeStateLink(tx, held, now)
  })
  if (state !== undefined) await goOn(parts, led, now)
  return state
}
