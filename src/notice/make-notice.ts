import { moreUrgent, type Severity, urgency } from '../base/severity.ts'
import { day, type Instant } from '../base/time.ts'
import { newId, tell, type Tx } from '../store/index.ts'
import { callBy, dueAt, readServiceHours, type ServiceHours } from './calendar.ts'
import { typeOf } from './catalogue.ts'
import type { Story } from './field.ts'
import { type Written, write } from './fill.ts'
import { lintFilled } from './lint.ts'
import type { Kept, NoticeRecord } from './notice.ts'
import {
  type AlertSubject,
  bringBack,
  findAlertSubject,
  findInstallation,
  findLiveNotice,
  findSilenceSubject,
  isDecidedAway,
  markWithdrawn,
  type NewNotice,
  rewriteNotice,
  saveNotice,
  type SilenceSubject,
} from './store.ts'

type House = { readonly practice: boolean; readonly hours: ServiceHours }

/** The desk's hours and whether this is practice. */
export async function readHouse(tx: Tx): Promise<House> {
  const installation = await findInstallation(tx)
  return {
    practice: installation?.practice ?? false,
    hours: readServiceHours(installation?.deskHours ?? ''),
  }
}

/** What a notice is about, and how urgent it is. */
type Subject = {
  readonly company: string
  readonly alert: string | null
  readonly silence: string | null
  readonly story: Story
  readonly severity: Severity | undefined
  /** Undefined = the default of the type. */
  readonly severityReason: string | undefined
  readonly practice: boolean
  readonly mailTo?: readonly string[]
  readonly again?: boolean
}

function subjectOfAlert(alert: AlertSubject): Subject {
  return {
    company: alert.company,
    alert: alert.id,
    silence: null,
    story: storyOfAlert(alert),
    severity: alert.severity,
    severityReason: alert.severityReason,
    practice: alert.practice,
  }
}

/** What an alert tells its notice. */
export function storyOfAlert(alert: AlertSubject): Story {
  return {
    detection: alert.detection,
    held: alert.held,
    firstAt: alert.firstAt,
    lastAt: alert.lastAt,
    device: alert.nickname === null ? null : { nickname: alert.nickname, person: alert.person },
    facts: alert.facts,
  }
}

const silenceDetections: Readonly<Record<SilenceSubject['class'], string>> = {
  utm: 'hb.gateway.silent',
  mail: 'hb.gateway.silent',
  server: 'hb.server.silent',
  pc: 'hb.endpoint.silent',
  laptop: 'hb.endpoint.silent',
}

function subjectOfSilence(silence: SilenceSubject, now: Instant): Subject {
  const days = Math.floor((now - silence.since) / day)
  return {
    company: silence.company,
    alert: null,
    silence: silence.id,
    story: {
      detection: silenceDetections[silence.class],
      held: null,
      firstAt: silence.since,
      lastAt: now,
      device: silence.nickname === null ? null : { nickname: silence.nickname, person: silence.person },
      facts: days >= 1 ? { since: silence.since, days } : { since: silence.since },
    },
    severity: undefined,
    severityReason: undefined,
    practice: false,
  }
}

/** The finished words of a subject, and what goes beside them. Undefined for a detection nobody wrote a text for. */
export function wordsFor(
  subject: Pick<Subject, 'story' | 'severity'>,
  at: { readonly readAt: Instant; readonly hours: ServiceHours },
): { written: Written; severity: Severity; kept: Kept } | undefined {
  const type = typeOf(subject.story.detection)
  if (!type) return undefined
  const draft = subject.severity ?? type.severity
  const written = write(type, subject.story, { now: at.readAt, callBy: callBy(draft, at.readAt, at.hours) })
  return {
    written,
    severity: subject.severity ?? written.chosen.severity,
    kept: {
      detection: subject.story.detection,
      key: type.key,
      held: subject.story.held,
      problems: lintFilled(written.texts, written.named, type.key),
      story: written.story,
    },
  }
}

/** A notice of this subject as it would be made now; undefined without a text. */
async function draft(tx: Tx, subject: Subject, now: Instant): Promise<NewNotice | undefined> {
  const house = await readHouse(tx)
  const rough = subject.severity ?? typeOf(subject.story.detection)?.severity ?? 'info'
  const words = wordsFor(subject, { readAt: dueAt(rough, now), hours: house.hours })
  if (!words) return undefined
  return {
    id: newId(),
    company: subject.company,
    alert: subject.alert,
    silence: subject.silence,
    type: words.written.type.id,
    variant: words.written.chosen.variant,
    severity: words.severity,
    severityReason: subject.severityReason ?? `type=${words.written.type.id}`,
    facts: {
      ...words.kept,
      ...(subject.mailTo ? { mailTo: subject.mailTo } : {}),
      ...(subject.again ? { again: true } : {}),
    },
    texts: words.written.texts,
    madeAt: now,
    dueAt: dueAt(words.severity, now),
    practice: subject.practice || house.practice,
  }
}

