import { fault } from '../base/fault.ts'
import type { Instant } from '../base/time.ts'
import { type AnswerId, selfCheckFacts } from '../catalogue/index.ts'
import { type Pool, type Tx, within } from '../store/index.ts'
import { editionOf, nextUnanswered } from './check.ts'
import { type Bearer, bearerOf } from './link-store.ts'
import { type Saved, saveAnswer } from './save-answer.ts'
import { type Check, findCheck, findSheet, newestAnswers, type Sheet } from './store.ts'

/** What a respondent's link opens: one sheet, its own answers, and nothing else of the company. */
export type OpenedSheet = {
  readonly companyName: string
  readonly askedBy: string
  readonly check: Check
  readonly sheet: Sheet
  readonly answers: ReadonlyMap<string, AnswerId>
  readonly over: boolean
}

/** The question to go on with: the first open one, else the first of all. */
export function nextOf(opened: OpenedSheet): string {
  const { order } = editionOf(selfCheckFacts(), opened.check.edition)
  return nextUnanswered(order, new Set(opened.answers.keys())) ?? order[0] ?? ''
}

async function openFor(tx: Tx, bearer: Bearer): Promise<OpenedSheet | undefined> {
  const sheet = await findSheet(tx, bearer.sheet)
  const check = sheet && (await findCheck(tx, sheet.check))
  if (sheet === undefined || check === undefined) return undefined
  const company = await tx.one<{ name: string }>('select name from organisation where id = $1', [
    bearer.company,
  ])
  const asked = await tx.one<{ name: string }>(
    'select p.name from self_check_link l join person p on p.id = l.made_by where l.id = $1',
    [bearer.link],
  )
  const answers = (await newestAnswers(tx, check.id)).filter((one) => one.sheet === sheet.id)
  return {
    companyName: company?.name ?? '',
    askedBy: asked?.name ?? check.startedByName,
    check,
    sheet,
    answers: new Map(answers.map((one) => [one.question, one.answer])),
    over: check.droppedAt !== null || check.finishedAt !== null,
  }
}

/**
 * Opens a respondent's link. Nothing changes: scanners of mail open links, too.
 * @param pool app role
 * @returns undefined for an unknown, revoked or expired link
 */
export async function openAnswerLink(
  pool: Pool,
  secret: string,
  now: Instant,
): Promise<OpenedSheet | undefined> {
  const bearer = await bearerOf(pool, secret, now)
  return bearer && within(pool, { organisations: [bearer.company] }, (tx) => openFor(tx, bearer))
}

/**
 * An answer by a link, for the sheet of the link and no other.
 * Faults: NOT_FOUND (unknown, revoked or expired link, or no such question), BAD_INPUT, SELF_CHECK_OVER.
 */
// oxlint-disable-next-line max-params -- where, who, what, when: the order of every use case
export async function answerByLink(
  pool: Pool,
  secret: string,
  given: { readonly question: string; readonly answer: string },
  now: Instant,
): Promise<Saved> {
  const bearer = await bearerOf(pool, secret, now)
  if (bearer === undefined) throw fault('NOT_FOUND')
  return within(pool, { organisations: [bearer.company] }, async (tx) => {
    const opened = await openFor(tx, bearer)
    if (opened === undefined) throw fault('NOT_FOUND')
    const link = { sheet: bearer.sheet, name: opened.sheet.respondent }
    return saveAnswer(tx, { link }, { ...given, sheet: bearer.sheet }, now)
  })
}
