import type { Severity } from '../base/severity.ts'
import type { Instant } from '../base/time.ts'
import { mostLive } from '../detect/index.ts'
import type { RuleRef } from '../detect/index.ts'
import type { Tx } from '../store/index.ts'
import { type AlertRow, type AlertState, beforeInQueue, type Held, promises, stateOf } from './alert.ts'
import { standingJoin } from './decide-store.ts'
import { alertColumns } from './raise-store.ts'

/** An alert as the analyst's page lists it. */
export type QueueRow = {
  readonly id: string
  readonly company: string
  readonly companyName: string
  readonly code: string
  readonly severity: Severity
  readonly severityReason: string
  readonly detection: string
  readonly noticeType: string
  readonly device: {
    readonly id: string
    readonly nickname: string
    readonly class: string
    readonly place: string | null
    readonly person: string | null
  } | null
  /** Names and addresses in the lines; for analysts, never for an owner. */
  readonly names: readonly string[]
  readonly sensorName: string
  readonly count: number
  readonly firstAt: Instant
  readonly lastAt: Instant
  readonly arrivedAt: Instant
  readonly raisedAt: Instant
  /** It arrived more than ten minutes after it happened. */
  readonly late: boolean
  readonly held: Held | null
  readonly state: AlertState
  readonly until: Instant | null
  readonly assignee: { readonly id: string; readonly name: string } | null
  /** What was promised and is still due. */
  readonly promise: { readonly kind: 'call' | 'look'; readonly dueAt: Instant } | null
  /** The open call task. */
  readonly callTask: string | null
  readonly case: { readonly id: string; readonly number: string } | null
  /** Of its most serious rule. Author, link and licence are shown wherever the alert is. */
  readonly rule: RuleRef
  readonly practice: boolean
}

type Row = AlertRow & {
  companyName: string
  code: string
  nickname: string | null
  class: string | null
  place: string | null
  person: string | null
  sensorName: string
  closed: boolean
  merged: boolean
  until: Instant | null
  asked: boolean
  assignee: string | null
  assigneeName: string | null
  caseId: string | null
  caseNumber: string | null
  callTask: string | null
  callDue: Instant | null
  called: boolean
  rule: RuleRef
  host: string | null
  src: string | null
  dst: string | null
}

const select = `select ${alertColumns}, o.name as "companyName", c.code, v.nickname, v.class, v.place, v.person_name as person,
    s.name as "sensorName", standing.closed, standing.merged, standing.until, standing.asked, standing.assignee,
    p.name as "assigneeName", opencase.id as "caseId", opencase.number as "caseNumber",
    call.id as "callTask", call.due_at as "callDue", coalesce(called.done, false) as called,
    rule.rule, rule.host, rule.src, rule.dst
  from alert a
  join organisation o on o.id = a.company_id
  join company c on c.id = a.company_id
  join sensor s on s.id = a.sensor_id
  left join device v on v.company_id = a.company_id and v.id = a.device_id
  ${standingJoin}
  left join person p on p.id = standing.assignee
  left join lateral (select t.id, t.due_at from task t where t.company_id = a.company_id and t.alert_id = a.id
    and t.kind = 'call' and t.done_at is null order by t.due_at limit 1) as call on true
  left join lateral (select true as done from task t where t.company_id = a.company_id and t.alert_id = a.id
    and t.kind = 'call' and t.done_at is not null limit 1) as called on true
  left join lateral (select json_build_object('id', d.rule_id, 'title', d.rule_title, 'author', d.rule_author, 'link',
      d.rule_link, 'licence', d.rule_licence, 'level', d.rule_level) as rule,
      d.fields ->> 'host' as host, d.fields ->> 'src_ip' as src, d.fields ->> 'dst_ip' as dst
    from detection d where d.company_id = a.company_id and d.alert_id = a.id
    order by array_position(array['critical', 'high', 'medium', 'low', 'informational'], d.rule_level), d.at desc
    limit 1) as rule on true`

const unknownRule: RuleRef = { id: '', title: '', author: '', link: '', licence: '', level: '' }

/** The promise that is still due: the open call, else what the severity promises until somebody has acted. */
function promiseOf(row: Row, state: AlertState): QueueRow['promise'] {
  if (row.callTask !== null && row.callDue !== null) return { kind: 'call', dueAt: row.callDue }
  const promise = promises[row.severity]
  if (promise === null || row.called || state === 'closed' || state === 'merged') return null
  return { kind: promise.kind, dueAt: row.raisedAt + promise.within }
}

function show(row: Row, now: Instant): QueueRow {
  const state = stateOf({ ...row, inCase: row.caseId !== null }, now)
  const { device: deviceId, nickname, class: deviceClass } = row
  const known = deviceId !== null && nickname !== null && deviceClass !== null
  return {
    id: row.id,
    company: row.company,
    companyName: row.companyName,
    code: row.code,
    severity: row.severity,
    severityReason: row.severityReason,
    detection: row.detection,
    noticeType: row.noticeType,
    device: known
      ? { id: deviceId, nickname, class: deviceClass, place: row.place, person: row.person }
      : null,
    names: [...new Set([row.host, row.src, row.dst].filter((name) => name !== null))],
    sensorName: row.sensorName,
    count: row.count,
    firstAt: row.firstAt,
    lastAt: row.lastAt,
    arrivedAt: row.arrivedAt,
    raisedAt: row.raisedAt,
    late: row.arrivedAt - row.firstAt > mostLive,
    held: row.held,
    state,
    until: state === 'later' ? row.until : null,
    assignee: row.assignee === null ? null : { id: row.assignee, name: row.assigneeName ?? '' },
    promise: promiseOf(row, state),
    callTask: row.callTask,
    case: row.caseId === null ? null : { id: row.caseId, number: row.caseNumber ?? '' },
    rule: row.rule ?? unknownRule,
    practice: row.practice,
  }
}

/** So many are shown; a longer queue is a fault of the rules, and the page says so. */
const mostInQueue = 500

/** What waits for an analyst: P1 with an open call first, then by the time left to the promise, what was put off last. */
export async function queue(tx: Tx, scope: readonly string[], now: Instant): Promise<QueueRow[]> {
  const rows = await tx.rows<Row>(
    `${select} where a.company_id = any ($1::uuid[]) and not standing.closed and not standing.merged
     order by array_position(array['now', 'today', 'week', 'info'], a.severity), a.raised_at desc limit $2`,
    [scope, mostInQueue],
  )
  return rows.map((row) => show(row, now)).sort(beforeInQueue)
}

/** One alert of the scope, whatever its state. */
export async function queueRow(tx: Tx, id: string, now: Instant): Promise<QueueRow | undefined> {
  const row = await tx.one<Row>(`${select} where a.id = $1`, [id])
  return row && show(row, now)
}

/** The newest alerts of some companies, whatever their state. */
export async function recentAlerts(
  tx: Tx,
  companies: readonly string[],
  { limit, now }: { readonly limit: number; readonly now: Instant },
): Promise<QueueRow[]> {
  const rows = await tx.rows<Row>(
    `${select} where a.company_id = any ($1::uuid[]) order by a.raised_at desc limit $2`,
    [companies, limit],
  )
  return rows.map((row) => show(row, now))
}
