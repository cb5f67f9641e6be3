import { randomInt } from 'node:crypto'
import { record } from '../access/index.ts'
import { fault } from '../base/fault.ts'
import type { Tx } from '../store/index.ts'
import { claimsIn, type PolicyClaim } from './approve.ts'
import { findPage, type PolicyPage, saveReading, savePage } from './page-store.ts'
import { newestVersion } from './store.ts'
import type { Doing } from './write-policy.ts'

/** Without letters and digits that look alike when somebody types the address from paper. */
const letters = 'abcdefghjkmnpqrstuvwxyz23456789'

/** A code for a public address, e.g. `k3vm-9xq2`: 39 bits, nothing secret behind it. */
function pageCode(): string {
  const four = (): string => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join('')
  return `${four()}-${four()}`
}

/**
 * Switches the company's page at `/published/…` on or off; the address stays the same. Not switched on while the text claims
 * what a self-declaration may not: then the claims come back. Fault: NOT_FOUND before the first approval and for others than
 * an owner.
 */
export async function switchPolicyPage(
  tx: Tx,
  doing: Doing,
  open: boolean,
): Promise<{ readonly page?: PolicyPage; readonly claims: readonly PolicyClaim[] }> {
  const { actor, now } = doing
  const company = actor.organisation
  const version = await newestVersion(tx, company)
  if (version === undefined || actor.role !== 'owner') throw fault('NOT_FOUND')
  const claims = open ? claimsIn(version, version.lang) : []
  if (claims.length > 0) return { claims }
  const known = await findPage(tx, company)
  const page = { code: known?.code ?? pageCode(), open }
  await savePage(tx, { ...page, company }, { by: actor.person, now })
  await record(tx, actor, {
    organisation: company,
    act: open ? 'policy.page_opened' : 'policy.page_closed',
    subject: page.code,
  })
  return { page, claims }
}

/** Keeps how many people said that they read the newest version. Fault: NOT_FOUND before the first approval. */
export async function countReaders(
  tx: Tx,
  doing: Doing,
  count: { readonly people: number; readonly confirmed: number },
): Promise<void> {
  const { actor, now } = doing
  const version = await newestVersion(tx, actor.organisation)
  if (version === undefined) throw fault('NOT_FOUND')
  const of = { company: actor.organisation, version: version.id, by: actor.person }
  await saveReading(tx, of, { ...count, asOf: now })
  await record(tx, actor, {
    organisation: actor.organisation,
    act: 'policy.readers_counted',
    subject: version.id,
    detail: count,
  })
}
