import type { Severity } from '../base/severity.ts'
import type { Instant } from '../base/time.ts'
import { moment, type Tx } from '../store/index.ts'
import type { Held } from './field.ts'
import type { AnswerRecord, NoticeRecord } from './notice.ts'
import { randomNumber } from './number.ts'

/** What an alert tells a notice. */
export type AlertSubject = {
  readonly id: string
  readonly company: string
  readonly detection: string
  readonly severity: Severity
  readonly severityReason: string
  readonly held: Held | null
  readonly facts: Readonly<Record<string, unknown>>
  readonly firstAt: Instant
  readonly lastAt: Instant
  readonly practice: boolean
  readonly nickname: string | null
  readonly person: string | null
  readonly canary: boolean
}

/** One alert of the scope, with its device. */
export async function findAlertSubject(tx: Tx, alert: string): Promise<AlertSubject | undefined> {
  return tx.one<AlertSubject>(
    `select a.id, a.company_id as company, a.detection, a.severity, a.severity_reason as "severityReason", a.held, a.facts,
       a.first_at as "firstAt", a.last_at as "lastAt", a.practice,
       d.nickname, d.person_name as person, c.canary
     from alert a join company c on c.id = a.company_id left join device d on d.id = a.device_id where a.id = $1`,
    [alert],
  )
}

/** What a silence tells a notice. */
export type SilenceSubject = {
  readonly id: string
  readonly company: string
  readonly since: Instant
  readonly endedAt: Instant | null
  readonly class: 'utm' | 'server' | 'pc' | 'laptop' | 'mail'
  readonly nickname: string | null
  readonly person: string | null
  readonly canary: boolean
}

/** One silence of the scope, with its sensor and device. */
export async function findSilenceSubject(tx: Tx, silence: string): Promise<SilenceSubject | undefined> {
  return tx.one<SilenceSubject>(
    `select x.id, x.company_id as company, x.since, x.ended_at as "endedAt", s.class, coalesce(d.nickname, s.name) as nickname,
       d.person_name as person, c.canary
     from silence x join company c on c.id = x.company_id join sensor s on s.id = x.sensor_id
     left join device d on d.id = s.device_id where x.id = $1`,
    [silence],
  )
}

/** Whose installation this is; undefined before the first run. */
export async function findInstallation(
  tx: Tx,
): Promise<{ provider: string; practice: boolean; deskPhone: string; deskHours: string } | undefined> {
  return tx.one(
    `select provider_id as provider, practice, desk_phone as "deskPhone", desk_hours as "deskHours" from installation`,
  )
}

export const noticeColumns = `n.id, n.company_id as company, n.alert_id as alert, n.silence_id as silence, n.case_id as "case", n.number,
  n.type, n.variant, n.severity, n.severity_reason as "severityReason", n.facts, n.texts, n.made_at as "madeAt", n.due_at as "dueAt",
  n.handed_at as "handedAt", n.next_contact_at as "nextContactAt", n.withdrawn_at as "withdrawnAt", n.practice`

/** A notice that is made. */
export type NewNotice = Omit<
  NoticeRecord,
  'number' | 'case' | 'handedAt' | 'nextContactAt' | 'withdrawnAt'
> & {
  readonly canary?: boolean
}

/** Stores a notice under a number that nobody has; the case of its alert's earlier notice goes with it. */
export async function saveNotice(tx: Tx, notice: NewNotice): Promise<string> {
  for (;;) {
    const number = randomNumber(8)
    const saved = await tx.run(
      `insert into notice (id, company_id, alert_id, silence_id, case_id, number, type, variant, severity, severity_reason, facts,
         texts, made_at, due_at, practice, canary)
       values ($1, $2, $3, $4, (select case_id from notice where alert_id = $3 and case_id is not null order by made_at desc limit 1),
         $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
       on conflict (number) do nothing`,
      [
        notice.id,
        notice.company,
        notice.alert,
        notice.silence,
        number,
        notice.type,
        notice.variant,
        notice.severity,
        notice.severityReason,
        JSON.stringify(notice.facts),
        JSON.stringify(notice.texts),
        moment(notice.madeAt),
        moment(notice.dueAt),
        notice.practice,
        notice.canary ?? false,
      ],
    )
    if (saved === 1) return number
  }
}

/** Rewrites a notice that nobody has read yet. */
export async function rewriteNotice(tx: Tx, notice: NewNotice): Promise<void> {
  await tx.run(
    `update notice set type = $2, variant = $3, severity = $4, severity_reason = $5, facts = $6, texts = $7, due_at = $8
     where id = $1 and handed_at is null`,
    [
      notice.id,
      notice.type,
      notice.variant,
      notice.severity,
      notice.severityReason,
      JSON.stringify(notice.facts),
      JSON.stringify(notice.texts),
      moment(notice.dueAt),
    ],
  )
}

