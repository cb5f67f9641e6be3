import { moreUrgent } from '../base/severity.ts'
import { day, type Instant } from '../base/time.ts'
import {
  acts,
  type AnswerRecord,
  callBy,
  findAnswers,
  formatNumber,
  lockNotice,
  type NoticeRecord,
  readHouse,
} from '../notice/index.ts'
import { tell, type Tx } from '../store/index.ts'
import type { TaskKind } from './case.ts'
import { beginCase, companyName, linkNotice } from './begin-case.ts'
import { say } from './say.ts'
import { type CaseRecord, endTasks, findOpenCase, lockCase, makeTask, raiseCase, saveEntry } from './store.ts'

/** Closes an alert, as the alert's own door does it; handed in by whoever puts the program together. */
export type CloseAlert = (
  tx: Tx,
  what: {
    readonly company: string
    readonly alert: string
    readonly by: string | null
    readonly reason: 'permitted' | 'handled'
    readonly note: string
  },
  now: Instant,
) => Promise<void>

/** The case of a notice: its own, or the open one of its alert. */
async function caseOf(tx: Tx, notice: NoticeRecord): Promise<CaseRecord | undefined> {
  if (notice.case !== null) {
    const found = await lockCase(tx, notice.case)
    if (found && found.closedAt === null) return found
  }
  return notice.alert === null ? undefined : findOpenCase(tx, notice.company, notice.alert)
}

/**
 * A notice went out. いますぐ: the program opens the case (once per alert) and a person phones within 15 minutes. 今日中: a person
 * phones unless there is an answer by then. Otherwise only an open case takes note of it.
 */
export async function hearNoticeHanded(tx: Tx, noticeId: string, now: Instant): Promise<void> {
  const notice = await lockNotice(tx, noticeId)
  if (!notice) return
  const urgent = notice.severity === 'now'
  const found = await caseOf(tx, notice)
  const opened =
    found ?? (urgent ? await beginCase(tx, { notice, by: null, severity: 'now' }, now) : undefined)
  if (opened) {
    await linkNotice(tx, opened, notice.id)
    if (moreUrgent(opened.severity, notice.severity) !== opened.severity) {
      await raiseCase(tx, opened.id, notice.severity)
    }
    await saveEntry(tx, {
      company: notice.company,
      case: opened.id,
      at: now,
      by: null,
      kind: 'notice',
      forOwner: true,
      text: say((words, lang) => words.noticed(notice.texts[lang].title, formatNumber(notice.number))),
      detail: { notice: notice.id },
    })
    await tell(tx, { kind: 'case.changed', company: notice.company, id: opened.id }, now)
  }
  if (!urgent && notice.severity !== 'today') return
  const { hours } = await readHouse(tx)
  const company = await companyName(tx, notice.company)
  await makeTask(
    tx,
    {
      company: notice.company,
      kind: 'call',
      alert: notice.alert,
      case: opened?.id ?? null,
      notice: notice.id,
      dueAt: urgent ? now + callWithin : callBy('today', now, hours),
      text: say((words) => (urgent ? words.task.call(company) : words.task.callUnanswered(company))),
      practice: notice.practice,
    },
    now,
  )
}

/** A person phones about an いますぐ within 15 minutes of its handing over, day and night. */
const callWithin = 15 * 60_000

/** What an answer sets in motion, besides the entry in the timeline. */
const workOf: Readonly<Record<AnswerRecord['action'], TaskKind | undefined>> = {
  none: undefined,
  close: undefined,
  'call-back': undefined,
  case: undefined,
  contain: 'contain',
  'close-entry': 'close-entry',
  recheck: 'recheck',
  'retire-device': undefined,
  'name-device': 'name-device',
  'act-for-owner': 'act-for-owner',
}

/**
 * An owner answered: the timeline takes note, the work that was promised becomes tasks, a case is opened where the action
 * asks for one. What acts without consent makes only the call that asks for it.
 */
export async function hearNoticeAnswered(
  tx: Tx,
  message: { readonly notice: string; readonly answer: string; readonly closeAlert: CloseAlert | undefined },
  now: Instant,
): Promise<void> {
  const notice = await lockNotice(tx, message.notice)
  const answers = await findAnswers(tx, [message.notice])
  const answer = answers.find((each) => each.id === message.answer)
  if (!notice || !answer) return
  const waits = acts(answer.action, notice.severity) && !answer.consent
  const wantsCase = !waits && (answer.action === 'case' || answer.action === 'contain')
  const opened =
    (await caseOf(tx, notice)) ??
    (wantsCase ? await beginCase(tx, { notice, by: null, severity: notice.severity }, now) : undefined)
  if (opened) await noteAnswer(tx, { opened, notice, answer, waits, first: answers[0]?.id === answer.id })
  const calls =
    waits ||
    (notice.texts.ja.answers.find((each) => each.id === answer.answer)?.reply ?? '').includes('{callBy}')
  await makeWork(tx, { notice, answer, opened, waits, calls }, now)
  if (!calls) await endUnansweredCalls(tx, notice, now)
  if (!waits && answer.action === 'close' && !opened && !calls && notice.alert !== null) {
    await message.closeAlert?.(
      tx,
      {
        company: notice.company,
        alert: notice.alert,
        by: answer.by,
        reason: 'permitted',
        note: answer.labelJa,
      },
      now,
    )
  }
  if (opened) await tell(tx, { kind: 'case.changed', company: notice.company, id: opened.id }, now)
}

