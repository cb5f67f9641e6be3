import type { Instant } from '../base/time.ts'
import type { AnswerId } from '../catalogue/index.ts'
import { moment, type Tx } from '../store/index.ts'
import type { KeptEvidence } from './evidence.ts'

/** A check that is being answered, was dropped or is finished. */
export type Check = {
  readonly id: string
  readonly company: string
  readonly edition: string
  readonly startedAt: Instant
  readonly startedBy: string
  readonly startedByName: string
  readonly comparedTo: string | null
  /** Several people answer; it ends by joining their sheets. */
  readonly together: boolean
  readonly droppedAt: Instant | null
  readonly finishedAt: Instant | null
}

export type Sheet = {
  readonly id: string
  readonly check: string
  /** Empty for the company as a whole. */
  readonly place: string
  readonly respondent: string
  readonly createdAt: Instant
}

/** The answer of a sheet that counts: the newest of its question. */
export type SheetAnswer = {
  readonly sheet: string
  readonly question: string
  readonly answer: AnswerId
  readonly at: Instant
  readonly by: string
}

const checkColumns = `c.id, c.company_id as company, c.edition, c.started_at as "startedAt", c.started_by as "startedBy",
  coalesce(p.name, '') as "startedByName", c.compared_to as "comparedTo", c.together, c.dropped_at as "droppedAt",
  r.finished_at as "finishedAt"`
const checkTables = `self_check c left join self_check_result r on r.check_id = c.id left join person p on p.id = c.started_by`

/** The check of a company that waits for answers. At most one, see `startCheck`. */
export async function findOpenCheck(tx: Tx, company: string): Promise<Check | undefined> {
  return tx.one<Check>(
    `select ${checkColumns} from ${checkTables}
     where c.company_id = $1 and c.dropped_at is null and r.check_id is null order by c.started_at desc limit 1`,
    [company],
  )
}

export async function findCheck(tx: Tx, id: string): Promise<Check | undefined> {
  return tx.one<Check>(`select ${checkColumns} from ${checkTables} where c.id = $1`, [id])
}

/** Holds the check until the end of the transaction, so that the last answer and the end do not cross. */
export async function lockCheck(tx: Tx, id: string): Promise<Check | undefined> {
  const held = await tx.one<{ id: string }>('select id from self_check where id = $1 for update', [id])
  return held && findCheck(tx, id)
}

/** Holds the company until the end of the transaction: two people who start at once start one check. */
export async function lockCompany(tx: Tx, company: string): Promise<boolean> {
  return (await tx.one('select id from company where id = $1 for update', [company])) !== undefined
}

export async function saveCheck(
  tx: Tx,
  check: Pick<Check, 'id' | 'company' | 'edition' | 'startedAt' | 'startedBy' | 'comparedTo' | 'together'>,
): Promise<void> {
  await tx.run(
    `insert into self_check (id, company_id, edition, started_at, started_by, compared_to, together)
     values ($1, $2, $3, $4::timestamptz, $5, $6, $7)`,
    [
      check.id,
      check.company,
      check.edition,
      moment(check.startedAt),
      check.startedBy,
      check.comparedTo,
      check.together,
    ],
  )
}

export async function saveDrop(
  tx: Tx,
  check: string,
  by: { readonly person: string; readonly now: Instant },
): Promise<void> {
  await tx.run('update self_check set dropped_at = $2::timestamptz, dropped_by = $3 where id = $1', [
    check,
    moment(by.now),
    by.person,
  ])
}

const sheetColumns = 'id, check_id as check, place, respondent, created_at as "createdAt"'

export async function listSheets(tx: Tx, check: string): Promise<Sheet[]> {
  return tx.rows<Sheet>(
    `select ${sheetColumns} from self_check_sheet where check_id = $1 order by created_at, place`,
    [check],
  )
}

export async function findSheet(tx: Tx, id: string): Promise<Sheet | undefined> {
  return tx.one<Sheet>(`select ${sheetColumns} from self_check_sheet where id = $1`, [id])
}

/** Writes a sheet. @returns false when the check has one of that place already */
export async function saveSheet(
  tx: Tx,
  sheet: Sheet & { readonly company: string; readonly createdBy: string },
): Promise<boolean> {
  const written = await tx.run(
    `insert into self_check_sheet (id, company_id, check_id, place, respondent, created_at, created_by)
     values ($1, $2, $3, $4, $5, $6::timestamptz, $7) on conflict (check_id, place) do nothing`,
    [
      sheet.id,
      sheet.company,
      sheet.check,
      sheet.place,
      sheet.respondent,
      moment(sheet.createdAt),
      sheet.createdBy,
    ],
  )
  return written === 1
}

/** The newest answer of every question on every sheet of a check. */
export async function newestAnswers(tx: Tx, check: string): Promise<SheetAnswer[]> {
  return tx.rows<SheetAnswer>(
    `select distinct on (a.sheet_id, a.question) a.sheet_id as sheet, a.question, a.answer, a.at, a.by_name as by
     from self_check_answer a join self_check_sheet s on s.id = a.sheet_id
     where s.check_id = $1 order by a.sheet_id, a.question, a.seq desc`,
    [check],
  )
}

/** An answer as it is kept: who, when, on which way, and what the watch knew then. */
export type NewAnswer = {
  readonly id: string
  readonly company: string
  readonly question: string
  readonly answer: AnswerId
  readonly at: Instant
  readonly by: { readonly person: string | undefined; readonly name: string }
  readonly evidence: KeptEvidence
}

export async function saveSheetAnswer(
  tx: Tx,
  answer: NewAnswer & { readonly sheet: string; readonly via: 'portal' | 'link' | 'same' },
): Promise<void> {
  await tx.run(
    `insert into self_check_answer (id, company_id, sheet_id, question, answer, at, by_person, by_name, via, verdict, evidence)
     values ($1, $2, $3, $4, $5, $6::timestamptz, $7, $8, $9, $10, $11)`,
    [
      answer.id,
      answer.company,
      answer.sheet,
      answer.question,
      answer.answer,
      moment(answer.at),
      answer.by.person ?? null,
      answer.by.name,
      answer.via,
      answer.evidence.verdict,
      JSON.stringify(answer.evidence.signals),
    ],
  )
}
