import { createHash, randomBytes } from 'node:crypto'
import type { Instant } from '../base/time.ts'
import { moment, type Pool, type Tx, withoutScope } from '../store/index.ts'

/** What the holder of a link may do: fill in a form, confirm a mail address, see the state, change an entry. */
export type LinkPurpose = 'draft' | 'confirm' | 'state' | 'change'

/** What a link leads to. */
export type Led = {
  readonly organisation: string
  readonly application: string
  readonly purpose: LinkPurpose
  readonly expiresAt: Instant
  readonly usedAt: Instant | null
}

const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest()

/** Makes a link of 256 bits; only its hash is kept. @returns the secret */
export async function makeLink(
  tx: Tx,
  of: {
    readonly organisation: string
    readonly application: string
    readonly purpose: LinkPurpose
    readonly expiresAt: Instant
  },
  now: Instant,
): Promise<string> {
  const secret = randomBytes(32).toString('base64url')
  await tx.run(
    `insert into application_link (hash, organisation_id, application_id, purpose, made_at, expires_at)
     values ($1, $2, $3, $4, $5, $6)`,
    [hashOf(secret), of.organisation, of.application, of.purpose, moment(now), moment(of.expiresAt)],
  )
  return secret
}

/** What a secret leads to; undefined when it is unknown, too old, or for something else. */
export async function ledBy(
  pool: Pool,
  of: { readonly secret: string; readonly purpose: LinkPurpose },
  now: Instant,
): Promise<Led | undefined> {
  if (!/^[A-Za-z0-9_-]{20,64}$/.test(of.secret)) return undefined
  const led = await withoutScope(pool, (tx) =>
    tx.one<Led>(
      `select organisation_id as organisation, application_id as application, purpose, expires_at as "expiresAt",
         used_at as "usedAt" from application_by_link($1)`,
      [hashOf(of.secret)],
    ),
  )
  return led && led.purpose === of.purpose && led.expiresAt > now ? led : undefined
}

/** Uses a link up. @returns false when it was used or ran out before: of two presses at once, one gets true */
export async function spendLink(tx: Tx, secret: string, now: Instant): Promise<boolean> {
  const spent = await tx.run(
    'update application_link set used_at = $2 where hash = $1 and used_at is null and expires_at > $2',
    [hashOf(secret), moment(now)],
  )
  return spent === 1
}

/** Ends the links of one purpose: whoever holds an older one can do no more with it. */
export async function endLinks(tx: Tx, application: string, purpose: LinkPurpose): Promise<void> {
  await tx.run(
    'delete from application_link where application_id = $1 and purpose = $2 and used_at is null',
    [application, purpose],
  )
}
