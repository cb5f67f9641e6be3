import { record } from '../access/index.ts'
import { policyFacts } from '../catalogue/index.ts'
import { fault } from '../base/fault.ts'
import { newId, type Tx } from '../store/index.ts'
import { checkWording, type WordingHit } from '../wording/index.ts'
import { compose, hashOf, missingSubjects, textOf } from './compose.ts'
import type { KeyedText } from './diff.ts'
import { type Draft, openQuestions } from './draft.ts'
import { findPage } from './page-store.ts'
import { newestVersion, type PolicyVersion, saveVersion } from './store.ts'
import { type Doing, draftOf } from './write-policy.ts'

/** What the representative sends. */
export type Approval = {
  readonly name: string
  readonly title: string
  /** SHA-256 of the text that the page showed. */
  readonly shown: string
}

/** Why nothing was approved. */
export type NotApproved = 'open_questions' | 'text_changed' | 'other_name' | 'nothing_new' | 'claims'

/** Names are compared as people write them: with or without a space, in either width. */
const sameName = (one: string, other: string): boolean =>
  one.normalize('NFKC').replaceAll(/\s/g, '') === other.normalize('NFKC').replaceAll(/\s/g, '')

/** The text of a draft with the keys of its articles. */
export function keyedText(draft: Draft): KeyedText {
  const composed = compose(draft)
  const text = textOf(composed)
  const articles = composed.articles.map(({ key }, at) => ({
    key,
    title: text.articles[at]?.title ?? '',
    text: text.articles[at]?.text ?? '',
  }))
  return { ...text, articles }
}

/** A claim that a self-declaration may not make, with the text it stands in. */
export type PolicyClaim = WordingHit & { readonly key: string }

/** Claims in a text, by article; the preamble is `po.preamble`. */
export function claimsIn(text: KeyedText, lang: Draft['lang']): PolicyClaim[] {
  const places = [
    { key: 'po.preamble', text: text.preamble },
    ...text.articles.flatMap((one) => [
      { key: one.key, text: one.title },
      { key: one.key, text: one.text },
    ]),
  ]
  return places.flatMap((place) => checkWording(place.text, lang).map((hit) => ({ ...hit, key: place.key })))
}

async function refusal(
  tx: Tx,
  { doing, draft, approval }: { doing: Doing; draft: Draft; approval: Approval },
): Promise<NotApproved | undefined> {
  const text = keyedText(draft)
  if (openQuestions(draft).length > 0) return 'open_questions'
  if (hashOf(text) !== approval.shown) return 'text_changed'
  if (!sameName(approval.name, draft.values.representative_name)) return 'other_name'
  const last = await newestVersion(tx, doing.actor.organisation)
  if (last?.sha256 === approval.shown) return 'nothing_new'
  const page = await findPage(tx, doing.actor.organisation)
  return page?.open && claimsIn(text, draft.lang).length > 0 ? 'claims' : undefined
}

/**
 * The representative approves the text that was shown; it becomes the next version and never changes again. The typed name
 * must be the one the policy itself gives. Fault: NOT_FOUND for anybody who is not an owner of the company.
 */
export async function approvePolicy(
  tx: Tx,
  doing: Doing,
  approval: Approval,
): Promise<
  { readonly ok: true; readonly version: PolicyVersion } | { readonly ok: false; readonly why: NotApproved }
> {
  const { actor, now } = doing
  if (actor.kind !== 'company' || actor.role !== 'owner') throw fault('NOT_FOUND')
  const draft = await draftOf(tx, doing, true)
  const why = await refusal(tx, { doing, draft, approval })
  if (why !== undefined) return { ok: false, why }
  const { title, preamble, articles, closing } = keyedText(draft)
  const last = await newestVersion(tx, actor.organisation)
  const version: PolicyVersion = {
    id: newId(),
    company: actor.organisation,
    number: (last?.number ?? 0) + 1,
    lang: draft.lang,
    edition: policyFacts().edition,
    title,
    preamble,
    articles,
    closing,
    source: draft,
    establishedOn: draft.values.established_on,
    revisedOn: draft.values.revised_on === '' ? null : draft.values.revised_on,
    missing: missingSubjects(draft),
    sha256: approval.shown,
    approvedName: approval.name,
    approvedTitle: approval.title,
    approvedAt: now,
  }
  await saveVersion(tx, version, actor.person)
  await record(tx, actor, {
    organisation: actor.organisation,
    act: 'policy.approved',
    subject: version.id,
    detail: { number: version.number, sha256: version.sha256 },
  })
  return { ok: true, version }
}
