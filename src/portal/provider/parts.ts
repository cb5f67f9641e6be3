import type { Access } from '../../access/index.ts'
import type { Instant } from '../../base/time.ts'
import type { DetectorState, RuleCard } from '../../detect/index.ts'
import type { Appender } from '../../event/index.ts'
import type { ReceiverState } from '../../ingest/index.ts'
import type { Seal } from '../../seal/index.ts'

/** What the provider's pages need of the running program, handed in by main. */
export type ProviderParts = {
  readonly access: Access
  readonly seal: Seal
  readonly appender: Appender
  /** Undefined while the watch has not begun. */
  readonly state: () => ProviderState | undefined
  /** The rules in force. */
  readonly rules: () => readonly RuleCard[]
  readonly reloadRules: () => boolean
  /** Starts the sample day; false where this is no practice. */
  readonly startDay: (now: Instant) => boolean
  /** The receiving ports in use. */
  readonly ports: () => { readonly udp: number; readonly tcp: number } | undefined
}

export type ProviderState = {
  readonly detector: DetectorState
  readonly receivers: ReceiverState
  readonly waiting: { readonly lines: number; readonly bytes: number }
}
