import { z } from 'zod'
import type { Instant } from '../base/time.ts'
import { moment, type Tx } from '../store/index.ts'
import { type Draft, draftShape, type PolicyLang } from './draft.ts'

/** An approved version; frozen. */
export type PolicyVersion = {
  readonly id: string
  readonly company: string
  readonly number: number
  readonly lang: PolicyLang
  readonly edition: string
  readonly title: string
  readonly preamble: string
  readonly articles: readonly { readonly key: string; readonly title: string; readonly text: string }[]
  readonly closing: readonly string[]
  readonly source: Draft
  readonly establishedOn: string
  readonly revisedOn: string | null
  readonly missing: readonly string[]
  readonly sha256: string
  readonly approvedName: string
  readonly approvedTitle: string
  readonly approvedAt: Instant
}

const articles = z.array(z.object({ key: z.string(), title: z.string(), text: z.string() }))
const closing = z.array(z.string())

type VersionRow = Omit<PolicyVersion, 'articles' | 'closing' | 'source'> & {
  readonly articles: unknown
  readonly closing: unknown
  readonly source: unknown
}

const versionOf = (row: VersionRow): PolicyVersion => ({
  ...row,
  articles: articles.parse(row.articles),
  closing: closing.parse(row.closing),
  source: draftShape.parse(row.source),
})

const versionColumns = `id, company_id as company, number, lang, edition, title, preamble, articles, closing, source,
  established_on as "establishedOn", revised_on as "revisedOn", missing, sha256, approved_name as "approvedName",
  approved_title as "approvedTitle", approved_at as "approvedAt"`

/** The draft of a company; `lock` keeps others from changing it until the transaction ends. */
export async function findDraft(tx: Tx, company: string, lock = false): Promise<Draft | undefined> {
  const row = await tx.one<{ content: unknown }>(
    `select content from policy_draft where company_id = $1${lock ? ' for update' : ''}`,
    [company],
  )
  return row && draftShape.parse(row.content)
}

/** Keeps the draft of a company. */
export async function saveDraft(
  tx: Tx,
  company: string,
  { draft, by, now }: { readonly draft: Draft; readonly by: string; readonly now: Instant },
): Promise<void> {
  await tx.run(
    `insert into policy_draft (company_id, content, changed_at, changed_by) values ($1, $2, $3::timestamptz, $4)
     on conflict (company_id) do update
       set content = excluded.content, changed_at = excluded.changed_at, changed_by = excluded.changed_by`,
    [company, JSON.stringify(draft), moment(now), by],
  )
}

/** The versions of a company, newest first. */
export async function listVersions(tx: Tx, company: string): Promise<PolicyVersion[]> {
  const rows = await tx.rows<VersionRow>(
    `select ${versionColumns} from policy_version where company_id = $1 order by number desc`,
    [company],
  )
  return rows.map(versionOf)
}

/** The newest approved version of a company. */
export async function newestVersion(tx: Tx, company: string): Promise<PolicyVersion | undefined> {
  const row = await tx.one<VersionRow>(
    `select ${versionColumns} from policy_version where company_id = $1 order by number desc limit 1`,
    [company],
  )
  return row && versionOf(row)
}

/** One version of the scope. */
export async function findVersion(tx: Tx, id: string): Promise<PolicyVersion | undefined> {
  const row = await tx.one<VersionRow>(`select ${versionColumns} from policy_version where id = $1`, [id])
  return row && versionOf(row)
}

/** Writes a version; it can't be changed afterwards. */
export async function saveVersion(tx: Tx, version: PolicyVersion, by: string): Promise<void> {
  await tx.run(
    `insert into policy_version (id, company_id, number, lang, edition, title, preamble, articles, closing, source,
       established_on, revised_on, missing, sha256, approved_name, approved_title, approved_at, approved_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17::timestamptz, $18)`,
    [
      version.id,
      version.company,
      version.number,
      version.lang,
      version.edition,
      version.title,
      version.preamble,
      JSON.stringify(version.articles),
      JSON.stringify(version.closing),
      JSON.stringify(version.source),
      version.establishedOn,
      version.revisedOn,
      version.missing,
      version.sha256,
      version.approvedName,
      version.approvedTitle,
      moment(version.approvedAt),
      by,
    ],
  )
}
