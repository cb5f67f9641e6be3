import type { Severity } from '../base/severity.ts'
import type { Instant } from '../base/time.ts'
import type { ActionId, Lang } from './catalogue.ts'
import type { Held } from './field.ts'
import type { Texts } from './fill.ts'
import type { LintProblem } from './lint.ts'

/**
 * Where a notice stands. waiting: not due yet · open: out, no answer · answered · superseded: a newer one took its place ·
 * withdrawn: taken back before it went out · over: its alert, case or silence has ended.
 */
export type NoticeState = 'waiting' | 'open' | 'answered' | 'superseded' | 'withdrawn' | 'over'

/** What is kept beside the frozen texts of a notice. */
export type Kept = {
  readonly detection: string
  readonly key: string
  readonly held: Held | null
  readonly problems: readonly LintProblem[]
  readonly story: Readonly<Record<Lang, string>>
  /** Who looks after it: the analyst, or the provider; from the moment it was handed over. */
  readonly staff?: string
  /** People who get it by mail although its severity is not mailed. */
  readonly mailTo?: readonly string[]
  /** Sent again because more is known: the mail says so. */
  readonly again?: boolean
}

/** A notice as it is stored. */
export type NoticeRecord = {
  readonly id: string
  readonly company: string
  readonly alert: string | null
  readonly silence: string | null
  readonly case: string | null
  /** Nine digits. */
  readonly number: string
  readonly type: string
  readonly variant: string | null
  readonly severity: Severity
  readonly severityReason: string
  readonly facts: Kept
  readonly texts: Readonly<Record<Lang, Texts>>
  readonly madeAt: Instant
  readonly dueAt: Instant
  readonly handedAt: Instant | null
  readonly nextContactAt: Instant | null
  readonly withdrawnAt: Instant | null
  readonly practice: boolean
}

/** What the state of a notice hangs on. */
export type Standing = {
  readonly handedAt: Instant | null
  readonly withdrawnAt: Instant | null
  /** Id of the notice that took its place. */
  readonly later: string | null
  readonly answered: boolean
  /** Alert closed, case closed, or silence ended. */
  readonly ended: boolean
}

/** Where a notice stands, from the records alone. */
export function stateOf(standing: Standing): NoticeState {
  if (standing.withdrawnAt !== null) return standing.later === null ? 'withdrawn' : 'superseded'
  if (standing.handedAt === null) return 'waiting'
  if (standing.ended) return 'over'
  return standing.answered ? 'answered' : 'open'
}

/** Whether an answer may still be pressed. */
export function takesAnswers(state: NoticeState): boolean {
  return state === 'open' || state === 'answered'
}

/** An answer somebody gave. */
export type AnswerRecord = {
  readonly id: string
  readonly notice: string
  readonly answer: string
  readonly action: ActionId
  readonly labelJa: string
  readonly labelEn: string
  readonly replyJa: string
  readonly replyEn: string
  readonly by: string
  readonly byName: string
  readonly at: Instant
  readonly via: 'portal' | 'link' | 'call'
  readonly consent: boolean
}

/**
 * Whether an answer has already been given in just this way, so that pressing it again changes nothing. The same answer
 * signed in after one by a mailed link is new: it is the consent that was missing.
 */
export function isRepeat(
  last: AnswerRecord | undefined,
  next: { answer: string; consent: boolean },
): boolean {
  return last !== undefined && last.answer === next.answer && (last.consent || !next.consent)
}