/** The newest notice of an alert or a silence that was not withdrawn, locked for this transaction. */
export async function findLiveNotice(
  tx: Tx,
  of: { readonly alert: string } | { readonly silence: string },
): Promise<NoticeRecord | undefined> {
  const [column, id] = 'alert' in of ? ['alert_id', of.alert] : ['silence_id', of.silence]
  const found = await tx.rows<NoticeRecord>(
    `select ${noticeColumns} from notice n where n.${column} = $1 and n.withdrawn_at is null
     order by n.made_at desc, n.id limit 1 for update of n`,
    [id],
  )
  return found[0]
}

/** One notice of the scope, locked for this transaction. */
export async function lockNotice(tx: Tx, id: string): Promise<NoticeRecord | undefined> {
  return tx.one<NoticeRecord>(
    `select ${noticeColumns} from notice n where n.id = $1 and not n.canary for update of n`,
    [id],
  )
}

/** Takes a notice back, or out of the way of a newer one. */
export async function markWithdrawn(tx: Tx, id: string, now: Instant): Promise<void> {
  await tx.run('update notice set withdrawn_at = $2 where id = $1 and withdrawn_at is null', [
    id,
    moment(now),
  ])
}

/** Brings back the newest notice of an alert that was taken back before it went out (an undone closing). */
export async function bringBack(tx: Tx, alert: string): Promise<void> {
  await tx.run(
    `update notice set withdrawn_at = null where id = (
       select id from notice where alert_id = $1 order by made_at desc, id limit 1)
     and withdrawn_at is not null and handed_at is null`,
    [alert],
  )
}

/** Marks a notice as handed over, with what became known by then. */
export async function markHanded(
  tx: Tx,
  notice: {
    readonly id: string
    readonly handedAt: Instant
    readonly nextContactAt: Instant | null
    readonly staff: string
  },
): Promise<void> {
  await tx.run(
    `update notice set handed_at = $2, next_contact_at = $3, facts = facts || jsonb_build_object('staff', $4::text) where id = $1`,
    [
      notice.id,
      moment(notice.handedAt),
      notice.nextContactAt === null ? null : moment(notice.nextContactAt),
      notice.staff,
    ],
  )
}

/** Whether an alert is decided away: closed or merged into another, not undone. */
export async function isDecidedAway(tx: Tx, alert: string): Promise<boolean> {
  const found = await tx.rows(
    `select 1 from alert_decision where alert_id = $1 and kind in ('closing', 'merge') and withdrawn_at is null limit 1`,
    [alert],
  )
  return found.length > 0
}

/** The answers to some notices, oldest first. */
export async function findAnswers(tx: Tx, notices: readonly string[]): Promise<AnswerRecord[]> {
  return tx.rows<AnswerRecord>(
    `select a.id, a.notice_id as notice, a.answer, a.action, a.label_ja as "labelJa", a.label_en as "labelEn",
       a.reply_ja as "replyJa", a.reply_en as "replyEn", a.by_person as by, p.name as "byName", a.at, a.via, a.consent
     from notice_answer a join person p on p.id = a.by_person where a.notice_id = any ($1::uuid[]) order by a.at, a.id`,
    [notices],
  )
}

/** Keeps an answer. */
export async function saveAnswer(tx: Tx, company: string, answer: AnswerRecord): Promise<void> {
  await tx.run(
    `insert into notice_answer (id, company_id, notice_id, answer, action, label_ja, label_en, reply_ja, reply_en, by_person, at, via, consent)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      answer.id,
      company,
      answer.notice,
      answer.answer,
      answer.action,
      answer.labelJa,
      answer.labelEn,
      answer.replyJa,
      answer.replyEn,
      answer.by,
      moment(answer.at),
      answer.via,
      answer.consent,
    ],
  )
}

/** Remembers that a person opened a notice: a fact about the delivery, nothing else changes. */
export async function markRead(
  tx: Tx,
  read: { readonly notice: string; readonly person: string; readonly now: Instant },
): Promise<void> {
  await tx.run(
    `update notice_delivery set read_at = $3, state = case when state in ('handed', 'delivered') then 'read' else state end
     where notice_id = $1 and person_id = $2 and read_at is null and state <> 'queued'`,
    [read.notice, read.person, moment(read.now)],
  )
}
