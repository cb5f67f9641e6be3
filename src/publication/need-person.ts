import { type Actor, record } from '../access/index.ts'
import { fault } from '../base/fault.ts'
import type { Instant } from '../base/time.ts'
import { type Pool, type Tx, within } from '../store/index.ts'
import { findNamed, listLooks, saveLook } from './store.ts'

/** A published page whose text no program can read; a person of the desk opens it and says what is there. */
export type PageForPerson = {
  readonly company: string
  readonly companyName: string
  readonly url: string
  /** The look that found it so; named again when it is confirmed. */
  readonly check: string
  readonly at: Instant
}

/** The pages of the scope that wait for a person, the longest waiting first. */
export async function pagesForPerson(tx: Tx): Promise<PageForPerson[]> {
  return tx.rows<PageForPerson>(
    `select p.company_id as company, o.name as "companyName", p.url, c.id as "check", c.at
     from (select distinct on (company_id) * from publication order by company_id, named_at desc, id desc) p
     join lateral (select * from publication_check k where k.company_id = p.company_id and k.publication_id = p.id
       order by at desc, id desc limit 1) c on true
     join organisation o on o.id = p.company_id
     where p.url is not null and c.outcome = 'needs_person' order by c.at`,
  )
}

/**
 * Somebody of the provider has opened the page and read company, date and title on it. It stands until the file changes.
 * Fault: NOT_FOUND for anybody else and when the page no longer waits.
 */
export async function confirmPage(
  pool: Pool,
  actor: Actor,
  of: { readonly company: string; readonly check: string; readonly now: Instant },
): Promise<void> {
  const { company, now } = of
  if (actor.kind !== 'provider' || !actor.scope.includes(company)) throw fault('NOT_FOUND')
  await within(pool, { organisations: [company], person: actor.person }, async (tx) => {
    const named = await findNamed(tx, company)
    const [newest] = named === undefined ? [] : await listLooks(tx, { company, publication: named.id }, 1)
    if (named === undefined || newest?.id !== of.check || newest.outcome !== 'needs_person')
      throw fault('NOT_FOUND')
    const look = {
      outcome: 'ok',
      lacking: [],
      hits: [],
      ...(newest.status !== null && { status: newest.status }),
      ...(newest.finalUrl !== null && { finalUrl: newest.finalUrl }),
      ...(newest.sha256 !== null && { sha256: newest.sha256 }),
    } as const
    await saveLook(
      tx,
      { ...look, company, publication: named.id, tookMs: 0, confirmed: true },
      { person: actor.person, now },
    )
    await record(tx, actor, { organisation: company, act: 'publication.confirmed', subject: named.id })
  })
}
