import type { Severity } from '../base/severity.ts'
import type { Instant } from '../base/time.ts'
import { moment, newId, tell, type Tx } from '../store/index.ts'
import { type Both, type ClosingReason, caseNumber, type EntryKind, type TaskKind } from './case.ts'

/** A case as it is stored. */
export type CaseRecord = {
  readonly id: string
  readonly company: string
  readonly number: string
  readonly severity: Severity
  readonly titleJa: string
  readonly titleEn: string
  readonly openedAt: Instant
  readonly openedBy: string | null
  readonly practice: boolean
  readonly closedAt: Instant | null
}

const columns = `c.id, c.company_id as company, c.number, c.severity, c.title_ja as "titleJa", c.title_en as "titleEn",
  c.opened_at as "openedAt", c.opened_by as "openedBy", c.practice, k.at as "closedAt"`

/** One case of the scope, locked for this transaction. */
export async function lockCase(tx: Tx, id: string): Promise<CaseRecord | undefined> {
  return tx.one<CaseRecord>(
    `select ${columns} from "case" c left join case_closing k on k.case_id = c.id where c.id = $1 for update of c`,
    [id],
  )
}

/** The open case that an alert belongs to. */
export async function findOpenCase(tx: Tx, company: string, alert: string): Promise<CaseRecord | undefined> {
  const found = await tx.rows<CaseRecord>(
    `select ${columns} from case_alert a join "case" c on c.id = a.case_id left join case_closing k on k.case_id = c.id
     where a.company_id = $1 and a.alert_id = $2 and k.at is null order by c.opened_at limit 1`,
    [company, alert],
  )
  return found[0]
}

/** Makes sure that two transactions do not open a case for the same alert at once. */
export async function lockAlertForCase(tx: Tx, alert: string): Promise<void> {
  await tx.run('select pg_advisory_xact_lock(7305802, hashtext($1))', [alert])
}

export type NewCase = {
  readonly company: string
  readonly alert: string | null
  readonly severity: Severity
  readonly title: Both
  readonly by: string | null
  readonly practice: boolean
}

/** Stores a case under a number that nobody has, with its alert and that alert's notices and open tasks. */
export async function saveCase(tx: Tx, made: NewCase, now: Instant): Promise<CaseRecord> {
  const id = newId()
  for (let tries = 0; ; tries += 1) {
    const number = caseNumber(tries)
    const saved = await tx.run(
      `insert into "case" (id, company_id, number, severity, title_ja, title_en, opened_at, opened_by, practice)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (number) do nothing`,
      [
        id,
        made.company,
        number,
        made.severity,
        made.title.ja,
        made.title.en,
        moment(now),
        made.by,
        made.practice,
      ],
    )
    if (saved !== 1) continue
    if (made.alert !== null) {
      await tx.run('insert into case_alert (company_id, case_id, alert_id, at) values ($1, $2, $3, $4)', [
        made.company,
        id,
        made.alert,
        moment(now),
      ])
      for (const table of ['notice', 'task'] as const) {
        await tx.run(
          `update ${table} set case_id = $3 where company_id = $1 and alert_id = $2 and case_id is null`,
          [made.company, made.alert, id],
        )
      }
    }
    return {
      id,
      company: made.company,
      number,
      severity: made.severity,
      titleJa: made.title.ja,
      titleEn: made.title.en,
      openedAt: now,
      openedBy: made.by,
      practice: made.practice,
      closedAt: null,
    }
  }
}

/** An entry of the timeline. */
export type NewEntry = {
  readonly company: string
  readonly case: string
  readonly at: Instant
  /** Who did it, with the name as it is shown for good; null = the program. */
  readonly by: { readonly person: string; readonly name: string } | null
  readonly kind: EntryKind
  readonly forOwner: boolean
  readonly text: Both
  readonly detail?: Readonly<Record<string, unknown>>
}

