import { fault } from '../base/fault.ts'
import type { Instant } from '../base/time.ts'
import type { Tx } from '../store/index.ts'
import type { PolicyText } from './compose.ts'
import { findPage, lastReading, lastReview, type Reading } from './page-store.ts'
import { findVersion, newestVersion } from './store.ts'

/** The newest approved version of a company's basic policy. */
export type CurrentPolicy = {
  readonly version: string
  /** 1, 2, 3 … of the company. */
  readonly number: number
  readonly approvedAt: Instant
  readonly approvedBy: { readonly name: string; readonly title: string }
  /** Of the text that was shown at the approval, hex. */
  readonly sha256: string
  /** Required subjects that no article covers. */
  readonly missing: readonly string[]
  /** `/published/…` while Mimamori shows it to everybody. */
  readonly hostedPath?: string
  /** YYYY-MM-DD. */
  readonly establishedOn: string
  /** The last time somebody looked through the whole: the approval or a yearly look that changed nothing. */
  readonly reviewedAt: Instant
}

/** The newest approved version of a company of the scope; undefined before the first approval. */
export async function currentPolicy(tx: Tx, company: string): Promise<CurrentPolicy | undefined> {
  const version = await newestVersion(tx, company)
  if (version === undefined) return undefined
  const page = await findPage(tx, company)
  const review = await lastReview(tx, version.id)
  return {
    version: version.id,
    number: version.number,
    approvedAt: version.approvedAt,
    approvedBy: { name: version.approvedName, title: version.approvedTitle },
    sha256: version.sha256,
    missing: version.missing,
    ...(page?.open && { hostedPath: publishedPath(page.code) }),
    establishedOn: version.establishedOn,
    reviewedAt: Math.max(version.approvedAt, review ?? 0),
  }
}

/** Where the page with this code stands. */
export const publishedPath = (code: string): string => `/published/${code}`

/** The text of an approved version, as it was shown. Fault: NOT_FOUND outside the scope. */
export async function policyText(tx: Tx, version: string): Promise<PolicyText> {
  const found = await findVersion(tx, version)
  if (found === undefined) throw fault('NOT_FOUND')
  const { title, preamble, closing } = found
  const articles = found.articles.map((one) => ({ title: one.title, text: one.text }))
  return { title, preamble, articles, closing }
}

/** How many people confirmed the newest version, as the company counted; undefined before anybody counted. */
export async function policyReading(tx: Tx, company: string): Promise<Reading | undefined> {
  const version = await newestVersion(tx, company)
  return version && lastReading(tx, version.id)
}
