import { createHash } from 'node:crypto'
import type { Instant } from '../base/time.ts'
import { newSecret } from '../store/index.ts'
import type { Access } from './access.ts'

const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest()

/**
 * A link that lets one person in once: for the practice, for the first administrator, for nobody else, since whoever
 * holds it is that person. @returns a local path; only its hash is kept.
 */
export async function makeEntryLink(
  access: Access,
  person: string,
  at: { readonly ttlMs: number; readonly now: Instant },
): Promise<string> {
  const secret = newSecret()
  await access.signInPool.query(
    'insert into entry_link (hash, person_id, made_at, expires_at) values ($1, $2, $3, $4)',
    [hashOf(secret), person, new Date(at.now), new Date(at.now + at.ttlMs)],
  )
  return `/enter/${secret}`
}

/** Whether the link would still let somebody in; changes nothing. */
export async function isEntryLink(access: Access, secret: string, now: Instant): Promise<boolean> {
  const { rowCount } = await access.signInPool.query(
    'select from entry_link where hash = $1 and used_at is null and expires_at > $2',
    [hashOf(secret), new Date(now)],
  )
  return rowCount === 1
}

/** Uses the link up. @returns whom it lets in; undefined when it was used, is too old or never was. */
export async function useEntryLink(
  access: Access,
  secret: string,
  now: Instant,
): Promise<string | undefined> {
  // One statement, so that of two presses at once only one comes in.
  const { rows } = await access.signInPool.query<{ person: string }>(
    `update entry_link set used_at = $2 where hash = $1 and used_at is null and expires_at > $2
     returning person_id as person`,
    [hashOf(secret), new Date(now)],
  )
  return rows[0]?.person
}
