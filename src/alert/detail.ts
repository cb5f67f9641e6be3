import { fault } from '../base/fault.ts'
import { day, type Instant } from '../base/time.ts'
import type { RuleRef } from '../detect/index.ts'
import { eventRef, readEvents } from '../event/index.ts'
import { type ParseStatus, read, type SourceName } from '../source/index.ts'
import { moment, type Tx } from '../store/index.ts'
import type { AlertRow, AlertState, Decision } from './alert.ts'
import { stateOf } from './alert.ts'
import { standingJoin } from './decide-store.ts'
import type { Facts } from './facts.ts'
import { type QueueRow, queueRow } from './queue.ts'
import { alertColumns } from './raise-store.ts'

/** One rule hit of an alert. */
export type DetectionView = {
  readonly key: string
  readonly rule: RuleRef
  readonly at: Instant
  readonly arrivedAt: Instant
  readonly count: number
  readonly selections: readonly string[]
  readonly fields: Readonly<Record<string, unknown>>
}

/** A stored line that shows it, as it came and as its source reads it. */
export type EvidenceLine = {
  readonly ref: string
  readonly at: Instant
  readonly receivedAt: Instant
  readonly sensor: string
  readonly raw: string
  readonly truncated: boolean
  /** Id of the rule that found it. */
  readonly rule: string
  readonly status: ParseStatus
  readonly fields: Readonly<Record<string, unknown>>
}

export type DecisionView = {
  readonly id: string
  readonly kind: Decision['kind']
  readonly reason: string | null
  readonly note: string
  readonly into: string | null
  readonly until: Instant | null
  readonly assignee: { readonly id: string; readonly name: string } | null
  /** null = the program, e.g. because the case ended. */
  readonly by: { readonly id: string; readonly name: string } | null
  readonly at: Instant
  readonly withdrawnAt: Instant | null
  /** It is the newest in force. */
  readonly withdrawable: boolean
}

/** Another alert of the same company within a week. */
export type RelatedAlert = Pick<AlertRow, 'id' | 'severity' | 'detection' | 'firstAt' | 'count'> & {
  readonly state: AlertState
  readonly device: string | null
  readonly title: string
  readonly sameDevice: boolean
}

export type AlertDetail = QueueRow & {
  readonly facts: Facts
  readonly detections: readonly DetectionView[]
  /** Every rule behind it, each with its author, link and licence. */
  readonly rules: readonly RuleRef[]
  readonly evidence: readonly EvidenceLine[]
  /** Events behind it in all, and how many of their lines are kept with it. */
  readonly evidenceCount: number
  readonly evidenceKept: number
  readonly decisions: readonly DecisionView[]
  readonly related: readonly RelatedAlert[]
}

/** One alert of the scope. */
export function findAlert(tx: Tx, id: string): Promise<AlertRow | undefined> {
  return tx.one<AlertRow>(`select ${alertColumns} from alert a where a.id = $1`, [id])
}

/** All that an analyst needs to decide on one alert. Faults: NOT_FOUND. */
export async function alertDetail(tx: Tx, id: string, now: Instant): Promise<AlertDetail> {
  const row = await queueRow(tx, id, now)
  const alert = await findAlert(tx, id)
  if (row === undefined || alert === undefined) throw fault('NOT_FOUND')
  const evidence = await evidenceOf(tx, alert)
  return {
    ...row,
    facts: alert.facts,
    detections: await detectionsOf(tx, alert),
    rules: await rulesOf(tx, alert),
    evidence: evidence.lines,
    evidenceCount: alert.count,
    evidenceKept: evidence.kept,
    decisions: await decisionsOf(tx, alert),
    related: await relatedTo(tx, alert, now),
  }
}

const ruleColumns = `json_build_object('id', rule_id, 'title', rule_title, 'author', rule_author, 'link', rule_link,
  'licence', rule_licence, 'level', rule_level)`

function detectionsOf(tx: Tx, alert: AlertRow): Promise<DetectionView[]> {
  return tx.rows<DetectionView>(
    `select key, ${ruleColumns} as rule, at, arrived_at as "arrivedAt", count, selections, fields
     from detection where company_id = $1 and alert_id = $2 order by at desc, key limit 50`,
    [alert.company, alert.id],
  )
}

async function rulesOf(tx: Tx, alert: AlertRow): Promise<RuleRef[]> {
  const rows = await tx.rows<{ rule: RuleRef }>(
    `select distinct on (rule_id) ${ruleColumns} as rule from detection
     where company_id = $1 and alert_id = $2 order by rule_id, at desc`,
    [alert.company, alert.id],
  )
  return rows.map((row) => row.rule)
}

