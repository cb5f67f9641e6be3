import type { Instant } from '../base/time.ts'
import { moment, type Tx } from '../store/index.ts'
import type { Decision, Standing } from './alert.ts'

type Place = { readonly id: string; readonly company: string }

/** An alert of the scope, held until the end of the transaction so that two decisions follow each other. */
export function lockAlertInScope(tx: Tx, id: string): Promise<Place | undefined> {
  return tx.one<Place>('select id, company_id as company from alert where id = $1 for update', [id])
}

/** What the decisions in force and its case say of an alert `a`; joined as `standing`. */
export const standingJoin = `cross join lateral (
    select
      bool_or(kind = 'closing') is true as closed,
      bool_or(kind = 'merge') is true as merged,
      (array_agg(until order by at desc, id) filter (where kind = 'later'))[1] as until,
      bool_or(kind = 'question') is true as asked,
      (array_agg(assignee_id order by at desc, id) filter (where kind = 'assignment'))[1] as assignee
    from alert_decision where company_id = a.company_id and alert_id = a.id and withdrawn_at is null) as standing
  left join lateral (
    select c.id, c.number from case_alert ca join "case" c on c.company_id = ca.company_id and c.id = ca.case_id
    where ca.company_id = a.company_id and ca.alert_id = a.id
      and not exists (select from case_closing cc where cc.company_id = c.company_id and cc.case_id = c.id)
    order by ca.at desc limit 1) as opencase on true`

export async function standingOf(tx: Tx, alert: Place): Promise<Standing> {
  const row = await tx.one<Standing>(
    `select standing.closed, standing.merged, standing.until, standing.asked, opencase.id is not null as "inCase"
     from alert a ${standingJoin} where a.company_id = $1 and a.id = $2`,
    [alert.company, alert.id],
  )
  return row ?? { closed: false, merged: false, until: null, asked: false, inCase: false }
}

export async function insertDecision(
  tx: Tx,
  of: {
    readonly id: string
    readonly alert: Place
    readonly decision: Decision
    readonly by: string | null
    readonly at: Instant
  },
): Promise<void> {
  const { decision } = of
  await tx.run(
    `insert into alert_decision (id, company_id, alert_id, kind, reason, note, into_alert_id, until, assignee_id, by_person, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      of.id,
      of.alert.company,
      of.alert.id,
      decision.kind,
      decision.kind === 'closing' ? decision.reason : null,
      'note' in decision ? (decision.note ?? '') : '',
      decision.kind === 'merge' ? decision.into : null,
      decision.kind === 'later' ? moment(decision.until) : null,
      decision.kind === 'assignment' ? decision.assignee : null,
      of.by,
      moment(of.at),
    ],
  )
}

export type DecisionPlace = {
  readonly id: string
  readonly alert: string
  readonly company: string
  readonly kind: Decision['kind']
  readonly at: Instant
  readonly withdrawnAt: Instant | null
}

export function findDecision(tx: Tx, id: string): Promise<DecisionPlace | undefined> {
  return tx.one<DecisionPlace>(
    `select id, alert_id as alert, company_id as company, kind, at, withdrawn_at as "withdrawnAt"
     from alert_decision where id = $1`,
    [id],
  )
}

/** Whether nothing was decided on the alert after this. */
export async function isNewest(tx: Tx, of: DecisionPlace): Promise<boolean> {
  const row = await tx.one<{ later: boolean }>(
    `select exists (select from alert_decision d join alert_decision this on this.id = $2
       where d.company_id = $1 and d.alert_id = this.alert_id and d.id <> this.id and d.withdrawn_at is null
         and d.at > this.at) as later`,
    [of.company, of.id],
  )
  return row?.later === false
}

export async function markWithdrawn(
  tx: Tx,
  of: { readonly id: string; readonly by: string; readonly at: Instant },
): Promise<void> {
  await tx.run(
    'update alert_decision set withdrawn_at = $2, withdrawn_by = $3 where id = $1 and withdrawn_at is null',
    [of.id, moment(of.at), of.by],
  )
}

/** Whether a person works for the organisation, so that an alert may be given to them. */
export async function isStaff(tx: Tx, organisation: string, person: string): Promise<boolean> {
  const row = await tx.one<{ id: string }>(
    'select id from person where id = $1 and organisation_id = $2 and ended_at is null',
    [person, organisation],
  )
  return row !== undefined
}
