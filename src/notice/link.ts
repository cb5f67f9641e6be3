import { createHash } from 'node:crypto'
import { hour, type Instant } from '../base/time.ts'
import { moment, newSecret, type Pool, type Tx, within, withoutScope } from '../store/index.ts'
import type { Lang } from './catalogue.ts'
import { type NoticeView, noticeView } from './show.ts'

/** How long a mailed link opens its page. */
export const linkLife = 72 * hour

const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest()

/** Makes a link for one notice and one person; only its hash is kept. @returns the secret */
export async function makeLink(
  tx: Tx,
  of: { readonly company: string; readonly notice: string; readonly person: string },
  now: Instant,
): Promise<string> {
  const secret = newSecret()
  await tx.run(
    'insert into notice_link (hash, company_id, notice_id, person_id, expires_at) values ($1, $2, $3, $4, $5)',
    [hashOf(secret), of.company, of.notice, of.person, moment(now + linkLife)],
  )
  return secret
}

/** Whom a link was made for. */
export type LinkBearer = {
  readonly company: string
  readonly notice: string
  readonly person: string
  readonly expiresAt: Instant
}

/** Whom a secret belongs to; undefined when unknown or older than 72 hours. */
export async function bearerOf(pool: Pool, secret: string, now: Instant): Promise<LinkBearer | undefined> {
  if (!/^[A-Za-z0-9_-]{20,64}$/.test(secret)) return undefined
  const found = await withoutScope(pool, (tx) =>
    tx.one<LinkBearer>(
      `select company_id as company, notice_id as notice, person_id as person, expires_at as "expiresAt" from notice_by_link($1)`,
      [hashOf(secret)],
    ),
  )
  return found && found.expiresAt > now ? found : undefined
}

/** What a mailed link opens: this notice for this person, and nothing else. */
export type Opened = {
  readonly view: NoticeView
  readonly person: { readonly id: string; readonly name: string; readonly language: Lang }
  readonly expiresAt: Instant
}

/**
 * Opens a mailed link. Nothing changes, not even that it was read: scanners of mail open links, too.
 * @param pool app role
 * @returns undefined for an unknown or expired link, and for a person who no longer acts for the company
 */
export async function openLink(pool: Pool, secret: string, now: Instant): Promise<Opened | undefined> {
  const bearer = await bearerOf(pool, secret, now)
  if (!bearer) return undefined
  return within(pool, { organisations: [bearer.company], person: bearer.person }, async (tx) => {
    const person = await tx.one<{ id: string; name: string; language: Lang }>(
      'select id, name, language from person where id = $1 and organisation_id = $2 and ended_at is null',
      [bearer.person, bearer.company],
    )
    if (!person) return undefined
    const view = await noticeView(tx, bearer.notice, { now, via: 'link' })
    return { view, person, expiresAt: bearer.expiresAt }
  })
}

/** Throws away links that open nothing any more. */
export async function dropOldLinks(tx: Tx, company: string, now: Instant): Promise<void> {
  await tx.run('delete from notice_link where company_id = $1 and expires_at < $2', [company, moment(now)])
}
