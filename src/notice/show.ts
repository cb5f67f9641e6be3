import { fault } from '../base/fault.ts'
import type { Severity } from '../base/severity.ts'
import type { Instant } from '../base/time.ts'
import type { Tx } from '../store/index.ts'
import { callBy, readServiceHours, type ServiceHours } from './calendar.ts'
import { type ActionId, acts, type Lang, noticeCatalogue } from './catalogue.ts'
import type { Held } from './field.ts'
import { fillReply, type Texts } from './fill.ts'
import type { LintProblem } from './lint.ts'
import { type AnswerRecord, type NoticeRecord, type NoticeState, stateOf, takesAnswers } from './notice.ts'
import { formatNumber } from './number.ts'
import { sayDuration, sayUntil } from './say-time.ts'
import { type StandingRow, standing } from './standing.ts'
import { findAnswers, findInstallation, noticeColumns } from './store.ts'

export type Both = Readonly<Record<Lang, string>>

/** A button, and what pressing it now brings. */
export type Choice = {
  readonly id: string
  readonly action: ActionId
  /** Needs the owner signed in, or a call back. */
  readonly acts: boolean
  readonly label: Both
  readonly then: Both
}

export type AnswerView = {
  readonly id: string
  readonly answer: string
  readonly action: ActionId
  readonly label: Both
  readonly reply: Both
  readonly by: { readonly id: string; readonly name: string }
  readonly at: Instant
  readonly via: AnswerRecord['via']
  readonly consent: boolean
  /** It took the place of another answer. */
  readonly changed: boolean
}

export type DeliveryView = {
  readonly person: { readonly id: string; readonly name: string }
  readonly channel: 'mail' | 'portal'
  readonly state: 'queued' | 'handed' | 'delivered' | 'read' | 'answered' | 'refused' | 'failed'
  readonly queuedAt: Instant
  readonly handedAt: Instant | null
  readonly readAt: Instant | null
  readonly tries: number
  readonly nextTryAt: Instant | null
  readonly error: string | null
}

export type NoticeView = {
  readonly id: string
  readonly company: string
  readonly companyName: string
  /** `4817-3302-2`. */
  readonly number: string
  readonly type: string
  readonly key: string
  readonly variant: string | null
  readonly severity: Severity
  readonly severityReason: string
  readonly state: NoticeState
  readonly texts: Readonly<Record<Lang, Texts>>
  /** Empty when nothing can be answered any more. */
  readonly choices: readonly Choice[]
  /** Oldest first; the last one stands. */
  readonly answers: readonly AnswerView[]
  readonly deliveries: readonly DeliveryView[]
  readonly madeAt: Instant
  readonly dueAt: Instant
  readonly handedAt: Instant | null
  readonly nextContactAt: Instant | null
  readonly staff: string | null
  readonly held: Held | null
  readonly alert: string | null
  readonly silence: string | null
  readonly case: { readonly id: string; readonly number: string; readonly closedAt: Instant | null } | null
  readonly device: {
    readonly id: string
    readonly nickname: string
    readonly place: string | null
    readonly person: string | null
  } | null
  /** The newer notice that took its place. */
  readonly later: string | null
  readonly practice: boolean
  readonly problems: readonly LintProblem[]
}

/** When a reply is said, and on which way in. */
export type Saying = {
  readonly now: Instant
  readonly hours: ServiceHours
  /** From when the reader's time to an answer is counted. */
  readonly since: Instant
}

/** A reply in both languages as said now; `pending` for an answer that acts and waits for a call. */
export function replyNow(
  replies: Both,
  severity: Severity,
  at: Saying & { readonly pending: boolean },
): { texts: Both; callBy: Instant; calls: boolean } {
  const until = callBy(severity, at.now, at.hours)
  const said = at.pending ? noticeCatalogue().pending : replies
  const one = (lang: Lang): string =>
    fillReply(said[lang], {
      callBy: sayUntil(until, at.now, lang),
      elapsed: sayDuration(at.now - at.since, lang, true),
    })
  return { texts: { ja: one('ja'), en: one('en') }, callBy: until, calls: said.ja.includes('{callBy}') }
}

/** Whether an answer waits for a call when given on this way in. */
export function waitsForCall(action: ActionId, severity: Severity, mayAct: boolean): boolean {
  return !mayAct && acts(action, severity)
}

/** The buttons of texts, each with what follows. */
export function choicesOf(
  texts: Readonly<Record<Lang, Texts>>,
  severity: Severity,
  at: Saying & { readonly mayAct: boolean },
): Choice[] {
  return texts.ja.answers.map((answer, index) => {
    const en = texts.en.answers[index] ?? answer
    const pending = waitsForCall(answer.action, severity, at.mayAct)
    return {
      id: answer.id,
      action: answer.action,
      acts: acts(answer.action, severity),
      label: { ja: answer.label, en: en.label },
      then: replyNow({ ja: answer.reply, en: en.reply }, severity, { ...at, pending }).texts,
    }
  })
}

