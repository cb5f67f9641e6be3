import { createHash, randomBytes } from 'node:crypto'
import { day, type Instant } from '../base/time.ts'
import { moment, newId, type Pool, type Tx, withoutScope } from '../store/index.ts'

/** How long a respondent may come by the link. */
export const linkLife = 30 * day

/** Where the mail with the link is; `none` when it was handed over by hand. */
export type MailState = 'none' | 'waiting' | 'handed' | 'failed'

/** A respondent's way in, without its secret. */
export type AnswerLink = {
  readonly id: string
  readonly sheet: string
  readonly email: string | null
  readonly language: 'ja' | 'en'
  readonly madeAt: Instant
  readonly expiresAt: Instant
  readonly mail: MailState
  readonly mailAt: Instant | null
  readonly revokedAt: Instant | null
}

const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest()

type NewLink = {
  readonly company: string
  readonly sheet: string
  readonly email: string | undefined
  readonly language: 'ja' | 'en'
  readonly person: string
}

/** Makes a link of 256 random bits; only its hash is kept. @returns its id and the secret, once */
export async function makeAnswerLink(
  tx: Tx,
  link: NewLink,
  now: Instant,
): Promise<{ readonly id: string; readonly secret: string }> {
  const [id, secret] = [newId(), randomBytes(32).toString('base64url')]
  await tx.run(
    `insert into self_check_link (id, hash, company_id, sheet_id, email, language, made_at, made_by, expires_at, mail, mail_at)
     values ($1, $2, $3, $4, $5, $6, $7::timestamptz, $8, $9::timestamptz, $10, null)`,
    [
      id,
      hashOf(secret),
      link.company,
      link.sheet,
      link.email ?? null,
      link.language,
      moment(now),
      link.person,
      moment(now + linkLife),
      link.email === undefined ? 'none' : 'waiting',
    ],
  )
  return { id, secret }
}

/** The links of a check's sheets, newest first. */
export async function listLinks(tx: Tx, check: string): Promise<AnswerLink[]> {
  return tx.rows<AnswerLink>(
    `select l.id, l.sheet_id as sheet, l.email, l.language, l.made_at as "madeAt", l.expires_at as "expiresAt", l.mail,
       l.mail_at as "mailAt", l.revoked_at as "revokedAt"
     from self_check_link l join self_check_sheet s on s.id = l.sheet_id where s.check_id = $1 order by l.made_at desc, l.id`,
    [check],
  )
}

/** Says whether the mail went out. */
export async function markMail(
  tx: Tx,
  link: string,
  state: { readonly mail: 'handed' | 'failed'; readonly at: Instant },
): Promise<void> {
  await tx.run('update self_check_link set mail = $2, mail_at = $3::timestamptz where id = $1', [
    link,
    state.mail,
    moment(state.at),
  ])
}

/** Ends links: one by its id, or all of a sheet. @returns how many were alive */
export async function revoke(
  tx: Tx,
  which: { readonly link: string } | { readonly sheet: string },
  by: { readonly person: string; readonly now: Instant },
): Promise<number> {
  const [column, id] = 'link' in which ? ['id', which.link] : ['sheet_id', which.sheet]
  return tx.run(
    `update self_check_link set revoked_at = $2::timestamptz, revoked_by = $3 where ${column} = $1 and revoked_at is null`,
    [id, moment(by.now), by.person],
  )
}

/** Whose sheet a secret opens. */
export type Bearer = { readonly link: string; readonly company: string; readonly sheet: string }

/** Whom a secret belongs to; undefined when unknown, revoked or older than 30 days. */
export async function bearerOf(pool: Pool, secret: string, now: Instant): Promise<Bearer | undefined> {
  if (!/^[A-Za-z0-9_-]{43}$/.test(secret)) return undefined
  const found = await withoutScope(pool, (tx) =>
    tx.one<Bearer & { expiresAt: Instant }>(
      `select link_id as link, company_id as company, sheet_id as sheet, expires_at as "expiresAt" from self_check_by_link($1)`,
      [hashOf(secret)],
    ),
  )
  if (found === undefined || found.expiresAt <= now) return undefined
  return { link: found.link, company: found.company, sheet: found.sheet }
}
