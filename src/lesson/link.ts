import { createHash } from 'node:crypto'
import type { Actor } from '../access/index.ts'
import { record } from '../access/index.ts'
import { day, type Instant } from '../base/time.ts'
import { moment, newId, newSecret, type Pool, type Tx, within, withoutScope } from '../store/index.ts'

/** How long staff may come in by one link: a term in which everybody finds ten minutes. */
export const linkLife = 90 * day

export type LessonLink = {
  readonly id: string
  readonly createdAt: Instant
  readonly expiresAt: Instant
  /** How many people began by it. */
  readonly begun: number
}

const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest()

/** Makes a way in for staff without an account; only its hash is kept. @returns the secret, shown once */
export async function makeLessonLink(pool: Pool, actor: Actor, now: Instant): Promise<string> {
  const secret = newSecret()
  const company = actor.organisation
  await within(pool, { organisations: [company], person: actor.person }, async (tx) => {
    const id = newId()
    await tx.run(
      `insert into lesson_link (id, company_id, hash, created_at, created_by, expires_at)
       values ($1, $2, $3, $4::timestamptz, $5, $6::timestamptz)`,
      [id, company, hashOf(secret), moment(now), actor.person, moment(now + linkLife)],
    )
    await record(tx, actor, { organisation: company, act: 'lesson-link.created', subject: id })
  })
  return secret
}

/** The links that still let in, the newest first. */
export async function lessonLinks(tx: Tx, company: string, now: Instant): Promise<LessonLink[]> {
  return tx.rows(
    `select l.id, l.created_at as "createdAt", l.expires_at as "expiresAt",
       (select count(*)::int from training t where t.company_id = l.company_id and t.link_id = l.id) as begun
     from lesson_link l where l.company_id = $1 and l.revoked_at is null and l.expires_at > $2::timestamptz
     order by l.created_at desc`,
    [company, moment(now)],
  )
}

/** Ends a link at once; what was learned by it stays. False where there is none. */
export async function revokeLessonLink(
  pool: Pool,
  actor: Actor,
  of: { readonly link: string; readonly now: Instant },
): Promise<boolean> {
  const company = actor.organisation
  return within(pool, { organisations: [company], person: actor.person }, async (tx) => {
    const changed = await tx.run(
      'update lesson_link set revoked_at = $3::timestamptz where company_id = $1 and id = $2 and revoked_at is null',
      [company, of.link, moment(of.now)],
    )
    if (changed === 0) return false
    await record(tx, actor, { organisation: company, act: 'lesson-link.revoked', subject: of.link })
    return true
  })
}

/** Whose lesson a link opens. */
export type OpenedLink = { readonly company: string; readonly companyName: string; readonly link: string }

/** Whose a link is; undefined when unknown, revoked or older than 90 days. */
export async function openLessonLink(
  pool: Pool,
  secret: string,
  now: Instant,
): Promise<OpenedLink | undefined> {
  if (!/^[A-Za-z0-9_-]{20,64}$/.test(secret)) return undefined
  const found = await withoutScope(pool, (tx) =>
    tx.one<OpenedLink & { expiresAt: Instant }>(
      `select company_id as company, company_name as "companyName", link_id as link, expires_at as "expiresAt"
       from lesson_by_link($1)`,
      [hashOf(secret)],
    ),
  )
  if (found === undefined || found.expiresAt <= now) return undefined
  return { company: found.company, companyName: found.companyName, link: found.link }
}
