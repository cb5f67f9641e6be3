import { type Actor, must, record } from '../access/index.ts'
import { fault } from '../base/fault.ts'
import type { Severity } from '../base/severity.ts'
import type { Instant } from '../base/time.ts'
import { storyOf } from '../notice/index.ts'
import { type Pool, tell, type Tx, within } from '../store/index.ts'
import { begin } from './begin-case.ts'
import { type ClosingReason, closingReasons, type StageName, stages } from './case.ts'
import type { CloseAlert } from './hear-notice.ts'
import { mayCarry } from './may.ts'
import { say } from './say.ts'
import {
  type CaseRecord,
  endTasks,
  findOpenCase,
  lockAlertForCase,
  lockCase,
  saveClosing,
  saveEntry,
} from './store.ts'

const scopeOf = (actor: Actor) => ({ organisations: actor.scope, person: actor.person })
const byOf = (actor: Actor) => ({ person: actor.person, name: actor.name })

/** The case in the actor's hands, open. Faults: NOT_FOUND, CASE_ALREADY_CLOSED. */
async function mustCarry(tx: Tx, actor: Actor, id: string): Promise<CaseRecord> {
  const found = await lockCase(tx, id)
  if (!found) throw fault('NOT_FOUND')
  must(mayCarry(actor, found.company))
  if (found.closedAt !== null) throw fault('CASE_ALREADY_CLOSED', { id })
  return found
}

/**
 * Opens a case for an alert; an open case of that alert is given back.
 * @returns the case's id. Faults: NOT_FOUND.
 */
export async function openCase(
  pool: Pool,
  actor: Actor,
  of: { readonly alert: string; readonly now: Instant },
): Promise<string> {
  return within(pool, scopeOf(actor), async (tx) => {
    const alert = await tx.one<{
      company: string
      severity: Severity
      detection: string
      nickname: string | null
      practice: boolean
    }>(
      `select a.company_id as company, a.severity, a.detection, d.nickname, a.practice or coalesce(i.practice, false) as practice
       from alert a left join device d on d.id = a.device_id left join installation i on true where a.id = $1`,
      [of.alert],
    )
    if (!alert) throw fault('NOT_FOUND')
    must(mayCarry(actor, alert.company))
    await lockAlertForCase(tx, of.alert)
    const open = await findOpenCase(tx, alert.company, of.alert)
    if (open) return open.id
    const opened = await begin(
      tx,
      {
        company: alert.company,
        alert: of.alert,
        severity: alert.severity,
        title: storyOf(alert.detection, alert.nickname ?? undefined),
        practice: alert.practice,
        by: byOf(actor),
      },
      of.now,
    )
    await record(tx, actor, { organisation: alert.company, act: 'case.opened', subject: opened.id })
    return opened.id
  })
}

/** Adds a note; the owner sees it only when it says so. Faults: NOT_FOUND, CASE_ALREADY_CLOSED, BAD_INPUT (empty). */
export async function addNote(
  pool: Pool,
  actor: Actor,
  note: { readonly case: string; readonly text: string; readonly forOwner: boolean; readonly now: Instant },
): Promise<void> {
  const text = note.text.trim()
  if (text === '' || text.length > 4_000) throw fault('BAD_INPUT', { field: 'text' })
  await within(pool, scopeOf(actor), async (tx) => {
    const found = await mustCarry(tx, actor, note.case)
    await saveEntry(tx, {
      company: found.company,
      case: found.id,
      at: note.now,
      by: byOf(actor),
      kind: 'note',
      forOwner: note.forOwner,
      text: { ja: text, en: text },
    })
    await record(tx, actor, {
      organisation: found.company,
      act: 'case.noted',
      subject: found.id,
      detail: { forOwner: note.forOwner },
    })
    await tell(tx, { kind: 'case.changed', company: found.company, id: found.id }, note.now)
  })
}