const mostLines = 50

type Place = { day: string; batchNo: number; line: number; at: Instant; rule: string }

async function evidenceOf(tx: Tx, alert: AlertRow): Promise<{ lines: EvidenceLine[]; kept: number }> {
  const places = await tx.rows<Place & { kept: number }>(
    `select day, batch_no as "batchNo", line, min(at) as at, min(rule_id) as rule, count(*) over () as kept
     from alert_evidence where company_id = $1 and alert_id = $2
     group by day, batch_no, line order by min(at), batch_no, line limit $3`,
    [alert.company, alert.id, mostLines],
  )
  const events = await readEvents(tx, alert.company, places)
  const byRef = new Map(events.map((event) => [eventRef(event.day, event.batchNo, event.line), event]))
  const sensors = await tx.rows<{ id: string; source: SourceName | 'auto'; zoneMinutes: number }>(
    'select id, source, zone_minutes as "zoneMinutes" from sensor where company_id = $1 and id = any ($2::uuid[])',
    [alert.company, [...new Set(events.map((event) => event.sensor))]],
  )
  const lines = places.flatMap((place) => {
    const ref = eventRef(place.day, place.batchNo, place.line)
    const event = byRef.get(ref)
    if (event === undefined) return []
    const { receivedAt, sensor, raw, truncated } = event
    const known = sensors.find((each) => each.id === sensor)
    const { status, fields } = read(raw, known?.source ?? 'auto', {
      receivedAt,
      zoneMinutes: known?.zoneMinutes ?? 540,
    })
    return [{ ref, at: place.at, receivedAt, sensor, raw, truncated, rule: place.rule, status, fields }]
  })
  return { lines, kept: places[0]?.kept ?? 0 }
}

type DecisionRow = Omit<DecisionView, 'assignee' | 'by' | 'withdrawable'> & {
  assignee: string | null
  assigneeName: string | null
  by: string | null
  byName: string | null
}

async function decisionsOf(tx: Tx, alert: AlertRow): Promise<DecisionView[]> {
  const rows = await tx.rows<DecisionRow>(
    `select d.id, d.kind, d.reason, d.note, d.into_alert_id as into, d.until, d.assignee_id as assignee,
       who.name as "assigneeName", d.by_person as by, p.name as "byName", d.at, d.withdrawn_at as "withdrawnAt"
     from alert_decision d left join person who on who.id = d.assignee_id left join person p on p.id = d.by_person
     where d.company_id = $1 and d.alert_id = $2 order by d.at desc, d.id`,
    [alert.company, alert.id],
  )
  const newest = rows.find((row) => row.withdrawnAt === null)
  return rows.map(({ assigneeName, byName, ...row }) => ({
    ...row,
    assignee: row.assignee === null ? null : { id: row.assignee, name: assigneeName ?? '' },
    by: row.by === null ? null : { id: row.by, name: byName ?? '' },
    withdrawable: row === newest || row.id === newest?.id,
  }))
}

type RelatedRow = Omit<RelatedAlert, 'state'> & {
  closed: boolean
  merged: boolean
  until: Instant | null
  asked: boolean
  inCase: boolean
}

async function relatedTo(tx: Tx, alert: AlertRow, now: Instant): Promise<RelatedAlert[]> {
  const rows = await tx.rows<RelatedRow>(
    `select a.id, a.severity, a.detection, a.first_at as "firstAt", a.count, v.nickname as device,
       coalesce((select d.rule_title from detection d where d.company_id = a.company_id and d.alert_id = a.id
         order by d.at limit 1), a.detection) as title,
       (a.device_id is not null and a.device_id = $3) is true as "sameDevice",
       standing.closed, standing.merged, standing.until, standing.asked, opencase.id is not null as "inCase"
     from alert a left join device v on v.company_id = a.company_id and v.id = a.device_id ${standingJoin}
     where a.company_id = $1 and a.id <> $2 and a.last_at > $4 and a.first_at < $5
     order by "sameDevice" desc, a.first_at desc limit 20`,
    [alert.company, alert.id, alert.device, moment(alert.firstAt - 7 * day), moment(alert.lastAt + 7 * day)],
  )
  return rows.map(({ closed, merged, until, asked, inCase, ...row }) => ({
    ...row,
    state: stateOf({ closed, merged, until, asked, inCase }, now),
  }))
}
