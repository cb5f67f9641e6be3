import type { Severity } from '../base/severity.ts'
import type { Instant } from '../base/time.ts'
import { formatNumber } from '../notice/index.ts'
import type { Tx } from '../store/index.ts'
import { type Both, contactFor, type TaskKind } from './case.ts'

export type TaskRow = {
  readonly id: string
  readonly company: string
  readonly companyName: string
  readonly code: string
  readonly kind: TaskKind
  readonly severity: Severity | null
  readonly text: Both
  readonly dueAt: Instant
  readonly madeAt: Instant
  readonly doneAt: Instant | null
  readonly outcome: string | null
  readonly alert: string | null
  readonly case: string | null
  readonly notice: string | null
  /** `4817-3302-2`, to be said on the telephone. */
  readonly noticeNumber: string | null
  /** For a call: who is next in the chain; null when everybody was tried twice, or nobody is named. */
  readonly callWhom: { readonly id: string; readonly name: string; readonly phone: string | null } | null
  readonly practice: boolean
}

type Row = Omit<TaskRow, 'text' | 'noticeNumber' | 'callWhom'> & {
  textJa: string
  textEn: string
  number: string | null
  vain: number
  contacts: { id: string; name: string; phone: string | null }[] | null
}

const sameCalls = `v.company_id = t.company_id and v.kind = 'call'
  and (v.case_id = t.case_id or v.alert_id = t.alert_id or v.notice_id = t.notice_id)`

const columns = `t.id, t.company_id as company, o.name as "companyName", co.code, t.kind, coalesce(n.severity, c.severity) as severity,
  t.text_ja as "textJa", t.text_en as "textEn", t.due_at as "dueAt", t.made_at as "madeAt", t.done_at as "doneAt", t.outcome,
  t.alert_id as alert, t.case_id as "case", t.notice_id as notice, n.number, t.practice,
  (select count(*)::int from task v where ${sameCalls} and v.outcome = 'not-reached' and v.done_at > coalesce(
    (select max(v.done_at) from task v where ${sameCalls} and v.outcome = 'reached'), '-infinity')) as vain,
  (select json_agg(json_build_object('id', p.id, 'name', p.name, 'phone', p.phone) order by p.contact_order, p.created_at)
    from person p where p.organisation_id = t.company_id and p.ended_at is null and p.contact_order is not null) as contacts
  from task t join organisation o on o.id = t.company_id join company co on co.id = t.company_id
  left join notice n on n.id = t.notice_id left join "case" c on c.id = t.case_id`

/** Tasks of the reader's scope. `where` is ours, never a reader's. */
export async function tasksWhere(tx: Tx, where: string, values: readonly unknown[]): Promise<TaskRow[]> {
  const rows = await tx.rows<Row>(`select ${columns} where ${where}`, values)
  return rows.map(({ textJa, textEn, number, vain, contacts, ...row }) => ({
    ...row,
    text: { ja: textJa, en: textEn },
    noticeNumber: number === null ? null : formatNumber(number),
    callWhom: row.kind === 'call' && row.doneAt === null ? (contactFor(contacts ?? [], vain) ?? null) : null,
  }))
}

/** The open tasks of some companies, by when they are due. */
export async function listTasks(
  tx: Tx,
  query: { readonly companies: readonly string[]; readonly limit?: number },
): Promise<TaskRow[]> {
  return tasksWhere(
    tx,
    't.company_id = any ($1::uuid[]) and t.done_at is null order by t.due_at, t.id limit $2',
    [query.companies, query.limit ?? 200],
  )
}
