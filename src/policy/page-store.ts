import { z } from 'zod'
import type { Instant } from '../base/time.ts'
import { moment, newId, type Pool, type Tx, withoutScope } from '../store/index.ts'
import type { PolicyLang } from './draft.ts'

/** The page of a company at `/published/<code>`. */
export type PolicyPage = { readonly code: string; readonly open: boolean }

/** The page of a company; undefined before it was first switched on. */
export async function findPage(tx: Tx, company: string): Promise<PolicyPage | undefined> {
  return tx.one<PolicyPage>('select code, open from policy_page where company_id = $1', [company])
}

/** Keeps whether the page of a company is open; its code is given once. */
export async function savePage(
  tx: Tx,
  page: PolicyPage & { readonly company: string },
  { by, now }: { readonly by: string; readonly now: Instant },
): Promise<void> {
  await tx.run(
    `insert into policy_page (company_id, code, open, changed_at, changed_by) values ($1, $2, $3, $4::timestamptz, $5)
     on conflict (company_id) do update
       set open = excluded.open, changed_at = excluded.changed_at, changed_by = excluded.changed_by`,
    [page.company, page.code, page.open, moment(now), by],
  )
}

/** What everybody may read of a published policy. */
export type PublishedPolicy = {
  readonly companyName: string
  readonly number: number
  readonly lang: PolicyLang
  readonly title: string
  readonly preamble: string
  readonly articles: readonly { readonly title: string; readonly text: string }[]
  readonly closing: readonly string[]
  /** YYYY-MM-DD. */
  readonly establishedOn: string
  readonly revisedOn: string | null
  readonly approvedName: string
  readonly approvedTitle: string
  readonly approvedAt: Instant
}

const articles = z.array(z.object({ title: z.string(), text: z.string() }))
const closing = z.array(z.string())

/** The newest approved version behind an open page; needs no sign-in. */
export async function publishedPolicy(pool: Pool, code: string): Promise<PublishedPolicy | undefined> {
  const row = await withoutScope(pool, (tx) =>
    tx.one<Omit<PublishedPolicy, 'articles' | 'closing'> & { articles: unknown; closing: unknown }>(
      `select company_name as "companyName", number, lang, title, preamble, articles, closing,
         established_on as "establishedOn", revised_on as "revisedOn", approved_name as "approvedName",
         approved_title as "approvedTitle", approved_at as "approvedAt"
       from published_policy($1)`,
      [code],
    ),
  )
  return row && { ...row, articles: articles.parse(row.articles), closing: closing.parse(row.closing) }
}

/** When a version was last looked through without a change. */
export async function lastReview(tx: Tx, version: string): Promise<Instant | undefined> {
  const row = await tx.one<{ at: Instant }>(
    'select reviewed_at as at from policy_review where version_id = $1 order by reviewed_at desc limit 1',
    [version],
  )
  return row?.at
}

/** Keeps that a version was looked through and stays as it is. */
export async function saveReview(
  tx: Tx,
  of: { readonly company: string; readonly version: string },
  { by, now }: { readonly by: string; readonly now: Instant },
): Promise<void> {
  await tx.run(
    `insert into policy_review (id, company_id, version_id, reviewed_at, reviewed_by)
     values ($1, $2, $3, $4::timestamptz, $5)`,
    [newId(), of.company, of.version, moment(now), by],
  )
}

/** How many people of a company read a version, as the company counted. */
export type Reading = { readonly people: number; readonly confirmed: number; readonly asOf: Instant }

/** The newest count of a version. */
export async function lastReading(tx: Tx, version: string): Promise<Reading | undefined> {
  return tx.one<Reading>(
    `select people, confirmed, counted_at as "asOf" from policy_reading where version_id = $1
     order by counted_at desc limit 1`,
    [version],
  )
}

/** Keeps a count. */
export async function saveReading(
  tx: Tx,
  of: { readonly company: string; readonly version: string; readonly by: string },
  reading: Reading,
): Promise<void> {
  await tx.run(
    `insert into policy_reading (id, company_id, version_id, people, confirmed, counted_at, counted_by)
     values ($1, $2, $3, $4, $5, $6::timestamptz, $7)`,
    [newId(), of.company, of.version, reading.people, reading.confirmed, moment(reading.asOf), of.by],
  )
}
