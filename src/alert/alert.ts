import { type Severity, urgency } from '../base/severity.ts'
import { day, hour, type Instant, minute } from '../base/time.ts'
import type { Facts } from './facts.ts'

/** What really holds it, by a recorded act with its time. */
export type Held = { readonly kind: string; readonly at: Instant; readonly by: string }

/** One story. */
export type AlertRow = {
  readonly id: string
  readonly company: string
  readonly family: string
  readonly detection: string
  readonly noticeType: string
  readonly device: string | null
  readonly sensor: string
  readonly severity: Severity
  readonly severityReason: string
  readonly held: Held | null
  readonly facts: Facts
  readonly count: number
  readonly firstAt: Instant
  readonly lastAt: Instant
  readonly arrivedAt: Instant
  readonly raisedAt: Instant
  readonly practice: boolean
}

/** How an analyst may close an alert (the six verdicts). */
export const closingReasons = [
  'false-alarm',
  'permitted',
  'sensor-test',
  'duplicate',
  'information',
  'handled',
] as const
export type ClosingReason = (typeof closingReasons)[number]

/** What an analyst may decide. */
export type Decision =
  | { readonly kind: 'closing'; readonly reason: ClosingReason; readonly note?: string }
  | { readonly kind: 'merge'; readonly into: string }
  | { readonly kind: 'later'; readonly until: Instant }
  | { readonly kind: 'assignment'; readonly assignee: string | null }
  | { readonly kind: 'question'; readonly note: string }
  | { readonly kind: 'case' }

/** new: nobody decided yet. later: put off until an instant. asked: the owner was asked. case: in an open case. */
export type AlertState = 'new' | 'later' | 'asked' | 'case' | 'closed' | 'merged'

/** A story ends when its machine has been quiet so long, and at the latest after a day. */
export const quietEnds = 15 * minute
export const longestStory = day

/** The word that a severity gives to the owner: when a person calls or has looked. */
export const promises: Readonly<Record<Severity, { kind: 'call' | 'look'; within: number } | null>> = {
  now: { kind: 'call', within: 15 * minute },
  today: { kind: 'look', within: hour },
  week: { kind: 'look', within: day },
  info: null,
}

/** What the state of an alert follows from: the decisions in force, and its case. */
export type Standing = {
  readonly closed: boolean
  readonly merged: boolean
  readonly until: Instant | null
  readonly asked: boolean
  readonly inCase: boolean
}

/** The state at `now`. */
export function stateOf(standing: Standing, now: Instant): AlertState {
  if (standing.merged) return 'merged'
  if (standing.closed) return 'closed'
  if (standing.until !== null && standing.until > now) return 'later'
  if (standing.inCase) return 'case'
  return standing.asked ? 'asked' : 'new'
}

export type Placed = {
  readonly state: AlertState
  readonly severity: Severity
  readonly raisedAt: Instant
  readonly callTask: string | null
  readonly promise: { readonly dueAt: Instant } | null
}

/** The order of the queue: open call tasks, then by time left to the promise, what was put off last. */
export function beforeInQueue(a: Placed, b: Placed): number {
  const rank = (row: Placed): number => {
    if (row.state === 'later') return 3
    if (row.callTask !== null) return 0
    return row.promise === null ? 2 : 1
  }
  return (
    rank(a) - rank(b) ||
    (a.promise?.dueAt ?? 0) - (b.promise?.dueAt ?? 0) ||
    urgency(a.severity) - urgency(b.severity) ||
    a.raisedAt - b.raisedAt
  )
}
