import type { Severity } from '../base/severity.ts'
import { type Instant, minute } from '../base/time.ts'
import { randomNumber } from '../notice/index.ts'

export type Both = { readonly ja: string; readonly en: string }

/** Stages as the owner follows them, like a parcel: 止めた → 調べている → 直した → 報告. */
export const stages = ['held', 'looking', 'repaired', 'reported'] as const
export type StageName = (typeof stages)[number]

export const closingReasons = [
  'resolved',
  'false-alarm',
  'permitted',
  'test',
  'handed-over',
  'owner-declined',
] as const
export type ClosingReason = (typeof closingReasons)[number]

export const taskKinds = [
  'call',
  'recheck',
  'contain',
  'close-entry',
  'act-for-owner',
  'name-device',
] as const
export type TaskKind = (typeof taskKinds)[number]

export const taskOutcomes = ['reached', 'not-reached', 'done', 'not-done'] as const
export type TaskOutcome = (typeof taskOutcomes)[number]

export type EntryKind =
  | 'opening'
  | 'note'
  | 'alert'
  | 'notice'
  | 'answer'
  | 'task'
  | 'call'
  | 'act'
  | 'stage'
  | 'closing'

export type Stage = {
  readonly stage: StageName
  readonly state: 'done' | 'doing' | 'next'
  readonly at: Instant | null
  readonly by: string | null
  readonly text: Both | null
}

/** A recorded stage. */
export type StageMark = {
  readonly stage: StageName
  readonly at: Instant
  readonly by: string | null
  readonly text: Both
}

/**
 * The four stages out of what was recorded: done once recorded ("looking" once a later one is), the first that is not done is
 * where we are; of a closed case nothing is being done.
 */
export function stagesOf(marks: readonly StageMark[], closed: boolean): Stage[] {
  const newest = (stage: StageName): StageMark | undefined =>
    marks.filter((mark) => mark.stage === stage).at(-1)
  const after = newest('repaired') ?? newest('reported')
  const isDone = (stage: StageName): boolean => {
    if (stage !== 'looking') return newest(stage) !== undefined
    return after !== undefined || (closed && newest('looking') !== undefined)
  }
  const here = closed ? undefined : stages.find((stage) => !isDone(stage))
  return stages.map((stage) => {
    const mark = newest(stage)
    const state = isDone(stage) ? 'done' : stage === here ? 'doing' : 'next'
    return { stage, state, at: mark?.at ?? null, by: mark?.by ?? null, text: mark?.text ?? null }
  })
}

/**
 * A spoken number of a case, `C-4821-7`: random digits and their check digit. From the eighth try on with more digits, since
 * an installation may see more than ten thousand cases.
 */
export function caseNumber(tries: number): string {
  const digits = randomNumber(tries < 8 ? 4 : 6)
  return `C-${digits.slice(0, -1)}-${digits.slice(-1)}`
}

/** When to phone again after nobody answered: いますぐ after 3 minutes, else after half an hour. */
export function nextTry(severity: Severity | null, now: Instant): Instant {
  return now + (severity === 'now' ? 3 : 30) * minute
}

/**
 * Which contact is phoned after so many vain tries: two tries each in their order.
 * @returns undefined when everybody was tried twice
 */
export function contactFor<C>(contacts: readonly C[], vainTries: number): C | undefined {
  return contacts[Math.floor(vainTries / 2)]
}
