import type { Instant } from '../base/time.ts'
import { moment, newId, type Tx } from '../store/index.ts'
import type { Look } from './publication.ts'
import type { Checked, Checks } from './standing.ts'

/** An address as it was named; without `url` the hosted page. */
export type Named = {
  readonly id: string
  readonly url: string | null
  readonly publishedOn: string | null
  readonly namedAt: Instant
}

/** The address in force of a company of the scope. */
export async function findNamed(tx: Tx, company: string): Promise<Named | undefined> {
  return tx.one<Named>(
    `select id, url, published_on as "publishedOn", named_at as "namedAt" from publication
     where company_id = $1 order by named_at desc, id desc limit 1`,
    [company],
  )
}

/** Keeps that from now on this is the address. */
export async function saveNamed(
  tx: Tx,
  named: {
    readonly company: string
    readonly url: string | undefined
    readonly publishedOn: string | undefined
  },
  by: { readonly person: string; readonly now: Instant },
): Promise<string> {
  const id = newId()
  await tx.run(
    `insert into publication (id, company_id, url, published_on, named_at, named_by)
     values ($1, $2, $3, $4::date, $5::timestamptz, $6)`,
    [id, named.company, named.url ?? null, named.publishedOn ?? null, moment(by.now), by.person],
  )
  return id
}

/** Keeps a look. */
export async function saveLook(
  tx: Tx,
  look: Look & {
    readonly company: string
    readonly publication: string
    readonly tookMs: number
    readonly confirmed?: boolean
  },
  by: { readonly person: string | undefined; readonly now: Instant },
): Promise<void> {
  await tx.run(
    `insert into publication_check (id, company_id, publication_id, at, outcome, why, status, final_url, lacking, hits, sha256,
       by_person, confirmed, took_ms)
     values ($1, $2, $3, $4::timestamptz, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      newId(),
      look.company,
      look.publication,
      moment(by.now),
      look.outcome,
      look.why ?? null,
      look.status ?? null,
      look.finalUrl ?? null,
      look.lacking,
      JSON.stringify(look.hits),
      look.sha256 ?? null,
      by.person ?? null,
      look.confirmed ?? false,
      look.tookMs,
    ],
  )
}

const lookColumns = `id, at, outcome, why, status, final_url as "finalUrl", lacking, hits, sha256, confirmed,
  by_person as "byPerson", took_ms as "tookMs"`

/** A look as it is kept. */
export type KeptLook = {
  readonly id: string
  readonly at: Instant
  readonly outcome: Look['outcome']
  readonly why: string | null
  readonly status: number | null
  readonly finalUrl: string | null
  readonly lacking: Look['lacking']
  readonly hits: Look['hits']
  readonly sha256: string | null
  readonly confirmed: boolean
  readonly byPerson: string | null
  readonly tookMs: number
}

/** The looks at an address, newest first. */
export async function listLooks(
  tx: Tx,
  of: { readonly company: string; readonly publication: string },
  most: number,
): Promise<KeptLook[]> {
  return tx.rows<KeptLook>(
    `select ${lookColumns} from publication_check where company_id = $1 and publication_id = $2 order by at desc, id desc limit $3`,
    [of.company, of.publication, most],
  )
}

/** What `standingOf` needs of an address. Days are those of Japan: the session's time zone. */
export async function checksOf(
  tx: Tx,
  of: { readonly company: string; readonly publication: string },
): Promise<Checks> {
  const columns = 'outcome, at, lacking, jsonb_array_length(hits) as hits'
  const newest = await tx.one<Checked>(
    `select ${columns} from publication_check where company_id = $1 and publication_id = $2 order by at desc, id desc limit 1`,
    [of.company, of.publication],
  )
  const reached = await tx.one<Checked>(
    `select ${columns} from publication_check
     where company_id = $1 and publication_id = $2 and outcome <> 'down' order by at desc, id desc limit 1`,
    [of.company, of.publication],
  )
  const failed = await tx.one<{ days: number }>(
    `select count(distinct at::date) as days from publication_check
     where company_id = $1 and publication_id = $2 and outcome in ('down', 'lacks')
       and at > coalesce((select max(at) from publication_check
         where company_id = $1 and publication_id = $2 and outcome in ('ok', 'needs_person')), '-infinity')`,
    [of.company, of.publication],
  )
  return { newest, reached, failedDays: failed?.days ?? 0 }
}

/** Files of an address that a person of the desk found right. */
export async function confirmedFiles(
  tx: Tx,
  of: { readonly company: string; readonly publication: string },
): Promise<string[]> {
  const rows = await tx.rows<{ sha256: string }>(
    `select distinct sha256 from publication_check
     where company_id = $1 and publication_id = $2 and confirmed and sha256 is not null`,
    [of.company, of.publication],
  )
  return rows.map((row) => row.sha256)
}
