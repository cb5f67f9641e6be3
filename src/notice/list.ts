import type { Severity } from '../base/severity.ts'
import { fromJst, type Instant } from '../base/time.ts'
import { moment, type Tx } from '../store/index.ts'
import { type NoticeRecord, type NoticeState, stateOf } from './notice.ts'
import { formatNumber } from './number.ts'
import type { Both } from './show.ts'
import { ended, type StandingRow, standing } from './standing.ts'
import { noticeColumns } from './store.ts'

/** A notice in a list. */
export type NoticeRow = {
  readonly id: string
  readonly company: string
  readonly number: string
  readonly type: string
  readonly key: string
  readonly severity: Severity
  readonly title: Both
  readonly state: NoticeState
  readonly madeAt: Instant
  readonly handedAt: Instant | null
  readonly answeredAt: Instant | null
  readonly answerLabel: Both | null
  readonly device: string | null
  readonly case: string | null
  readonly practice: boolean
}

type ListRow = NoticeRecord &
  StandingRow & {
    answeredAt: Instant | null
    labelJa: string | null
    labelEn: string | null
    nickname: string | null
  }

async function rowsWhere(tx: Tx, where: string, values: readonly unknown[]): Promise<NoticeRow[]> {
  const rows = await tx.rows<ListRow>(
    `select ${noticeColumns}, ${standing}, a.at as "answeredAt", a.label_ja as "labelJa", a.label_en as "labelEn", d.nickname
     from notice n
     left join lateral (select at, label_ja, label_en from notice_answer where notice_id = n.id order by at desc, id limit 1) a on true
     left join alert al on al.id = n.alert_id left join device d on d.id = al.device_id
     where not n.canary and ${where}`,
    values,
  )
  return rows.map((row) => ({
    id: row.id,
    company: row.company,
    number: formatNumber(row.number),
    type: row.type,
    key: row.facts.key,
    severity: row.severity,
    title: { ja: row.texts.ja.title, en: row.texts.en.title },
    state: stateOf(row),
    madeAt: row.madeAt,
    handedAt: row.handedAt,
    answeredAt: row.answeredAt,
    answerLabel: row.labelJa === null || row.labelEn === null ? null : { ja: row.labelJa, en: row.labelEn },
    device: row.nickname,
    case: row.case,
    practice: row.practice,
  }))
}

/**
 * Notices of some companies, newest first; never a canary.
 * @param query.month only those made in this month of Japan, `YYYY-MM`
 * @param query.state `open` = those that wait for an answer
 */
export async function listNotices(
  tx: Tx,
  query: {
    readonly companies: readonly string[]
    readonly month?: string
    readonly state?: 'open' | 'all'
    readonly limit?: number
  },
): Promise<NoticeRow[]> {
  const [from, to] = monthOf(query.month)
  const out = query.state === 'all' ? 'true' : 'n.handed_at is not null'
  const rows = await rowsWhere(
    tx,
    `n.company_id = any ($1::uuid[]) and n.made_at >= $2 and n.made_at < $3 and ${out}
     order by n.made_at desc, n.id limit $4`,
    [query.companies, moment(from), moment(to), query.limit ?? 200],
  )
  return query.state === 'open' ? rows.filter((row) => row.state === 'open') : rows
}

function monthOf(month: string | undefined): [Instant, Instant] {
  const found = /^(\d{4})-(\d{2})$/.exec(month ?? '')
  if (!found) return [0, fromJst({ year: 9999, month: 1, day: 1 })]
  const [year, of] = [Number(found[1]), Number(found[2])]
  return [fromJst({ year, month: of, day: 1 }), fromJst({ year, month: of + 1, day: 1 })]
}

/** The notices of one alert, newest first, waiting ones too. */
export async function noticesOfAlert(tx: Tx, alert: string): Promise<NoticeRow[]> {
  return rowsWhere(tx, 'n.alert_id = $1 order by n.made_at desc, n.id', [alert])
}

/** The notices of one case, oldest first. */
export async function noticesOfCase(tx: Tx, case_: string): Promise<NoticeRow[]> {
  return rowsWhere(tx, 'n.case_id = $1 order by n.made_at, n.id', [case_])
}

/** What the owner's home is made of. */
export type HomeNotices = {
  /** いますぐ: without an answer, or whose case is open and not yet held. */
  readonly urgent: readonly NoticeRow[]
  /** 今日中 and 今週中 without an answer, most urgent first. */
  readonly toSee: readonly NoticeRow[]
  /** The three newest, whatever their state. */
  readonly recent: readonly NoticeRow[]
}

/** The notices that decide what the owner's home says. */
export async function homeNotices(tx: Tx, company: string): Promise<HomeNotices> {
  const notHeld = `n.severity = 'now' and n.case_id is not null
    and not exists (select 1 from case_closing k where k.case_id = n.case_id)
    and not exists (select 1 from case_entry e where e.case_id = n.case_id and e.kind = 'stage' and e.detail->>'stage' = 'held')`
  const rows = await rowsWhere(
    tx,
    `n.company_id = $1 and n.handed_at is not null and n.withdrawn_at is null
     and n.severity in ('now', 'today', 'week') and not ${ended}
     and (not exists (select 1 from notice_answer x where x.notice_id = n.id) or (${notHeld}))
     order by array_position(array['now','today','week'], n.severity), n.handed_at desc, n.id`,
    [company],
  )
  return {
    urgent: rows.filter((row) => row.severity === 'now'),
    toSee: rows.filter((row) => row.severity !== 'now'),
    recent: await rowsWhere(
      tx,
      'n.company_id = $1 and n.handed_at is not null and n.withdrawn_at is null order by n.handed_at desc, n.id limit 3',
      [company],
    ),
  }
}