type Given = {
  readonly opened: CaseRecord
  readonly notice: NoticeRecord
  readonly answer: AnswerRecord
  readonly waits: boolean
  readonly first: boolean
}

async function noteAnswer(tx: Tx, { opened, notice, answer, waits, first }: Given): Promise<void> {
  await linkNotice(tx, opened, notice.id)
  await saveEntry(tx, {
    company: notice.company,
    case: opened.id,
    at: answer.at,
    by: { person: answer.by, name: answer.byName },
    kind: 'answer',
    forOwner: true,
    text: say((words, lang) => {
      const label = lang === 'ja' ? answer.labelJa : answer.labelEn
      if (answer.via === 'call') return words.answeredByCall(label)
      if (waits) return words.answeredByLink(label)
      return first ? words.answered(label) : words.changed(label)
    }),
    detail: { notice: notice.id, answer: answer.answer, via: answer.via, consent: answer.consent },
  })
}

type Work = {
  readonly notice: NoticeRecord
  readonly answer: AnswerRecord
  readonly opened: CaseRecord | undefined
  readonly waits: boolean
  readonly calls: boolean
}

async function makeWork(tx: Tx, { notice, answer, opened, waits, calls }: Work, now: Instant): Promise<void> {
  const { hours } = await readHouse(tx)
  const until = callBy(notice.severity, now, hours)
  const about = {
    company: notice.company,
    alert: notice.alert,
    case: opened?.id ?? null,
    notice: notice.id,
    practice: notice.practice,
  }
  const company = await companyName(tx, notice.company)
  if (calls || waits) {
    const text = say((words, lang) => {
      const label = lang === 'ja' ? answer.labelJa : answer.labelEn
      return waits ? words.task.callConfirm(company, label) : words.task.callAnswer(company, label)
    })
    await makeTask(tx, { ...about, kind: 'call', dueAt: until, text }, now)
  }
  const kind = waits ? undefined : workOf[answer.action]
  if (kind === undefined || kind === 'call') return
  const text = say((words, lang) => words.task[kind](notice.facts.story[lang]))
  await makeTask(tx, { ...about, kind, dueAt: dueOf(kind, now, until), text }, now)
}

/** When promised work is due: containment at once, what we do for the owner in three days, the rest by the call. */
function dueOf(kind: TaskKind, now: Instant, until: Instant): Instant {
  if (kind === 'contain') return now
  return kind === 'act-for-owner' ? now + 3 * day : until
}

/** The call that was due "unless they answer" is not needed any more; いますぐ is phoned all the same. */
async function endUnansweredCalls(tx: Tx, notice: NoticeRecord, now: Instant): Promise<void> {
  if (notice.severity === 'now') return
  await endTasks(
    tx,
    { where: `kind = 'call' and company_id = $4 and notice_id = $5`, values: [notice.company, notice.id] },
    { outcome: 'answered', by: null, now },
  )
}

/** A silence ended: what was to be looked at has come back; a call that somebody asked for is still made. */
export async function hearSilenceEnded(tx: Tx, silence: string, now: Instant): Promise<void> {
  await endTasks(
    tx,
    {
      where: `notice_id in (select n.id from notice n where n.silence_id = $4 and (task.kind = 'recheck' or not exists
        (select 1 from notice_answer a where a.notice_id = n.id))) and kind in ('recheck', 'call')`,
      values: [silence],
    },
    { outcome: 'recovered', by: null, now },
  )
}

/** An alert was closed or merged: the call that nobody asked for is not needed; a case goes on until it is closed itself. */
export async function hearAlertDecided(tx: Tx, alert: string, now: Instant): Promise<void> {
  await endTasks(
    tx,
    {
      where: `kind = 'call' and alert_id = $4 and case_id is null
        and exists (select 1 from alert_decision d where d.alert_id = $4 and d.kind in ('closing', 'merge') and d.withdrawn_at is null)
        and not exists (select 1 from notice_answer a where a.notice_id = task.notice_id)`,
      values: [alert],
    },
    { outcome: 'alert-closed', by: null, now },
  )
}