async function make(tx: Tx, notice: NewNotice, now: Instant): Promise<void> {
  await saveNotice(tx, notice)
  await tell(tx, { kind: 'notice.made', company: notice.company, id: notice.id }, now)
}

/** An alert was raised: its notice is made, to go out when its severity says. */
export async function hearAlertRaised(tx: Tx, alertId: string, now: Instant): Promise<void> {
  const alert = await findAlertSubject(tx, alertId)
  if (!alert || alert.canary || (await findLiveNotice(tx, { alert: alertId }))) return
  const notice = await draft(tx, subjectOfAlert(alert), now)
  if (notice) await make(tx, notice, now)
}

/** Whether what is known now must be told again to somebody who may have read the earlier notice. */
function mustTellAgain(earlier: NoticeRecord, next: NewNotice): boolean {
  return (
    urgency(next.severity) < urgency(earlier.severity) ||
    next.type !== earlier.type ||
    next.variant !== earlier.variant
  )
}

/**
 * An alert grew. A notice that is still waiting is rewritten; one that is out is replaced by a new one when the alert became
 * more urgent, became another thing, or what is held changed. More of the same changes nothing.
 */
export async function hearAlertGrew(tx: Tx, alertId: string, now: Instant): Promise<void> {
  const alert = await findAlertSubject(tx, alertId)
  if (!alert || alert.canary || (await isDecidedAway(tx, alertId))) return
  const earlier = await findLiveNotice(tx, { alert: alertId })
  const next = await draft(tx, { ...subjectOfAlert(alert), again: earlier?.handedAt != null }, now)
  if (!next) return
  if (!earlier) return make(tx, next, now)
  if (earlier.handedAt === null) {
    const severity = moreUrgent(earlier.severity, next.severity)
    const sooner = severity === earlier.severity ? earlier.dueAt : Math.min(earlier.dueAt, next.dueAt)
    await rewriteNotice(tx, { ...next, id: earlier.id, dueAt: sooner })
    if (sooner < earlier.dueAt)
      await tell(tx, { kind: 'notice.made', company: next.company, id: earlier.id }, now)
    return
  }
  if (!mustTellAgain(earlier, next)) return
  await markWithdrawn(tx, earlier.id, now)
  await make(tx, next, now)
}

/** An alert was decided: closed or merged before its notice went out, the notice is taken back; undone, it is brought back. */
export async function hearAlertDecided(tx: Tx, alertId: string, now: Instant): Promise<void> {
  if (!(await isDecidedAway(tx, alertId))) return bringBack(tx, alertId)
  const waiting = await findLiveNotice(tx, { alert: alertId })
  if (waiting && waiting.handedAt === null) await markWithdrawn(tx, waiting.id, now)
}

/** A silence reached the owner's limit. */
export async function hearSilenceFound(tx: Tx, silenceId: string, now: Instant): Promise<void> {
  const silence = await findSilenceSubject(tx, silenceId)
  if (!silence || silence.canary || (await findLiveNotice(tx, { silence: silenceId }))) return
  const notice = await draft(tx, subjectOfSilence(silence, now), now)
  if (notice) await make(tx, notice, now)
}

/**
 * A silence ended: a notice that is still waiting is taken back; to whoever answered one that was out, we say that it is back
 * (their button promised it).
 */
export async function hearSilenceEnded(tx: Tx, silenceId: string, now: Instant): Promise<void> {
  const silence = await findSilenceSubject(tx, silenceId)
  const earlier = await findLiveNotice(tx, { silence: silenceId })
  if (!silence || !earlier) return
  if (earlier.handedAt === null) return markWithdrawn(tx, earlier.id, now)
  const promised = await tx.rows<{ person: string }>(
    `select distinct by_person as person from notice_answer where notice_id = $1 and action = 'recheck'`,
    [earlier.id],
  )
  if (promised.length === 0) return
  const gateway = silence.class === 'utm' || silence.class === 'mail'
  const subject = subjectOfSilence(silence, now)
  const notice = await draft(
    tx,
    {
      ...subject,
      silence: null,
      story: {
        ...subject.story,
        detection: gateway ? 'hb.gateway.back' : 'hb.endpoint.back',
        facts: { since: silence.since, time: now, ...(gateway ? { equipment: 'utm' } : {}) },
      },
      mailTo: promised.map((each) => each.person),
    },
    now,
  )
  if (notice) await make(tx, notice, now)
}
