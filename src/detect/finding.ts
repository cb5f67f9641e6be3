import type { Instant } from '../base/time.ts'
import type { Common } from '../source/index.ts'

/** What travels with every message made from a rule's match (Detection Rule License 1.1, and good manners). */
export type RuleRef = {
  readonly id: string
  readonly title: string
  readonly author: string
  readonly link: string
  readonly licence: string
  readonly level: string
}

/** A stored line that shows it. */
export type EvidenceRef = {
  /** `YYYY-MM-DD` in Japan. */
  readonly day: string
  readonly batchNo: number
  readonly line: number
  readonly at: Instant
}

/** What the device itself says it holds: its own logged action, with the time of that line. */
export type Held = { readonly kind: string; readonly at: Instant; readonly by: 'device' }

/**
 * What a rule found in one batch of one company (all hits of one rule on one machine together), or a correlation that
 * holds. Keys are deterministic, so that reading a batch again finds the same.
 */
export type Finding = {
  readonly company: string
  readonly sensor: string
  readonly key: string
  readonly rule: RuleRef
  /** Content hash of the rule set that found it. */
  readonly ruleSet: string
  /** Detection id of catalogue/notices.yaml, e.g. `net.beacon`. */
  readonly detection: string
  /** Findings of one family on one machine are one story. */
  readonly family: string
  /** Time of the first event, by the device's own clock where that can be believed. */
  readonly at: Instant
  readonly lastAt: Instant
  readonly arrivedAt: Instant
  /** It arrived more than ten minutes after it happened. */
  readonly late: boolean
  /** Events behind it that no other speaking rule has counted. */
  readonly count: number
  readonly selections: readonly string[]
  readonly fields: Readonly<Record<string, unknown>>
  readonly common: Common
  /** Names and addresses that may be the machine it is about, best first. */
  readonly names: readonly string[]
  readonly refs: readonly EvidenceRef[]
  readonly held: Held | undefined
  /** Values for the notice's fields; see `facts.ts`. */
  readonly facts: Readonly<Record<string, string | number>>
}
