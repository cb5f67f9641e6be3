import { fault } from '../base/fault.ts'
import type { Instant } from '../base/time.ts'
import { type AnswerId, type Edition, type Question, selfCheckFacts } from '../catalogue/index.ts'
import { evidenceOf, type Known, type Verdict } from '../evidence/index.ts'
import type { Tx } from '../store/index.ts'
import { splitFrom } from './aggregate.ts'
import { answersFor, editionOf, nextUnanswered } from './check.ts'
import { type CheckSummary, openToDosOf, summaryOf } from './door.ts'
import { evidenceBeside, knownOf } from './evidence.ts'
import { gather, type Gathered } from './finish-check.ts'
import { type AnswerLink, listLinks } from './link-store.ts'
import { type Given, previousAnswers, standingAnswers } from './previous.ts'
import { findResult, type Later, listLater, listResults, type Result } from './result-store.ts'
import { sameAsLast } from './save-answer.ts'
import {
  type Check,
  findCheck,
  findOpenCheck,
  findSheet,
  listSheets,
  newestAnswers,
  type Sheet,
} from './store.ts'
import { type Ahead, aheadOf, firstFew, type ToDo } from './to-do.ts'

/** A sheet with how far it is and the newest link to it. */
export type SheetState = Sheet & {
  readonly answered: number
  /** The question to go on with; the first of all when none is open. */
  readonly next: string
  readonly link: AnswerLink | undefined
}

/** Everything the start page says. */
export type Overview = {
  readonly open: (Check & { readonly sheets: readonly SheetState[]; readonly of: number }) | undefined
  readonly results: readonly CheckSummary[]
}

async function sheetStates(tx: Tx, check: Check): Promise<SheetState[]> {
  const { order } = editionOf(selfCheckFacts(), check.edition)
  const [sheets, answers, links] = [
    await listSheets(tx, check.id),
    await newestAnswers(tx, check.id),
    await listLinks(tx, check.id),
  ]
  return sheets.map((sheet) => {
    const answered = new Set(answers.filter((one) => one.sheet === sheet.id).map((one) => one.question))
    const next = nextUnanswered(order, answered) ?? order[0] ?? ''
    const link = links.find((one) => one.sheet === sheet.id)
    return { ...sheet, answered: answered.size, next, link }
  })
}

/** The open check with its sheets, and the earlier results of a company, newest first. */
export async function overviewOf(tx: Tx, company: string): Promise<Overview> {
  const check = await findOpenCheck(tx, company)
  const results = (await listResults(tx, company)).map(summaryOf)
  if (check === undefined) return { open: undefined, results }
  const of = editionOf(selfCheckFacts(), check.edition).order.length
  return { open: { ...check, sheets: await sheetStates(tx, check), of }, results }
}

/** One question, as a respondent meets it. */
export type QuestionView = {
  readonly question: Question
  readonly edition: Edition
  readonly no: number
  readonly of: number
  readonly answered: number
  readonly buttons: readonly AnswerId[]
  readonly before: string | undefined
  /** What this sheet answered already. */
  readonly given: AnswerId | undefined
}

/** A question of an edition beside the answers of one sheet. Fault: NOT_FOUND when the edition does not ask it. */
export function questionView(
  editionId: string,
  key: string,
  answers: ReadonlyMap<string, AnswerId>,
): QuestionView {
  const facts = selfCheckFacts()
  const edition = editionOf(facts, editionId)
  const question = facts.questions.get(key)
  const at = edition.order.indexOf(key)
  if (question === undefined || at < 0) throw fault('NOT_FOUND')
  return {
    question,
    edition,
    no: at + 1,
    of: edition.order.length,
    answered: answers.size,
    buttons: answersFor(edition, question),
    before: edition.order[at - 1],
    given: answers.get(key),
  }
}

/** A question on a sheet of the portal: with the record of the watch and last time's answer. */
export type SheetQuestion = QuestionView & {
  readonly check: Check
  readonly sheet: Sheet
  readonly known: readonly Known[]
  readonly last: Given | undefined
  /** How many questions of this part may be kept with one press. */
  readonly same: number
}

