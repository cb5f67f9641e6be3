import { hour, type Instant } from '../base/time.ts'
import { type Actor, homeOf, type Session } from '../http/index.ts'
import { within } from '../store/index.ts'
import type { Access } from './access.ts'
import { readActor } from './actor.ts'
import { memory } from './house.ts'
import { record } from './record.ts'
import type { Begun, From } from './sign-in.ts'

/** People of a provider see many companies and work in shifts: their session ends 12 hours after it began. */
export const providerSession = 12 * hour

/** Whom a person acts for, remembered for at most 5 seconds. */
async function actorOf(access: Access, person: string, now: Instant): Promise<Actor | undefined> {
  const known = access.remembered.get(person)
  if (known && now >= known.at && now - known.at < memory) return known.actor
  const actor = await readActor(access.app, person)
  if (access.remembered.size > 10_000) access.remembered.clear()
  access.remembered.set(person, { actor, at: now })
  return actor
}

/** Whose session a request carries; undefined for strangers, for people whose access ended, and after the time. */
export async function sessionOf(
  access: Access,
  headers: Headers,
  now: Instant,
): Promise<Session | undefined> {
  // Cheaper than asking the library: most strangers carry no cookie of ours.
  if (!/(^|;\s*)(__Secure-)?mm\.session_token=/.test(headers.get('cookie') ?? '')) return undefined
  const read = await access.signIn.read(headers)
  if (!read) return undefined
  const actor = await actorOf(access, read.person, now)
  if (!actor || (actor.kind === 'provider' && now - read.since >= providerSession)) return undefined
  return { actor, cookies: read.cookies }
}

/** Forgets what was remembered of a person, or of everybody. */
export function forget(access: Access, person?: string): void {
  if (person === undefined) access.remembered.clear()
  else access.remembered.delete(person)
}

/** Where somebody lands who just came in. */
export type Entered = { readonly actor: Actor; readonly cookies: readonly string[]; readonly home: string }

async function entered(
  access: Access,
  begun: Begun | undefined,
  how: 'code' | 'link' | 'first-run',
): Promise<Entered | undefined> {
  const actor = begun && (await readActor(access.app, begun.person))
  if (!begun || !actor) return undefined
  forget(access, actor.person)
  await within(access.app, { organisations: [actor.organisation], person: actor.person }, (tx) =>
    record(tx, actor, { organisation: actor.organisation, act: 'signed-in', detail: { how } }),
  )
  return { actor, cookies: begun.cookies, home: homeOf(actor) }
}

/** Comes in with the number from the mail; a wrong number of a known address is kept in the trail. */
export async function enterWithCode(
  access: Access,
  typed: { readonly email: string; readonly code: string },
  from: From,
): Promise<Entered | undefined> {
  const begun = await access.signIn.useCode(typed.email, typed.code, from)
  if (!begun) access.later(() => recordRefusal(access, typed.email), 'the record of a refused sign-in')
  return entered(access, begun, 'code')
}

/** Comes in as a person whom a one-time link or the first run names. */
export async function enterAs(
  access: Access,
  person: string,
  from: From & { readonly how: 'link' | 'first-run' },
): Promise<Entered | undefined> {
  return entered(access, await access.signIn.enterAs(person, from), from.how)
}

async function recordRefusal(access: Access, email: string): Promise<void> {
  const { rows } = await access.signInPool.query<{ id: string }>('select id from "user" where email = $1', [
    email,
  ])
  const actor = rows[0] && (await readActor(access.app, rows[0].id))
  if (!actor) return
  await within(access.app, { organisations: [actor.organisation] }, (tx) =>
    record(tx, undefined, {
      organisation: actor.organisation,
      act: 'sign-in-refused',
      subject: actor.person,
    }),
  )
}

/** Ends the session of these cookies. */
export async function leave(
  access: Access,
  actor: Actor | undefined,
  headers: Headers,
): Promise<readonly string[]> {
  const cookies = await access.signIn.signOut(headers)
  if (actor) {
    forget(access, actor.person)
    await within(access.app, { organisations: [actor.organisation], person: actor.person }, (tx) =>
      record(tx, actor, { organisation: actor.organisation, act: 'signed-out' }),
    )
  }
  return cookies
}

/** Keeps in the trail that somebody signed in asked for what is not theirs. */
export async function recordRefused(
  access: Access,
  actor: Actor,
  what: { readonly method: string; readonly path: string },
): Promise<void> {
  await within(access.app, { organisations: [actor.organisation], person: actor.person }, (tx) =>
    record(tx, actor, {
      organisation: actor.organisation,
      act: 'refused',
      subject: `${what.method} ${what.path}`,
    }),
  )
}
