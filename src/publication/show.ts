import { findCompany } from '../company/index.ts'
import { currentPolicy, policyText } from '../policy/index.ts'
import type { Tx } from '../store/index.ts'
import { lackingOf } from './find-parts.ts'
import { claimsOf } from './judge.ts'
import type { Publication } from './publication.ts'
import { standingOf } from './standing.ts'
import { checksOf, findNamed } from './store.ts'

/**
 * Where a company of the scope publishes its policy and how it stands there. Without an address of its own site it is the page
 * that Mimamori hosts, while that is open. Undefined before either.
 */
export async function publicationOf(tx: Tx, company: string): Promise<Publication | undefined> {
  const named = await findNamed(tx, company)
  if (named === undefined || named.url === null) return hostedPublication(tx, company, named !== undefined)
  const checks = await checksOf(tx, { company, publication: named.id })
  return {
    url: named.url,
    hosted: false,
    ...standingOf(checks),
    ...(checks.newest !== undefined && { checkedAt: checks.newest.at }),
    failedDays: checks.failedDays,
    ...(named.publishedOn !== null && { publishedOn: named.publishedOn }),
  }
}

/** The hosted page shows the approved policy as it is: read that instead of asking ourselves over the network. */
async function hostedPublication(tx: Tx, company: string, chosen: boolean): Promise<Publication | undefined> {
  const policy = await currentPolicy(tx, company)
  if (policy?.hostedPath === undefined) {
    return chosen
      ? { url: '', hosted: true, status: 'down', failedDays: 0, lacking: [], wordingHits: 0 }
      : undefined
  }
  const { title, preamble, articles, closing } = await policyText(tx, policy.version)
  const parts = [title, preamble, ...articles.flatMap((one) => [one.title, one.text]), ...closing]
  const text = parts.join('\n')
  const firm = await findCompany(tx, company)
  const lacking = lackingOf(text, { name: firm?.name ?? '', title })
  return {
    url: policy.hostedPath,
    hosted: true,
    status: lacking.length === 0 ? 'ok' : 'lacks',
    failedDays: 0,
    lacking,
    wordingHits: claimsOf(text).length,
  }
}
