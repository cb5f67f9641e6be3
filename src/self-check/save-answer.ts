import { type Actor, must } from '../access/index.ts'
import { fault } from '../base/fault.ts'
import type { Instant } from '../base/time.ts'
import {
  type AnswerId,
  answerIds,
  type PartId,
  partIds,
  type Question,
  selfCheckFacts,
} from '../catalogue/index.ts'
import { type Counts, evidenceOf } from '../evidence/index.ts'
import { newId, type Tx } from '../store/index.ts'
import { answersFor, editionOf, nextUnanswered } from './check.ts'
import { evidenceBeside, knownOf } from './evidence.ts'
import { finishAlone } from './finish-check.ts'
import { mayCheck } from './may.ts'
import { previousAnswers } from './previous.ts'
import { mustBeOpen } from './start-check.ts'
import {
  type Check,
  findSheet,
  listSheets,
  lockCheck,
  newestAnswers,
  saveSheetAnswer,
  type Sheet,
} from './store.ts'

/** Where the respondent goes next. */
export type Saved =
  | { readonly kind: 'next'; readonly question: string }
  /** The sheet is full, and the check waits for the others. */
  | { readonly kind: 'sheet-full' }
  /** It was the last answer of the only sheet: the result stands. */
  | { readonly kind: 'finished'; readonly check: string }

type Given = { readonly sheet: string; readonly question: string; readonly answer: string }

/** Who answers: a person of the company, or the respondent of a link for the link's own sheet. */
export type Giver =
  | { readonly actor: Actor }
  | { readonly link: { readonly sheet: string; readonly name: string } }

/** An answer that exists; a fault for anything else a form could send. Fault: BAD_INPUT. */
export function readAnswer(wanted: string, allowed: readonly AnswerId[]): AnswerId {
  const answer = answerIds.find((id) => id === wanted)
  if (answer === undefined || !allowed.includes(answer)) throw fault('BAD_INPUT', { field: 'answer' })
  return answer
}

/** A part of the questions. Fault: BAD_INPUT. */
export function partOf(wanted: string): PartId {
  const part = partIds.find((id) => id === wanted)
  if (part === undefined) throw fault('BAD_INPUT', { field: 'part' })
  return part
}

async function openSheet(tx: Tx, sheetId: string, giver: Giver): Promise<{ check: Check; sheet: Sheet }> {
  const sheet = await findSheet(tx, sheetId)
  const check = sheet && (await lockCheck(tx, sheet.check))
  if (sheet === undefined || check === undefined) throw fault('NOT_FOUND')
  must('actor' in giver ? mayCheck(giver.actor, check.company) : giver.link.sheet === sheet.id)
  mustBeOpen(check)
  return { check, sheet }
}

/**
 * Keeps one answer with its moment, its giver and what the watch knew then. The last answer of a check with a single
 * sheet finishes it in the name of the person who gave it.
 * Faults: NOT_FOUND, BAD_INPUT (no such question or button), SELF_CHECK_OVER.
 */
// oxlint-disable-next-line max-params -- where, who, what, when: the order of every use case
export async function saveAnswer(tx: Tx, giver: Giver, given: Given, now: Instant): Promise<Saved> {
  const { check, sheet } = await openSheet(tx, given.sheet, giver)
  const facts = selfCheckFacts()
  const edition = editionOf(facts, check.edition)
  const question = edition.order.includes(given.question) ? facts.questions.get(given.question) : undefined
  if (question === undefined) throw fault('NOT_FOUND')
  const answer = readAnswer(given.answer, answersFor(edition, question))
  const measured = await evidenceOf(tx, check.company, now)
  await keep(tx, { check, sheet, question, answer, measured }, { giver, now })
  const answered = await answeredOn(tx, check, sheet)
  const next = nextUnanswered(edition.order, answered, given.question)
  if (next !== undefined) return { kind: 'next', question: next }
  if (!('actor' in giver) || check.together || (await listSheets(tx, check.id)).length > 1) {
    return { kind: 'sheet-full' }
  }
  await finishAlone(tx, giver.actor, check, now)
  return { kind: 'finished', check: check.id }
}

async function answeredOn(tx: Tx, check: Check, sheet: Sheet): Promise<Set<string>> {
  const answers = await newestAnswers(tx, check.id)
  return new Set(answers.filter((one) => one.sheet === sheet.id).map((one) => one.question))
}

type Kept = {
  readonly check: Check
  readonly sheet: Sheet
  readonly question: Question
  readonly answer: AnswerId
  readonly measured: ReadonlyMap<string, Counts>
}

async function keep(
  tx: Tx,
  of: Kept,
  by: { readonly giver: Giver; readonly now: Instant; readonly same?: true },
): Promise<void> {
  const { giver, now } = by
  const inPortal = 'actor' in giver
  await saveSheetAnswer(tx, {
    id: newId(),
    company: of.check.company,
    sheet: of.sheet.id,
    question: of.question.key,
    answer: of.answer,
    at: now,
    by: inPortal
      ? { person: giver.actor.person, name: giver.actor.name }
      : { person: undefined, name: giver.link.name },
    via: by.same ? 'same' : inPortal ? 'portal' : 'link',
    evidence: evidenceBeside(of.answer, knownOf(of.question, of.measured), now),
  })
}

/**
 * The questions of a part whose answer may be kept with one press: last time at the best score, not contradicted by the
 * record now, and not answered yet this time (security-action.md 5.3).
 */
export async function sameAsLast(
  tx: Tx,
  of: { readonly check: Check; readonly sheet: Sheet; readonly part: PartId },
  now: Instant,
): Promise<readonly { readonly question: Question; readonly answer: AnswerId }[]> {
  const { check, sheet, part } = of
  const facts = selfCheckFacts()
  const edition = editionOf(facts, check.edition)
  const [previous, answered, measured] = [
    await previousAnswers(tx, check, sheet),
    await answeredOn(tx, check, sheet),
    await evidenceOf(tx, check.company, now),
  ]
  return edition.order.flatMap((key) => {
    const question = facts.questions.get(key)
    const answer = previous.get(key)?.answer
    if (question?.part !== part || answered.has(key)) return []
    if (answer !== 'done' && answer !== 'not_applicable') return []
    if (!answersFor(edition, question).includes(answer)) return []
    const { verdict } = evidenceBeside(answer, knownOf(question, measured), now)
    return verdict === 'contradicts' ? [] : [{ question, answer }]
  })
}

/** 「変わりありません」: keeps what `sameAsLast` offers, each as an answer of today. Faults: as `saveAnswer`. */
// oxlint-disable-next-line max-params -- where, who, what, when: the order of every use case
export async function keepSame(
  tx: Tx,
  actor: Actor,
  given: { readonly sheet: string; readonly part: PartId },
  now: Instant,
): Promise<Saved> {
  const giver = { actor }
  const { check, sheet } = await openSheet(tx, given.sheet, giver)
  const measured = await evidenceOf(tx, check.company, now)
  for (const { question, answer } of await sameAsLast(tx, { check, sheet, part: given.part }, now)) {
    await keep(tx, { check, sheet, question, answer, measured }, { giver, now, same: true })
  }
  const { order } = editionOf(selfCheckFacts(), check.edition)
  const next = nextUnanswered(order, await answeredOn(tx, check, sheet))
  if (next !== undefined) return { kind: 'next', question: next }
  if (check.together || (await listSheets(tx, check.id)).length > 1) return { kind: 'sheet-full' }
  await finishAlone(tx, actor, check, now)
  return { kind: 'finished', check: check.id }
}
