import type { Instant } from '../base/time.ts'
import { type AnswerId, type PartId, selfCheckFacts } from '../catalogue/index.ts'
import { evidenceOf } from '../evidence/index.ts'
import type { Tx } from '../store/index.ts'
import { editionOf } from './check.ts'
import { evidenceBeside, knownOf } from './evidence.ts'
import { standingAnswers } from './previous.ts'
import { findResult, newestResult, type Result } from './result-store.ts'
import { findCheck, findOpenCheck, newestAnswers } from './store.ts'
import { gather } from './finish-check.ts'
import { type Standing, type ToDo, toDosOf } from './to-do.ts'

/** A finished check in figures, as it was counted then. */
export type CheckSummary = {
  readonly id: string
  readonly company: string
  readonly edition: string
  readonly finishedAt: Instant
  /** Name of the person who finished or joined it. */
  readonly finishedBy: string
  readonly total: number
  /** Sum of the means of the sheets, rounded down; equal to `total` with one sheet. */
  readonly mean: number
  readonly band: string
  readonly parts: Readonly<Record<PartId, number>>
  readonly unknown: number
  readonly notApplicable: number
  /** Answers that the record of the watch contradicted at the end. */
  readonly contradicted: number
}

/** The newest finished check of a company. */
export async function lastCheck(tx: Tx, company: string): Promise<CheckSummary | undefined> {
  const found = await newestResult(tx, company)
  return found && summaryOf(found)
}

/** The figures of a finished check, and nothing that was answered. */
export function summaryOf(result: Result): CheckSummary {
  const { id, company, edition, finishedAt, total, mean, band, parts } = result
  const { unknown, notApplicable, contradicted, finishedByName } = result
  const figures = { total, mean, band, parts, unknown, notApplicable, contradicted }
  return { id, company, edition, finishedAt, finishedBy: finishedByName, ...figures }
}

/** The check that waits for answers; `answered` counts questions with an answer on any sheet. */
export async function openCheck(
  tx: Tx,
  company: string,
): Promise<
  | {
      readonly id: string
      readonly answered: number
      readonly of: number
      readonly startedAt: Instant
    }
  | undefined
> {
  const check = await findOpenCheck(tx, company)
  if (check === undefined) return undefined
  const { order } = editionOf(selfCheckFacts(), check.edition)
  const answered = new Set((await newestAnswers(tx, check.id)).map((one) => one.question))
  return { id: check.id, answered: answered.size, of: order.length, startedAt: check.startedAt }
}

/**
 * What the company answers, by key of the question: of an open check the weakest of its sheets so far; of a finished one
 * the answers of the end, and over them what was answered anew since. Empty for a check of another company.
 */
export async function companyAnswers(
  tx: Tx,
  check: string,
): Promise<ReadonlyMap<string, { readonly answer: AnswerId; readonly at: Instant }>> {
  const result = await findResult(tx, check)
  if (result !== undefined) return standingAnswers(tx, result)
  const open = await findCheck(tx, check)
  if (open === undefined) return new Map()
  const answered = (await gather(tx, open)).flatMap(({ question, said, joined }) =>
    joined === undefined
      ? []
      : [[question.key, { answer: joined.min, at: Math.max(...said.map((one) => one.at)) }] as const],
  )
  return new Map(answered)
}

/**
 * The to-dos of the newest finished check that are still open: an answer given anew takes its to-do off the list, and an
 * answer that the record contradicts today comes onto it.
 */
export async function openToDos(tx: Tx, company: string, now: Instant): Promise<readonly ToDo[]> {
  const result = await newestResult(tx, company)
  return result === undefined ? [] : openToDosOf(tx, result, now)
}

/** The open to-dos of one finished check. */
export async function openToDosOf(tx: Tx, result: Result, now: Instant): Promise<readonly ToDo[]> {
  const { questions, scoring } = selfCheckFacts()
  const answers = await standingAnswers(tx, result)
  const measured = await evidenceOf(tx, result.company, now)
  const standing = result.lines.map((line): Standing => {
    const answer = answers.get(line.key)?.answer ?? line.answer
    const question = questions.get(line.key)
    const known = question === undefined ? [] : knownOf(question, measured)
    const { verdict } = evidenceBeside(answer, known, now)
    return { key: line.key, no: line.no, part: line.part, answer, verdict }
  })
  return toDosOf(standing, { check: result.id, scores: result.scores, questions, parts: scoring.parts })
}