/** Adds an entry to a timeline. */
export async function saveEntry(tx: Tx, entry: NewEntry): Promise<void> {
  await tx.run(
    `insert into case_entry (id, company_id, case_id, at, by_person, kind, for_owner, text_ja, text_en, detail)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      newId(),
      entry.company,
      entry.case,
      moment(entry.at),
      entry.by?.person ?? null,
      entry.kind,
      entry.forOwner,
      entry.text.ja,
      entry.text.en,
      JSON.stringify({ ...entry.detail, ...(entry.by ? { by: entry.by.name } : {}) }),
    ],
  )
}

/** Raises the severity of a case; it never falls. */
export async function raiseCase(tx: Tx, id: string, severity: Severity): Promise<void> {
  await tx.run('update "case" set severity = $2 where id = $1', [id, severity])
}

/** Writes the closing. @returns false when it was closed already */
export async function saveClosing(
  tx: Tx,
  closing: {
    readonly company: string
    readonly case: string
    readonly by: string
    readonly at: Instant
    readonly reason: ClosingReason
    readonly note: string
  },
): Promise<boolean> {
  const saved = await tx.run(
    `insert into case_closing (case_id, company_id, by_person, at, reason, note) values ($1, $2, $3, $4, $5, $6)
     on conflict (case_id) do nothing`,
    [closing.case, closing.company, closing.by, moment(closing.at), closing.reason, closing.note],
  )
  return saved === 1
}

/** A task as it is stored. */
export type TaskRecord = {
  readonly id: string
  readonly company: string
  readonly kind: TaskKind
  readonly alert: string | null
  readonly case: string | null
  readonly notice: string | null
  readonly dueAt: Instant
  readonly textJa: string
  readonly textEn: string
  readonly madeAt: Instant
  readonly doneAt: Instant | null
  readonly outcome: string | null
  readonly practice: boolean
}

const taskColumns = `t.id, t.company_id as company, t.kind, t.alert_id as alert, t.case_id as "case", t.notice_id as notice,
  t.due_at as "dueAt", t.text_ja as "textJa", t.text_en as "textEn", t.made_at as "madeAt", t.done_at as "doneAt", t.outcome, t.practice`

/** One task of the scope, locked for this transaction. */
export async function lockTask(tx: Tx, id: string): Promise<TaskRecord | undefined> {
  return tx.one<TaskRecord>(`select ${taskColumns} from task t where t.id = $1 for update`, [id])
}

export type NewTask = {
  readonly company: string
  readonly kind: TaskKind
  readonly alert: string | null
  readonly case: string | null
  readonly notice: string | null
  readonly dueAt: Instant
  readonly text: Both
  readonly practice: boolean
}

/**
 * Makes a task. One open task of a kind is enough for a case, an alert without a case, or a notice without either: a second
 * wish makes it due sooner and says why; an act that was once asked for a notice is not asked again.
 */
export async function makeTask(tx: Tx, task: NewTask, now: Instant): Promise<void> {
  const open = await findSame(tx, task)
  if (open && open.doneAt === null) {
    await tx.run('update task set due_at = least(due_at, $2), text_ja = $3, text_en = $4 where id = $1', [
      open.id,
      moment(task.dueAt),
      task.text.ja,
      task.text.en,
    ])
    await tell(tx, { kind: 'task.made', company: task.company, id: open.id }, now)
    return
  }
  if (open && task.kind !== 'call' && task.kind !== 'recheck' && open.notice === task.notice) return
  await saveTask(tx, task, now)
}

/** Stores a task, whatever others there are. */
export async function saveTask(tx: Tx, task: NewTask, now: Instant): Promise<void> {
  const id = newId()
  await tx.run(
    `insert into task (id, company_id, kind, alert_id, case_id, notice_id, due_at, text_ja, text_en, made_at, practice)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      id,
      task.company,
      task.kind,
      task.alert,
      task.case,
      task.notice,
      moment(task.dueAt),
      task.text.ja,
      task.text.en,
      moment(now),
      task.practice,
    ],
  )
  await tell(tx, { kind: 'task.made', company: task.company, id }, now)
}

/** The newest task of the kind for the same case, alert or notice; an open one first. */
async function findSame(tx: Tx, task: NewTask): Promise<TaskRecord | undefined> {
  const found = await tx.rows<TaskRecord>(
    `select ${taskColumns} from task t where t.company_id = $1 and t.kind = $2
       and (t.case_id = $3 or t.alert_id = $4 or t.notice_id = $5)
     order by t.done_at is not null, t.made_at desc limit 1 for update`,
    [task.company, task.kind, task.case, task.alert, task.notice],
  )
  return found[0]
}

/** Ends tasks that need nobody any more. @returns how many */
export async function endTasks(
  tx: Tx,
  which: { readonly where: string; readonly values: readonly unknown[] },
  end: { readonly outcome: string; readonly by: string | null; readonly now: Instant },
): Promise<void> {
  const ended = await tx.rows<{ id: string; company: string }>(
    `update task set done_at = $1, done_by = $2, outcome = $3 where done_at is null and ${which.where}
     returning id, company_id as company`,
    [moment(end.now), end.by, end.outcome, ...which.values],
  )
  for (const task of ended) await tell(tx, { kind: 'task.done', company: task.company, id: task.id }, end.now)
}
