import { type Access, record } from '../access/index.ts'
import { type Instant, jstDate } from '../base/time.ts'
import { type Tx, within } from '../store/index.ts'
import type { Visit } from '../visit/index.ts'
import { changesIdentity, type Filled, reviewWithin } from './application.ts'
import { lockDecisions, surroundingsOf } from './application-around.ts'
import {
  type Application,
  eventsOf,
  findApplication,
  holdApplication,
  moveApplication,
  noteEvent,
  standingOf,
} from './application-store.ts'
import { applicantPaths, type Mailing, mailTo, makeStateLink, sendAll } from './application-tell.ts'
import type { NewEntry, Registry } from './entry.ts'
import { needsPerson, odditiesOf, type PolicyLook } from './review-oddity.ts'
import { lookAtPolicy } from './review-policy.ts'
import { registryOf } from './settings.ts'
import { changeEntryDetails, enterEntry } from './store.ts'

/** What the use cases of applications need of the running program. */
export type ApplicationParts = { readonly access: Access; readonly visit: Visit }

type Which = { readonly organisation: string; readonly application: string }

/** Takes a confirmed application on: decided at once, or, where the page of a policy is to be looked at, a little later. */
export async function goOn(parts: ApplicationParts, which: Which, now: Instant): Promise<void> {
  const url = await within(parts.access.app, { organisations: [which.organisation] }, (tx) =>
    policyToSee(tx, which),
  )
  if (url === undefined) return settle(parts, which, now)
  parts.access.later(() => settle(parts, which, now), 'look at a policy')
}

/** The page to look at: of two stars, unless a change leaves it as it is. */
async function policyToSee(
  tx: Tx,
  which: Which,
): Promise<{ readonly url: string; readonly name: string } | undefined> {
  const it = await findApplication(tx, which.application)
  const { level, policyUrl, name } = it?.filled ?? {}
  if (it?.state !== 'checking' || level !== 'SA2' || policyUrl === undefined) return undefined
  if (it.kind === 'details' && it.entry !== null) {
    const before = await standingOf(tx, it.entry)
    if (before?.filled.policyUrl === policyUrl && before.filled.name === name) return undefined
  }
  return { url: policyUrl, name: name ?? '' }
}

/**
 * Looks at what there is to look at and decides. May be run again at any time, also twice at once: only an application
 * that still waits for its decision gets one.
 */
export async function settle(parts: ApplicationParts, which: Which, now: Instant): Promise<void> {
  const { access } = parts
  const scope = { organisations: [which.organisation] }
  const see = await within(access.app, scope, (tx) => policyToSee(tx, which))
  const look = see && (await lookAtPolicy(parts.visit, see))
  const mails = await within(access.app, scope, async (tx) => {
    const held = await holdApplication(tx, which.application)
    const registry = await registryOf(tx)
    if (held?.state !== 'checking' || registry === undefined) return []
    return decide(tx, { held, registry, look, baseUrl: access.baseUrl }, now)
  })
  sendAll(access, mails)
}

type Deciding = {
  readonly held: Application
  readonly registry: Registry
  readonly look: PolicyLook | undefined
  readonly baseUrl: string
}

async function decide(tx: Tx, it: Deciding, now: Instant): Promise<readonly Mailing[]> {
  const { held, registry, look } = it
  // Two applications of one firm must not both find that there is none yet.
  await lockDecisions(tx)
  if (look) await noteEvent(tx, held, { kind: 'looked', at: now, detail: { ...look } })
  const before = held.entry === null ? undefined : await standingOf(tx, held.entry)
  const around = await surroundingsOf(tx, held)
  const asked = (await eventsOf(tx, held.id)).some(({ kind }) => kind === 'held' || kind === 'asked')
  const found = odditiesOf(held.filled, {
    ...around,
    // What a person has begun, a person ends.
    always: registry.review || asked,
    identityChanged: held.kind === 'details' && changesIdentity(before?.filled ?? {}, held.filled),
    ...(look && { policy: look }),
  })
  if (!needsPerson(found)) return enter(tx, { held, registry, baseUrl: it.baseUrl }, now)
  await moveApplication(tx, held.id, { state: 'review', reasons: found })
  await noteEvent(tx, held, { kind: 'held', at: now, detail: { reasons: found.map(({ reason }) => reason) } })
  const link = `${it.baseUrl}${applicantPaths.state(await makeStateLink(tx, held, now))}`
  const until = now + reviewWithin
  return mailTo(registry, held, { kind: 'held', name: held.filled.name ?? '', until, link })
}

/** Puts it into the register, by the program or by the person who accepted it. @returns the mails that say so */
export async function enter(
  tx: Tx,
  of: {
    readonly held: Application
    readonly registry: Registry
    readonly baseUrl: string
    readonly person?: string
    readonly text?: string
  },
  now: Instant,
): Promise<readonly Mailing[]> {
  const { held, registry, baseUrl, person } = of
  const number = await write(tx, { held, person }, now)
  await moveApplication(tx, held.id, { state: 'entered', number, settledAt: now })
  await noteEvent(tx, held, {
    kind: 'entered',
    at: now,
    ...(person !== undefined && { person }),
    ...(of.text !== undefined && { text: of.text }),
  })
  await record(tx, person === undefined ? undefined : { person }, {
    organisation: held.organisation,
    act: held.kind === 'details' ? 'registry.entry-changed' : 'registry.entered',
    subject: number,
  })
  const name = held.filled.name ?? ''
  const entry = `${baseUrl}${applicantPaths.entry(number)}`
  if (held.kind === 'details') return mailTo(registry, held, { kind: 'changed', name, number, entry })
  return mailTo(registry, held, {
    kind: 'entered',
    name,
    number,
    entry,
    badge: `${baseUrl}${applicantPaths.badge(number)}`,
    change: `${baseUrl}${applicantPaths.askForChange}`,
  })
}

async function write(
  tx: Tx,
  { held, person }: { held: Application; person: string | undefined },
  now: Instant,
): Promise<string> {
  const by = person === undefined ? 'company' : 'registry'
  if (held.kind === 'details' && held.entry !== null) {
    await changeEntryDetails(tx, { ...publicDetails(held.filled), number: held.entry }, { by, now })
    return held.entry
  }
  return enterEntry(tx, newEntryOf(held, now), { by, now })
}

/** What of an application is public: a sole proprietor's town only with leave, and nothing of a person. */
export function publicDetails(filled: Filled) {
  const sole = filled.kind === 'sole'
  return {
    name: filled.name ?? '',
    nameKana: filled.nameKana,
    corporateNumber: sole ? undefined : filled.corporateNumber,
    soleProprietor: sole,
    prefecture: filled.prefecture ?? '',
    town: sole && filled.townListed !== true ? undefined : filled.town,
    industry: filled.industry,
    selfCheckOn: filled.level === 'SA2' ? filled.selfCheckOn : undefined,
    policyUrl: filled.level === 'SA2' ? filled.policyUrl : undefined,
  }
}

/** The entry of an application; it is declared on the day on which it is entered. */
export function newEntryOf(held: Pick<Application, 'filled' | 'kind' | 'entry'>, now: Instant): NewEntry {
  const { filled } = held
  return {
    ...publicDetails(filled),
    level: filled.level ?? 'SA1',
    pledgeEdition: filled.edition === 'jou5' ? 'jou5' : 'jou6',
    declaredOn: jstDate(now),
    replaces: held.kind === 'step-up' ? (held.entry ?? undefined) : undefined,
  }
}
