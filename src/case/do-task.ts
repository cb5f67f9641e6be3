import { type Actor, must, record } from '../access/index.ts'
import { fault } from '../base/fault.ts'
import type { Severity } from '../base/severity.ts'
import { type Instant, minute } from '../base/time.ts'
import { moment, type Pool, tell, type Tx, within } from '../store/index.ts'
import { companyName } from './begin-case.ts'
import { contactFor, nextTry, type TaskOutcome, taskOutcomes } from './case.ts'
import { mayCarry } from './may.ts'
import { say } from './say.ts'
import { lockTask, saveEntry, saveTask, type TaskRecord } from './store.ts'
import { saveStage } from './work-case.ts'

/** When nobody at all was reached: the lead is told, and we phone again. */
const afterAll = 30 * minute

/**
 * Ends a task with its outcome. A call that reached nobody makes the next one: two tries for each contact in their order,
 * then the desk's lead.
 * @param done.outcome `reached`/`not-reached` for calls, `done`/`not-done` for the others
 * Faults: NOT_FOUND, TASK_ALREADY_DONE, BAD_INPUT.
 */
export async function doneTask(
  pool: Pool,
  actor: Actor,
  done: {
    readonly task: string
    readonly outcome: TaskOutcome
    readonly note?: string
    readonly now: Instant
  },
): Promise<void> {
  if (!taskOutcomes.includes(done.outcome)) throw fault('BAD_INPUT', { field: 'outcome' })
  await within(pool, { organisations: actor.scope, person: actor.person }, async (tx) => {
    const task = await lockTask(tx, done.task)
    if (!task) throw fault('NOT_FOUND')
    must(mayCarry(actor, task.company))
    if (task.doneAt !== null) throw fault('TASK_ALREADY_DONE', { id: task.id, outcome: task.outcome })
    if ((task.kind === 'call') !== (done.outcome === 'reached' || done.outcome === 'not-reached')) {
      throw fault('BAD_INPUT', { field: 'outcome', kind: task.kind })
    }
    await tx.run('update task set done_at = $2, done_by = $3, outcome = $4 where id = $1', [
      task.id,
      moment(done.now),
      actor.person,
      done.outcome,
    ])
    await note(tx, actor, { ...done, task })
    if (done.outcome === 'not-reached') await callAgain(tx, task, done.now)
    await record(tx, actor, {
      organisation: task.company,
      act: 'task.done',
      subject: task.id,
      detail: { kind: task.kind, outcome: done.outcome },
    })
    await tell(tx, { kind: 'task.done', company: task.company, id: task.id }, done.now)
    if (task.case !== null)
      await tell(tx, { kind: 'case.changed', company: task.company, id: task.case }, done.now)
  })
}

type Ended = {
  readonly task: TaskRecord
  readonly outcome: TaskOutcome
  readonly note?: string
  readonly now: Instant
}

async function note(tx: Tx, actor: Actor, { task, outcome, note: written, now }: Ended): Promise<void> {
  if (task.case === null) return
  const entry = {
    company: task.company,
    case: task.case,
    at: now,
    by: { person: actor.person, name: actor.name },
  }
  const detail = { task: task.id, outcome }
  if (task.kind === 'call') {
    const text = say((words) => (outcome === 'reached' ? words.called : words.notReached))
    await saveEntry(tx, { ...entry, kind: 'call', forOwner: true, text, detail })
  } else if (outcome === 'done' && (task.kind === 'contain' || task.kind === 'close-entry')) {
    const text = say((words) => (task.kind === 'contain' ? words.contained : words.entryClosed))
    await saveEntry(tx, { ...entry, kind: 'act', forOwner: true, text, detail })
    await saveStage(tx, { company: task.company, id: task.case }, { stage: 'held', by: entry.by, now })
  } else {
    const text = say((words, lang) => {
      const title = lang === 'ja' ? task.textJa : task.textEn
      return outcome === 'done' ? words.taskDone(title) : words.taskNotDone(title)
    })
    await saveEntry(tx, { ...entry, kind: 'task', forOwner: false, text, detail })
  }
  const own = written?.trim()
  if (own)
    await saveEntry(tx, { ...entry, kind: 'note', forOwner: false, text: { ja: own, en: own }, detail })
}

/** How many calls about the same thing reached nobody since somebody was last reached. */
export async function vainTries(
  tx: Tx,
  task: Pick<TaskRecord, 'company' | 'case' | 'alert' | 'notice'>,
): Promise<number> {
  const same = `t.company_id = $1 and t.kind = 'call' and (t.case_id = $2 or t.alert_id = $3 or t.notice_id = $4)`
  const found = await tx.one<{ count: number }>(
    `select count(*)::int as count from task t where ${same} and t.outcome = 'not-reached'
       and t.done_at > coalesce((select max(t.done_at) from task t where ${same} and t.outcome = 'reached'), '-infinity')`,
    [task.company, task.case, task.alert, task.notice],
  )
  return found?.count ?? 0
}

async function callAgain(tx: Tx, task: TaskRecord, now: Instant): Promise<void> {
  const vain = await vainTries(tx, task)
  const contacts = await tx.rows<{ id: string }>(
    `select id from person where organisation_id = $1 and ended_at is null and contact_order is not null order by contact_order, created_at`,
    [task.company],
  )
  const severity = await tx.one<{ severity: Severity }>(
    'select severity from notice where id = $1 union all select severity from "case" where id = $2 limit 1',
    [task.notice, task.case],
  )
  const somebody = contactFor(contacts, vain) !== undefined
  const company = await companyName(tx, task.company)
  await saveTask(
    tx,
    {
      company: task.company,
      kind: 'call',
      alert: task.alert,
      case: task.case,
      notice: task.notice,
      dueAt: somebody ? nextTry(severity?.severity ?? null, now) : now + afterAll,
      text: somebody ? { ja: task.textJa, en: task.textEn } : say((words) => words.task.callNobody(company)),
      practice: task.practice,
    },
    now,
  )
}
