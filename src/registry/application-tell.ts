import type { Access } from '../access/index.ts'
import type { Instant } from '../base/time.ts'
import type { Tx } from '../store/index.ts'
import { stateLife } from './application.ts'
import { makeLink } from './application-link.ts'
import { applicationMailOf, type Telling, type To } from './application-mail.ts'
import type { Application } from './application-store.ts'
import type { Registry } from './entry.ts'

/** Where the pages of an applicant are; the mails name them. */
export const applicantPaths = {
  confirm: (secret: string) => `/registry/confirm/${secret}`,
  state: (secret: string) => `/registry/applications/${secret}`,
  change: (secret: string) => `/registry/change/${secret}`,
  askForChange: '/registry/change',
  entry: (number: string) => `/registry/entries/${encodeURIComponent(number)}`,
  /** The badge stands on the page of its entry. */
  badge: (number: string) => `/registry/entries/${encodeURIComponent(number)}#badge`,
}

/** A mail that goes out once the transaction that decided it is through. */
export type Mailing = { readonly to: To; readonly telling: Telling }

/** Nothing to say where no address was typed. */
export function mailTo(
  registry: Registry,
  application: Pick<Application, 'email' | 'filled' | 'language'>,
  telling: Telling,
): Mailing[] {
  const { email, filled, language } = application
  return email === null ? [] : [{ to: { registry, email, person: filled.person ?? '', language }, telling }]
}

/** Sends without making the page wait; a mail that fails is logged, and the page of the state says the same. */
export function sendAll(access: Access, mails: readonly Mailing[]): void {
  for (const { to, telling } of mails)
    access.later(() => access.sendMail(applicationMailOf(to, telling)), 'mail of the register')
}

/** A page for the state of an application. @returns its secret */
export function makeStateLink(
  tx: Tx,
  of: Pick<Application, 'organisation' | 'id'>,
  now: Instant,
): Promise<string> {
  return makeLink(
    tx,
    {
      organisation: of.organisation,
      application: of.id,
      purpose: 'state',
      expiresAt: now + stateLife,
    },
    now,
  )
}
