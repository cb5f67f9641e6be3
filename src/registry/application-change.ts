import { record } from '../access/index.ts'
import { fault } from '../base/fault.ts'
import type { Instant } from '../base/time.ts'
import { type Pool, type Tx, within } from '../store/index.ts'
import { changeLife, draftLife, draftOf } from './application.ts'
import { endLinks, ledBy, makeLink, spendLink } from './application-link.ts'
import type { ApplicationParts } from './application-settle.ts'
import {
  type Application,
  beginApplication,
  dropDrafts,
  findApplication,
  type Language,
  openChangeOf,
  standingOf,
} from './application-store.ts'
import { applicantPaths, mailTo, sendAll } from './application-tell.ts'
import type { Entry, Registry } from './entry.ts'
import { registryOf } from './settings.ts'
import { changeEntryStatus, findEntry } from './store.ts'

/**
 * Mails a link for changes to whoever applied, if number and address belong together. Says nothing of whether they do: the
 * number is public, the address is not.
 */
export async function askForChange(
  parts: Pick<ApplicationParts, 'access'>,
  of: { readonly registry: Registry; readonly number: string; readonly email: string },
  now: Instant,
): Promise<void> {
  const { registry, number, email } = of
  const { access } = parts
  const mails = await within(access.app, { organisations: [registry.id] }, async (tx) => {
    const standing = await standingOf(tx, number)
    if (standing === undefined || standing.email !== email) return []
    await endLinks(tx, standing.id, 'change')
    const secret = await makeLink(
      tx,
      {
        organisation: registry.id,
        application: standing.id,
        purpose: 'change',
        expiresAt: now + changeLife,
      },
      now,
    )
    const link = `${access.baseUrl}${applicantPaths.change(secret)}`
    return mailTo(registry, standing, { kind: 'change', name: standing.filled.name ?? '', number, link })
  })
  sendAll(access, mails)
}

/** What a link for changes opens. */
export type Changing = {
  readonly standing: Application
  readonly entry: Entry
  /** A change that waits for its decision: no other one is taken meanwhile. */
  readonly pending: boolean
  readonly mayChange: boolean
  readonly mayStepUp: boolean
}

/** The entry that a link may change; undefined for a link that is unknown, used up or too old. Changes nothing. */
export async function openChange(pool: Pool, secret: string, now: Instant): Promise<Changing | undefined> {
  const led = await ledBy(pool, { secret, purpose: 'change' }, now)
  if (led === undefined || led.usedAt !== null) return undefined
  return within(pool, { organisations: [led.organisation] }, (tx) => changingOf(tx, led.application))
}

async function changingOf(tx: Tx, application: string): Promise<Changing | undefined> {
  const linked = await findApplication(tx, application)
  const number = linked?.number
  const [standing, entry] = number == null ? [] : [await standingOf(tx, number), await findEntry(tx, number)]
  // Since the link was sent, the contact may have moved to another mailbox.
  if (standing === undefined || entry === undefined || standing.email !== linked?.email) return undefined
  const pending = (await openChangeOf(tx, entry.number)) !== undefined
  const registry = await registryOf(tx)
  const mayChange = entry.status === 'active' && !pending
  const mayStepUp = mayChange && entry.level === 'SA1' && registry?.levels.includes('SA2') === true
  return { standing, entry, pending, mayChange, mayStepUp }
}

/**
 * Opens a form with what stands in the register, to be changed. @returns the form's secret.
 * Fault: NOT_FOUND for a link that opens nothing, or where this change is not to be had.
 */
export async function beginChange(
  pool: Pool,
  of: { readonly secret: string; readonly kind: 'details' | 'step-up'; readonly language: Language },
  now: Instant,
): Promise<string> {
  const led = await ledBy(pool, { secret: of.secret, purpose: 'change' }, now)
  if (led === undefined || led.usedAt !== null) throw fault('NOT_FOUND')
  const { organisation } = led
  return within(pool, { organisations: [organisation] }, async (tx) => {
    const changing = await changingOf(tx, led.application)
    if (changing === undefined) throw fault('NOT_FOUND')
    const { standing, entry } = changing
    if (!(of.kind === 'details' ? changing.mayChange : changing.mayStepUp)) throw fault('NOT_FOUND')
    await dropDrafts(tx, entry.number)
    const application = await beginApplication(
      tx,
      {
        organisation,
        kind: of.kind,
        entry: entry.number,
        filled: draftOf(of.kind, standing.filled),
        language: of.language,
        ...(standing.email !== null && { confirmedEmail: standing.email }),
      },
      now,
    )
    return makeLink(tx, { organisation, application, purpose: 'draft', expiresAt: now + draftLife }, now)
  })
}

/**
 * Ends the declaration on the applicant's word; the entry keeps its page. Of two presses at once one stops it.
 * @returns its number. Fault: NOT_FOUND for a link that opens nothing, or an entry that is not in force
 */
export async function stopByApplicant(
  parts: Pick<ApplicationParts, 'access'>,
  secret: string,
  now: Instant,
): Promise<string> {
  const { access } = parts
  const led = await ledBy(access.app, { secret, purpose: 'change' }, now)
  if (led === undefined) throw fault('NOT_FOUND')
  const done = await within(access.app, { organisations: [led.organisation] }, async (tx) => {
    if (!(await spendLink(tx, secret, now))) throw fault('NOT_FOUND')
    const changing = await changingOf(tx, led.application)
    const registry = await registryOf(tx)
    if (changing === undefined || registry === undefined || changing.entry.status === 'stopped')
      throw fault('NOT_FOUND')
    const { entry, standing } = changing
    await changeEntryStatus(tx, { number: entry.number, status: 'stopped' }, { by: 'company', now })
    await record(tx, undefined, {
      organisation: led.organisation,
      act: 'registry.stopped-by-applicant',
      subject: entry.number,
    })
    const mails = mailTo(registry, standing, {
      kind: 'status',
      status: 'stopped',
      name: entry.name,
      number: entry.number,
      entry: `${access.baseUrl}${applicantPaths.entry(entry.number)}`,
    })
    return { number: entry.number, mails }
  })
  sendAll(access, done.mails)
  return done.number
}
