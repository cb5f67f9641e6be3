import { type Actor, record } from '../access/index.ts'
import { fault } from '../base/fault.ts'
import type { Instant } from '../base/time.ts'
import { findCompany } from '../company/index.ts'
import { currentPolicy, policyText } from '../policy/index.ts'
import { type Pool, type Tx, within } from '../store/index.ts'
import { readPageAddress, type Visit } from '../visit/index.ts'
import { judge, type Wanted } from './judge.ts'
import type { Look } from './publication.ts'
import { confirmedFiles, findNamed, saveLook, saveNamed } from './store.ts'

export type PageParts = { readonly pool: Pool; readonly visit: Visit }

/** A page that is to be looked at. */
export type Due = {
  readonly company: string
  readonly publication: string
  readonly url: string
  readonly wanted: Wanted
}

/** What to look at for a company; undefined while it has no address of its own. */
export async function dueOf(tx: Tx, company: string): Promise<Due | undefined> {
  const named = await findNamed(tx, company)
  if (named === undefined || named.url === null) return undefined
  const firm = await findCompany(tx, company)
  if (firm === undefined) return undefined
  const policy = await currentPolicy(tx, company)
  const title = policy && (await policyText(tx, policy.version)).title
  const confirmed = await confirmedFiles(tx, { company, publication: named.id })
  return { company, publication: named.id, url: named.url, wanted: { name: firm.name, title, confirmed } }
}

/** Visits and keeps what was found. No transaction stands open meanwhile; an address that was changed meanwhile keeps nothing. */
export async function lookAt(
  { pool, visit }: PageParts,
  due: Due,
  by: { readonly actor: Actor | undefined; readonly now: Instant },
): Promise<Look> {
  const begun = performance.now()
  const look = judge(await visit(due.url), due.wanted)
  const tookMs = Math.round(performance.now() - begun)
  const { company, publication } = due
  const person = by.actor?.person
  const scope = { organisations: [company], ...(person !== undefined && { person }) }
  await within(pool, scope, async (tx) => {
    if ((await findNamed(tx, company))?.id !== publication) return
    await saveLook(tx, { ...look, company, publication, tookMs }, { person, now: by.now })
    if (by.actor !== undefined)
      await record(tx, by.actor, {
        organisation: company,
        act: 'publication.checked',
        subject: publication,
        detail: { outcome: look.outcome },
      })
  })
  return look
}

/** Whether this person keeps the pages of this company: its own people. */
const mayName = (actor: Actor, company: string): boolean =>
  actor.kind === 'company' && actor.organisation === company

/** As `readPageAddress` gives it; anything else was not typed into our form. */
function isPage(url: string): boolean {
  const read = readPageAddress(url)
  return read.ok && read.url === url
}

/**
 * Somebody of the company names where the policy is published: an address of its own site, or the hosted page (no `url`).
 * `url` is one that
 * `readPageAddress` gave. Fault: NOT_FOUND for anybody else, BAD_INPUT for another address.
 */
export async function namePage(
  pool: Pool,
  actor: Actor,
  page: {
    readonly company: string
    readonly url: string | undefined
    readonly publishedOn: string | undefined
    readonly now: Instant
  },
): Promise<void> {
  if (!mayName(actor, page.company)) throw fault('NOT_FOUND')
  if (page.url !== undefined && !isPage(page.url)) throw fault('BAD_INPUT', { field: 'url' })
  await within(pool, { organisations: [page.company], person: actor.person }, async (tx) => {
    const id = await saveNamed(tx, page, { person: actor.person, now: page.now })
    await record(tx, actor, {
      organisation: page.company,
      act: 'publication.named',
      subject: id,
      detail: { url: page.url ?? 'hosted' },
    })
  })
}

/**
 * Somebody of the company has the page looked at now. Undefined where there is nothing to visit. Fault: NOT_FOUND for anybody
 * else.
 */
export async function checkPageNow(
  parts: PageParts,
  actor: Actor,
  of: { readonly company: string; readonly now: Instant },
): Promise<Look | undefined> {
  if (!mayName(actor, of.company)) throw fault('NOT_FOUND')
  const due = await within(parts.pool, { organisations: [of.company], person: actor.person }, (tx) =>
    dueOf(tx, of.company),
  )
  return due && lookAt(parts, due, { actor, now: of.now })
}