/** Faults: NOT_FOUND. */
export async function sheetQuestion(
  tx: Tx,
  of: { readonly sheet: string; readonly question: string },
  now: Instant,
): Promise<SheetQuestion> {
  const sheet = await findSheet(tx, of.sheet)
  const check = sheet && (await findCheck(tx, sheet.check))
  if (sheet === undefined || check === undefined) throw fault('NOT_FOUND')
  const newest = (await newestAnswers(tx, check.id)).filter((one) => one.sheet === sheet.id)
  const view = questionView(
    check.edition,
    of.question,
    new Map(newest.map((one) => [one.question, one.answer])),
  )
  const measured = await evidenceOf(tx, check.company, now)
  const same = await sameAsLast(tx, { check, sheet, part: view.question.part }, now)
  return {
    ...view,
    check,
    sheet,
    known: knownOf(view.question, measured),
    last: (await previousAnswers(tx, check, sheet)).get(of.question),
    same: same.length,
  }
}

/** What the person who joins the sheets sees. */
export type Joining = {
  readonly check: Check
  readonly sheets: readonly SheetState[]
  readonly gathered: readonly Gathered[]
  /** Questions that no sheet answered yet. */
  readonly open: readonly Gathered[]
  readonly split: readonly Gathered[]
}

/** The sheets of the open check side by side. Fault: NOT_FOUND without an open check. */
export async function joiningOf(tx: Tx, company: string): Promise<Joining> {
  const check = await findOpenCheck(tx, company)
  if (check === undefined) throw fault('NOT_FOUND')
  const gathered = await gather(tx, check)
  return {
    check,
    sheets: await sheetStates(tx, check),
    gathered,
    open: gathered.filter((one) => one.joined === undefined),
    split: gathered.filter((one) => (one.joined?.spread ?? 0) >= splitFrom),
  }
}

/** Everything the result page says. */
export type ResultView = {
  readonly result: Result
  readonly last: Result | undefined
  readonly toDos: readonly ToDo[]
  readonly ahead: Ahead
  /** Answered anew since; the newest of each question. */
  readonly later: readonly (Later & { readonly points: number })[]
  /** The total with what was answered anew. */
  readonly standing: number
  readonly answers: ReadonlyMap<string, Given>
  readonly newest: boolean
}

/** A finished check with its to-dos as they stand now. Fault: NOT_FOUND. */
export async function resultView(tx: Tx, id: string, now: Instant): Promise<ResultView> {
  const result = await findResult(tx, id)
  if (result === undefined) throw fault('NOT_FOUND')
  const answers = await standingAnswers(tx, result)
  const newestLater = new Map((await listLater(tx, id)).map((one) => [one.key, one]))
  const later = [...newestLater.values()].map((one) => {
    const before = result.lines.find((line) => line.key === one.key)?.score ?? 0
    return { ...one, points: result.scores[one.answer] - before }
  })
  const standing = result.total + later.reduce((sum, one) => sum + one.points, 0)
  const toDos = await openToDosOf(tx, result, now)
  const newest = (await listResults(tx, result.company))[0]
  return {
    result,
    last: result.comparedTo === null ? undefined : await findResult(tx, result.comparedTo),
    toDos,
    ahead: aheadOf(standing, toDos.slice(0, firstFew), selfCheckFacts().scoring),
    later,
    standing,
    answers,
    newest: newest?.id === result.id,
  }
}

/** One question of a finished check, to be answered anew. */
export type LaterView = {
  readonly check: string
  readonly question: Question
  readonly standing: Given
  readonly buttons: readonly AnswerId[]
  readonly known: readonly Known[]
  readonly verdict: Verdict
}

/** A to-do with what the watch knows today. Fault: NOT_FOUND. */
export async function laterView(
  tx: Tx,
  of: { readonly check: string; readonly question: string },
  now: Instant,
): Promise<LaterView> {
  const result = await findResult(tx, of.check)
  const facts = selfCheckFacts()
  const question = facts.questions.get(of.question)
  const standing = result && (await standingAnswers(tx, result)).get(of.question)
  if (result === undefined || question === undefined || standing === undefined) throw fault('NOT_FOUND')
  const known = knownOf(question, await evidenceOf(tx, result.company, now))
  return {
    check: result.id,
    question,
    standing,
    buttons: answersFor(editionOf(facts, result.edition), question),
    known,
    verdict: evidenceBeside(standing.answer, known, now).verdict,
  }
}
