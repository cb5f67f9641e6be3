import { fault } from '../base/fault.ts'
import type { Instant } from '../base/time.ts'
import { type Actor, mayWork, must, record } from '../access/index.ts'
import { newId, type Pool, tell, type Tx, within } from '../store/index.ts'
import { type ClosingReason, type Decision, stateOf } from './alert.ts'
import {
  findDecision,
  insertDecision,
  isNewest,
  isStaff,
  lockAlertInScope,
  markWithdrawn,
  standingOf,
} from './decide-store.ts'

const longestLater = 31 * 24 * 3_600_000

/**
 * Records what an analyst decided on an alert. Faults: NOT_FOUND, ALERT_CLOSED (closed or merged already), BAD_INPUT (a merge
 * into another company's, itself or a settled one; a time that is past or too far off). `kind: 'case'` only records it: the
 * case itself is opened by the slice `case`.
 */
export async function decide(
  pool: Pool,
  actor: Actor,
  {
    alert: id,
    decision,
    now,
  }: { readonly alert: string; readonly decision: Decision; readonly now: Instant },
): Promise<{ id: string }> {
  must(mayWork(actor))
  return within(pool, { organisations: actor.scope, person: actor.person }, async (tx) => {
    const alert = await lockAlertInScope(tx, id)
    if (alert === undefined) throw fault('NOT_FOUND')
    const state = stateOf(await standingOf(tx, alert), now)
    if (state === 'closed' || state === 'merged') throw fault('ALERT_CLOSED', { alert: id })
    await mustFit(tx, { alert, decision, actor, now })
    const made = newId()
    await insertDecision(tx, { id: made, alert, decision, by: actor.person, at: now })
    await record(tx, actor, {
      organisation: alert.company,
      act: `alert.${decision.kind}`,
      subject: id,
      detail: { ...decision, decision: made },
    })
    await tell(tx, { kind: 'alert.decided', company: alert.company, id }, now)
    return { id: made }
  })
}

type Asked = {
  readonly alert: { readonly id: string; readonly company: string }
  readonly decision: Decision
  readonly actor: Actor
  readonly now: Instant
}

async function mustFit(tx: Tx, { alert, decision, actor, now }: Asked): Promise<void> {
  switch (decision.kind) {
    case 'merge': {
      const into = decision.into === alert.id ? undefined : await lockAlertInScope(tx, decision.into)
      if (into?.company !== alert.company) throw fault('BAD_INPUT', { field: 'into' })
      const state = stateOf(await standingOf(tx, into), now)
      if (state === 'closed' || state === 'merged') throw fault('BAD_INPUT', { field: 'into' })
      return
    }
    case 'later':
      if (decision.until <= now || decision.until > now + longestLater)
        throw fault('BAD_INPUT', { field: 'until' })
      return
    case 'assignment':
      if (decision.assignee !== null && !(await isStaff(tx, actor.organisation, decision.assignee)))
        throw fault('BAD_INPUT', { field: 'assignee' })
      return
    case 'closing':
    case 'question':
    case 'case':
      return
  }
}

/**
 * Takes a decision back: as long as nothing was decided after it on its alert, and no case was opened by it. Withdrawn twice
 * is withdrawn once. Faults: NOT_FOUND, DECISION_TOO_LATE.
 */
export async function withdraw(
  pool: Pool,
  actor: Actor,
  { decision: id, now }: { readonly decision: string; readonly now: Instant },
): Promise<{ alert: string }> {
  must(mayWork(actor))
  return within(pool, { organisations: actor.scope, person: actor.person }, async (tx) => {
    const decision = await findDecision(tx, id)
    const alert = decision && (await lockAlertInScope(tx, decision.alert))
    if (decision === undefined || alert === undefined) throw fault('NOT_FOUND')
    if (decision.withdrawnAt !== null) return { alert: alert.id }
    const { inCase } = await standingOf(tx, alert)
    if (!(await isNewest(tx, decision)) || (decision.kind === 'case' && inCase))
      throw fault('DECISION_TOO_LATE', { decision: id })
    await markWithdrawn(tx, { id, by: actor.person, at: now })
    await record(tx, actor, {
      organisation: alert.company,
      act: 'alert.decision-withdrawn',
      subject: alert.id,
      detail: { decision: id, kind: decision.kind },
    })
    await tell(tx, { kind: 'alert.decided', company: alert.company, id: alert.id }, now)
    return { alert: alert.id }
  })
}

/**
 * Closes an alert in the transaction that settled it elsewhere: the owner explained it (`permitted`), or its case ended
 * (`handled`). No effect on one that is settled already, or that the scope does not hold.
 */
export async function closeAlert(
  tx: Tx,
  of: {
    readonly company: string
    readonly alert: string
    readonly by: string | null
    readonly reason: ClosingReason
    readonly note: string
  },
  now: Instant,
): Promise<void> {
  const alert = await lockAlertInScope(tx, of.alert)
  if (alert?.company !== of.company) return
  const { closed, merged } = await standingOf(tx, alert)
  if (closed || merged) return
  const decision = { kind: 'closing', reason: of.reason, note: of.note } as const
  await insertDecision(tx, { id: newId(), alert, decision, by: of.by, at: now })
  await tell(tx, { kind: 'alert.decided', company: of.company, id: of.alert }, now)
}
