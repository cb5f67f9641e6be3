import { type Actor, must } from '../access/index.ts'
import { fault } from '../base/fault.ts'
import type { Severity } from '../base/severity.ts'
import type { Instant } from '../base/time.ts'
import { type NoticeRow, type NoticeView, noticesOfCase, noticeView } from '../notice/index.ts'
import type { Tx } from '../store/index.ts'
import {
  type Both,
  type ClosingReason,
  type EntryKind,
  type Stage,
  type StageMark,
  type StageName,
  stagesOf,
} from './case.ts'
import { mayFollow } from './may.ts'
import { type TaskRow, tasksWhere } from './task-list.ts'

export type EntryView = {
  readonly id: string
  readonly at: Instant
  /** null = the program. */
  readonly by: string | null
  readonly kind: EntryKind
  readonly forOwner: boolean
  readonly text: Both
}

export type CaseView = {
  readonly id: string
  readonly company: string
  readonly companyName: string
  readonly code: string
  readonly number: string
  readonly severity: Severity
  readonly title: Both
  readonly openedAt: Instant
  readonly openedBy: string | null
  readonly closing: {
    readonly at: Instant
    readonly by: string
    readonly reason: ClosingReason
    readonly note: string
  } | null
  readonly stages: readonly Stage[]
  readonly entries: readonly EntryView[]
  readonly alerts: readonly string[]
  readonly notices: readonly NoticeRow[]
  /** Open ones first, by due. */
  readonly tasks: readonly TaskRow[]
  readonly practice: boolean
}

export type CaseRow = {
  readonly id: string
  readonly company: string
  readonly companyName: string
  readonly code: string
  readonly number: string
  readonly severity: Severity
  readonly title: Both
  readonly openedAt: Instant
  readonly closedAt: Instant | null
  readonly nextDueAt: Instant | null
  readonly openTasks: number
  readonly practice: boolean
}

type Row = {
  id: string
  company: string
  companyName: string
  code: string
  number: string
  severity: Severity
  titleJa: string
  titleEn: string
  openedAt: Instant
  openedBy: string | null
  closedAt: Instant | null
  closedBy: string | null
  reason: ClosingReason | null
  note: string | null
  nextDueAt: Instant | null
  openTasks: number
  practice: boolean
}

const columns = `c.id, c.company_id as company, o.name as "companyName", co.code, c.number, c.severity, c.title_ja as "titleJa",
  c.title_en as "titleEn", c.opened_at as "openedAt", p.name as "openedBy", k.at as "closedAt", kp.name as "closedBy", k.reason, k.note,
  c.practice, (select min(t.due_at) from task t where t.case_id = c.id and t.done_at is null) as "nextDueAt",
  (select count(*)::int from task t where t.case_id = c.id and t.done_at is null) as "openTasks"
  from "case" c join organisation o on o.id = c.company_id join company co on co.id = c.company_id
  left join person p on p.id = c.opened_by
  left join case_closing k on k.case_id = c.id left join person kp on kp.id = k.by_person`

const rowOf = (row: Row): CaseRow => ({
  id: row.id,
  company: row.company,
  companyName: row.companyName,
  code: row.code,
  number: row.number,
  severity: row.severity,
  title: { ja: row.titleJa, en: row.titleEn },
  openedAt: row.openedAt,
  closedAt: row.closedAt,
  nextDueAt: row.nextDueAt,
  openTasks: row.openTasks,
  practice: row.practice,
})

type StoredEntry = EntryView & { readonly stage: StageName | null }

async function findEntries(tx: Tx, id: string, forOwnerOnly: boolean): Promise<StoredEntry[]> {
  const rows = await tx.rows<Omit<StoredEntry, 'text'> & { ja: string; en: string }>(
    `select id, at, detail->>'by' as by, kind, for_owner as "forOwner", text_ja as ja, text_en as en, detail->>'stage' as stage
     from case_entry where case_id = $1 and (for_owner or not $2) order by at, array_position(array['alert','act','opening','notice','answer','task','call','note','stage','closing'], kind), id`,
    [id, forOwnerOnly],
  )
  return rows.map(({ ja, en, ...rest }) => ({ ...rest, text: { ja, en } }))
}

function stagesFrom(entries: readonly StoredEntry[], closed: boolean): Stage[] {
  const marks = entries.flatMap((entry): StageMark[] =>
    entry.kind === 'stage' && entry.stage !== null
      ? [{ stage: entry.stage, at: entry.at, by: entry.by, text: entry.text }]
      : [],
  )
  return stagesOf(marks, closed)
}