type ViewRow = NoticeRecord &
  StandingRow & {
    companyName: string
    caseNumber: string | null
    caseClosedAt: Instant | null
    deviceId: string | null
    nickname: string | null
    place: string | null
    devicePerson: string | null
  }

/**
 * One notice of the reader's scope, with everything a page shows.
 * @param options.via `link` (also for a member): what acts is only taken down and waits for a call
 * Faults: NOT_FOUND.
 */
export async function noticeView(
  tx: Tx,
  id: string,
  options: { readonly now: Instant; readonly via?: 'portal' | 'link' },
): Promise<NoticeView> {
  const row = await tx.one<ViewRow>(
    `select ${noticeColumns}, ${standing}, o.name as "companyName", k.number as "caseNumber", kc.at as "caseClosedAt",
       d.id as "deviceId", d.nickname, d.place, d.person_name as "devicePerson"
     from notice n join organisation o on o.id = n.company_id
     left join "case" k on k.id = n.case_id left join case_closing kc on kc.case_id = n.case_id
     left join alert a on a.id = n.alert_id left join silence x on x.id = n.silence_id left join sensor s on s.id = x.sensor_id
     left join device d on d.id = coalesce(a.device_id, s.device_id)
     where n.id = $1 and not n.canary`,
    [id],
  )
  if (!row) throw fault('NOT_FOUND')
  const installation = await findInstallation(tx)
  const state = stateOf(row)
  const answers = await findAnswers(tx, [id])
  const choices = takesAnswers(state)
    ? choicesOf(row.texts, row.severity, {
        now: options.now,
        hours: readServiceHours(installation?.deskHours ?? ''),
        since: row.handedAt ?? row.madeAt,
        mayAct: options.via !== 'link',
      })
    : []
  return show(row, { state, choices, answers, deliveries: await findDeliveries(tx, id) })
}

function show(
  row: ViewRow,
  with_: {
    state: NoticeState
    choices: readonly Choice[]
    answers: readonly AnswerRecord[]
    deliveries: readonly DeliveryView[]
  },
): NoticeView {
  return {
    id: row.id,
    company: row.company,
    companyName: row.companyName,
    number: formatNumber(row.number),
    type: row.type,
    key: row.facts.key,
    variant: row.variant,
    severity: row.severity,
    severityReason: row.severityReason,
    state: with_.state,
    texts: row.texts,
    choices: with_.choices,
    answers: with_.answers.map(showAnswer),
    deliveries: with_.deliveries,
    madeAt: row.madeAt,
    dueAt: row.dueAt,
    handedAt: row.handedAt,
    nextContactAt: row.nextContactAt,
    staff: row.facts.staff ?? null,
    held: row.facts.held,
    alert: row.alert,
    silence: row.silence,
    case:
      row.case === null || row.caseNumber === null
        ? null
        : { id: row.case, number: row.caseNumber, closedAt: row.caseClosedAt },
    device:
      row.deviceId === null || row.nickname === null
        ? null
        : { id: row.deviceId, nickname: row.nickname, place: row.place, person: row.devicePerson },
    later: row.later,
    practice: row.practice,
    problems: row.facts.problems,
  }
}

/** An answer, as shown. */
export function showAnswer(answer: AnswerRecord, index: number, all: readonly AnswerRecord[]): AnswerView {
  const before = all[index - 1]
  return {
    id: answer.id,
    answer: answer.answer,
    action: answer.action,
    label: { ja: answer.labelJa, en: answer.labelEn },
    reply: { ja: answer.replyJa, en: answer.replyEn },
    by: { id: answer.by, name: answer.byName },
    at: answer.at,
    via: answer.via,
    consent: answer.consent,
    changed: before !== undefined && before.answer !== answer.answer,
  }
}

type DeliveryRow = Omit<DeliveryView, 'person'> & { personId: string; personName: string }

async function findDeliveries(tx: Tx, notice: string): Promise<DeliveryView[]> {
  const rows = await tx.rows<DeliveryRow>(
    `select p.id as "personId", p.name as "personName", d.channel, d.state, d.queued_at as "queuedAt", d.handed_at as "handedAt",
       d.read_at as "readAt", d.tries, d.next_try_at as "nextTryAt", d.error
     from notice_delivery d join person p on p.id = d.person_id where d.notice_id = $1
     order by p.contact_order nulls last, p.name, d.channel`,
    [notice],
  )
  return rows.map(({ personId, personName, ...rest }) => ({
    ...rest,
    person: { id: personId, name: personName },
  }))
}
