import { record } from '../access/index.ts'
import { fault } from '../base/fault.ts'
import { jstDate } from '../base/time.ts'
import { type PolicyArticle, policyFacts } from '../catalogue/index.ts'
import type { Tx } from '../store/index.ts'
import { keyedText } from './approve.ts'
import { diffPolicies, type PolicyChange } from './diff.ts'
import { chosenArticles, type Draft, fits, type Known, startDraft } from './draft.ts'
import { saveReview } from './page-store.ts'
import { newestVersion, type PolicyVersion, saveDraft } from './store.ts'
import { type Doing, draftOf, knownOf } from './write-policy.ts'

/** What a yearly look has to show: only what is not as it was. */
export type PolicyReview = {
  readonly version: PolicyVersion
  /** What today's facts and the draft would change in the text. */
  readonly changes: readonly PolicyChange[]
  /** Articles that fit the company and are not in the policy. */
  readonly offered: readonly PolicyArticle[]
}

/** The draft with what is known of the company today; what is not known stays. */
function withKnown(draft: Draft, known: Known, today: string): Draft {
  const fresh = startDraft(known, draft.lang, today)
  const values = { ...draft.values, company_name: known.name }
  if (known.representativeTitle !== null) values.representative_title = known.representativeTitle
  if (known.representativeName !== null) values.representative_name = known.representativeName
  return { ...draft, values, fits: fresh.fits, articles: chosenArticles(draft).map((one) => one.key) }
}

const textOfVersion = ({ title, preamble, articles, closing }: PolicyVersion) => ({
  title,
  preamble,
  articles,
  closing,
})

async function proposed(tx: Tx, doing: Doing): Promise<{ version: PolicyVersion; draft: Draft }> {
  const company = doing.actor.organisation
  const version = await newestVersion(tx, company)
  if (version === undefined) throw fault('NOT_FOUND')
  const draft = await draftOf(tx, doing, true)
  return { version, draft: withKnown(draft, await knownOf(tx, company), jstDate(doing.now)) }
}

/** What changed since the newest version. Fault: NOT_FOUND before the first approval. */
export async function reviewPolicy(tx: Tx, doing: Doing): Promise<PolicyReview> {
  const { version, draft } = await proposed(tx, doing)
  const chosen = new Set(draft.articles)
  return {
    version,
    changes: diffPolicies(textOfVersion(version), keyedText(draft)),
    offered: policyFacts().articles.filter((one) => fits(draft, one) && !chosen.has(one.key)),
  }
}

/** What the draft would change in a version that stands. */
export function changesSince(version: PolicyVersion, draft: Draft): PolicyChange[] {
  return diffPolicies(textOfVersion(version), keyedText(draft))
}

/**
 * Takes what changed into the draft, with the chosen new articles and today as the date of revision; it then waits for the
 * representative. Fault: NOT_FOUND before the first approval.
 */
export async function takeReview(tx: Tx, doing: Doing, articles: readonly string[]): Promise<void> {
  const { actor, now } = doing
  const { draft } = await proposed(tx, doing)
  const known = new Set(policyFacts().articles.map((one) => one.key))
  const more = articles.filter((key) => known.has(key))
  const next: Draft = {
    ...draft,
    values: { ...draft.values, revised_on: jstDate(now) },
    articles: [...new Set([...(draft.articles ?? []), ...more])],
  }
  await saveDraft(tx, actor.organisation, { draft: next, by: actor.person, now })
  await record(tx, actor, { organisation: actor.organisation, act: 'policy.review_taken' })
}

/** Keeps that the newest version was looked through and stays. Faults: NOT_FOUND for others than an owner. */
export async function confirmPolicy(tx: Tx, doing: Doing): Promise<void> {
  const { actor, now } = doing
  const version = await newestVersion(tx, actor.organisation)
  if (version === undefined || actor.role !== 'owner') throw fault('NOT_FOUND')
  await saveReview(tx, { company: actor.organisation, version: version.id }, { by: actor.person, now })
  await record(tx, actor, {
    organisation: actor.organisation,
    act: 'policy.reviewed',
    subject: version.id,
  })
}