const plain = ({ stage: _stage, ...entry }: StoredEntry): EntryView => entry

/** One case of the reader's scope, whole. For the provider's people. Faults: NOT_FOUND. */
export async function caseDetail(tx: Tx, id: string, _now?: Instant): Promise<CaseView> {
  const row = await tx.one<Row>(`select ${columns} where c.id = $1`, [id])
  if (!row) throw fault('NOT_FOUND')
  const entries = await findEntries(tx, id, false)
  const alerts = await tx.rows<{ alert: string }>(
    'select alert_id as alert from case_alert where case_id = $1 order by at, alert_id',
    [id],
  )
  const { closedAt, nextDueAt: _due, openTasks: _open, ...shown } = rowOf(row)
  return {
    ...shown,
    openedBy: row.openedBy,
    closing:
      closedAt === null || row.reason === null
        ? null
        : { at: closedAt, by: row.closedBy ?? '', reason: row.reason, note: row.note ?? '' },
    stages: stagesFrom(entries, closedAt !== null),
    entries: entries.map(plain),
    alerts: alerts.map((each) => each.alert),
    notices: await noticesOfCase(tx, id),
    tasks: await tasksWhere(tx, 't.case_id = $1 order by t.done_at is not null, t.due_at limit 100', [id]),
  }
}

/** Cases of some companies: open ones by severity and next promise, closed ones newest first. */
export async function caseList(
  tx: Tx,
  query: {
    readonly companies: readonly string[]
    readonly state?: 'open' | 'closed'
    readonly limit?: number
  },
): Promise<CaseRow[]> {
  const closed = query.state === 'closed'
  const rows = await tx.rows<Row>(
    `select * from (select ${columns} where c.company_id = any ($1::uuid[]) and (k.at is not null) = $2) x
     order by ${closed ? '"closedAt" desc' : `array_position(array['now','today','week','info'], severity), "nextDueAt" nulls last, "openedAt"`}
     limit $3`,
    [query.companies, closed, query.limit ?? 200],
  )
  return rows.map(rowOf)
}

/** What the owner follows of an incident. */
export type OwnerIncident = {
  readonly id: string
  readonly number: string
  readonly severity: Severity
  readonly title: Both
  readonly openedAt: Instant
  readonly closing: { readonly at: Instant; readonly reason: ClosingReason } | null
  readonly stages: readonly Stage[]
  /** Only those meant for the owner. */
  readonly entries: readonly EntryView[]
  /** The newest notice of the case. */
  readonly notice: NoticeView | null
  readonly nextContactAt: Instant | null
  readonly practice: boolean
}

/** One incident of the own company. Faults: NOT_FOUND. */
// oxlint-disable-next-line max-params -- transaction, actor, id and clock, as every use case that only reads
export async function ownerIncident(tx: Tx, actor: Actor, id: string, now: Instant): Promise<OwnerIncident> {
  const row = await tx.one<Row>(`select ${columns} where c.id = $1`, [id])
  if (!row) throw fault('NOT_FOUND')
  must(mayFollow(actor, row.company))
  const entries = await findEntries(tx, id, true)
  const notices = await noticesOfCase(tx, id)
  const newest = notices.filter((each) => each.handedAt !== null).at(-1)
  const call = await tx.one<{ dueAt: Instant | null }>(
    `select min(due_at) as "dueAt" from task where case_id = $1 and kind = 'call' and done_at is null`,
    [id],
  )
  const { closedAt, title, number, severity, openedAt, practice } = rowOf(row)
  const notice = newest ? await noticeView(tx, newest.id, { now }) : null
  return {
    id,
    number,
    severity,
    title,
    openedAt,
    closing: closedAt === null || row.reason === null ? null : { at: closedAt, reason: row.reason },
    stages: stagesFrom(entries, closedAt !== null),
    entries: entries.map(plain),
    notice,
    nextContactAt: closedAt === null ? (call?.dueAt ?? null) : null,
    practice,
  }
}

/** The own company's incidents, newest first. */
export async function ownerIncidents(tx: Tx, actor: Actor): Promise<CaseRow[]> {
  must(mayFollow(actor, actor.organisation))
  const rows = await tx.rows<Row>(
    `select ${columns} where c.company_id = $1 order by c.opened_at desc limit 100`,
    [actor.organisation],
  )
  return rows.map(rowOf)
}
