import type { Instant } from '../base/time.ts'
import type { AnswerId, PartId } from '../catalogue/index.ts'
import { moment, type Tx } from '../store/index.ts'
import type { Line, Scores } from './check.ts'
import type { NewAnswer } from './store.ts'

/** A finished check as it was counted then. Nothing in it is computed again from a newer catalogue. */
export type Result = {
  readonly id: string
  readonly company: string
  readonly edition: string
  readonly comparedTo: string | null
  readonly finishedAt: Instant
  readonly finishedBy: string
  readonly finishedByName: string
  readonly sheets: number
  readonly total: number
  /** Sum of the means of the sheets, rounded down. */
  readonly mean: number
  readonly band: string
  readonly parts: Readonly<Record<PartId, number>>
  readonly scores: Scores
  readonly lines: readonly Line[]
  readonly unknown: number
  readonly notApplicable: number
  readonly contradicted: number
}

const columns = `r.check_id as id, r.company_id as company, c.edition, c.compared_to as "comparedTo", r.finished_at as "finishedAt",
  r.finished_by as "finishedBy", r.finished_by_name as "finishedByName", r.sheets, r.total, r.mean, r.band, r.parts, r.scores,
  r.lines, r.unknown, r.not_applicable as "notApplicable", r.contradicted`
const tables = 'self_check_result r join self_check c on c.id = r.check_id'

export async function findResult(tx: Tx, check: string): Promise<Result | undefined> {
  return tx.one<Result>(`select ${columns} from ${tables} where r.check_id = $1`, [check])
}

/** Newest first. */
export async function listResults(tx: Tx, company: string): Promise<Result[]> {
  return tx.rows<Result>(
    `select ${columns} from ${tables} where r.company_id = $1 order by r.finished_at desc limit 50`,
    [company],
  )
}

export async function newestResult(tx: Tx, company: string): Promise<Result | undefined> {
  return tx.one<Result>(
    `select ${columns} from ${tables} where r.company_id = $1 order by r.finished_at desc limit 1`,
    [company],
  )
}

export async function saveResult(tx: Tx, result: Result): Promise<void> {
  await tx.run(
    `insert into self_check_result (check_id, company_id, finished_at, finished_by, finished_by_name, sheets, total, mean, band,
       parts, scores, lines, unknown, not_applicable, contradicted)
     values ($1, $2, $3::timestamptz, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
    [
      result.id,
      result.company,
      moment(result.finishedAt),
      result.finishedBy,
      result.finishedByName,
      result.sheets,
      result.total,
      result.mean,
      result.band,
      JSON.stringify(result.parts),
      JSON.stringify(result.scores),
      JSON.stringify(result.lines),
      result.unknown,
      result.notApplicable,
      result.contradicted,
    ],
  )
}

/** An answer that was given anew after the end. */
export type Later = {
  readonly key: string
  readonly answer: AnswerId
  readonly at: Instant
  readonly by: string
}

/** Every later answer of a finished check, oldest first. */
export async function listLater(tx: Tx, check: string): Promise<Later[]> {
  return tx.rows<Later>(
    `select question as key, answer, at, by_name as by from self_check_later where check_id = $1 order by seq`,
    [check],
  )
}

export async function saveLater(tx: Tx, answer: NewAnswer & { readonly check: string }): Promise<void> {
  await tx.run(
    `insert into self_check_later (id, company_id, check_id, question, answer, at, by_person, by_name, verdict, evidence)
     values ($1, $2, $3, $4, $5, $6::timestamptz, $7, $8, $9, $10)`,
    [
      answer.id,
      answer.company,
      answer.check,
      answer.question,
      answer.answer,
      moment(answer.at),
      answer.by.person ?? null,
      answer.by.name,
      answer.evidence.verdict,
      JSON.stringify(answer.evidence.signals),
    ],
  )
}