/** Says how far a case is; the owner sees it on the page of the incident. Faults: NOT_FOUND, CASE_ALREADY_CLOSED, BAD_INPUT. */
export async function setStage(
  pool: Pool,
  actor: Actor,
  mark: { readonly case: string; readonly stage: StageName; readonly text?: string; readonly now: Instant },
): Promise<void> {
  if (!stages.includes(mark.stage)) throw fault('BAD_INPUT', { field: 'stage' })
  await within(pool, scopeOf(actor), async (tx) => {
    const found = await mustCarry(tx, actor, mark.case)
    await saveStage(tx, found, { stage: mark.stage, by: byOf(actor), text: mark.text, now: mark.now })
    await record(tx, actor, {
      organisation: found.company,
      act: 'case.staged',
      subject: found.id,
      detail: { stage: mark.stage },
    })
    await tell(tx, { kind: 'case.changed', company: found.company, id: found.id }, mark.now)
  })
}

/** Writes one stage into the timeline. */
export async function saveStage(
  tx: Tx,
  of: { readonly company: string; readonly id: string },
  mark: {
    readonly stage: StageName
    readonly by: { readonly person: string; readonly name: string } | null
    readonly text?: string | undefined
    readonly now: Instant
  },
): Promise<void> {
  const own = mark.text?.trim()
  await saveEntry(tx, {
    company: of.company,
    case: of.id,
    at: mark.now,
    by: mark.by,
    kind: 'stage',
    forOwner: true,
    text: own ? { ja: own, en: own } : say((words) => words.stage[mark.stage]),
    detail: { stage: mark.stage },
  })
}

/** The alert's door, as registered by `hearForCases`. */
export const doors: { closeAlert: CloseAlert | undefined } = { closeAlert: undefined }

/**
 * Closes a case with its reason; its open tasks end, its alerts are closed.
 * Faults: NOT_FOUND, CASE_ALREADY_CLOSED, BAD_INPUT (reason).
 */
export async function closeCase(
  pool: Pool,
  actor: Actor,
  closing: {
    readonly case: string
    readonly reason: ClosingReason
    readonly note: string
    readonly now: Instant
  },
): Promise<void> {
  if (!closingReasons.includes(closing.reason)) throw fault('BAD_INPUT', { field: 'reason' })
  const { now, reason, note } = closing
  await within(pool, scopeOf(actor), async (tx) => {
    const found = await mustCarry(tx, actor, closing.case)
    const saved = await saveClosing(tx, {
      company: found.company,
      case: found.id,
      by: actor.person,
      at: now,
      reason,
      note: note.trim(),
    })
    if (!saved) throw fault('CASE_ALREADY_CLOSED', { id: found.id })
    await saveEntry(tx, {
      company: found.company,
      case: found.id,
      at: now,
      by: byOf(actor),
      kind: 'closing',
      forOwner: true,
      text: say((words) => words.closed[reason]),
      detail: { reason },
    })
    await endTasks(
      tx,
      { where: 'case_id = $4', values: [found.id] },
      { outcome: 'case-closed', by: actor.person, now },
    )
    await closeAlerts(tx, found, { by: actor.person, reason, note, now })
    await record(tx, actor, {
      organisation: found.company,
      act: 'case.closed',
      subject: found.id,
      detail: { reason },
    })
    await tell(tx, { kind: 'case.closed', company: found.company, id: found.id }, now)
  })
}

async function closeAlerts(
  tx: Tx,
  found: CaseRecord,
  closing: {
    readonly by: string
    readonly reason: ClosingReason
    readonly note: string
    readonly now: Instant
  },
): Promise<void> {
  if (!doors.closeAlert) return
  const alerts = await tx.rows<{ alert: string }>(
    'select alert_id as alert from case_alert where case_id = $1',
    [found.id],
  )
  for (const { alert } of alerts) {
    await doors.closeAlert(
      tx,
      {
        company: found.company,
        alert,
        by: closing.by,
        reason: closing.reason === 'permitted' ? 'permitted' : 'handled',
        note: `${found.number} ${closing.note}`.trim(),
      },
      closing.now,
    )
  }
}
