import type { Declaration, Gate, Reminder, Standing } from '../../../declaration/index.ts'
import type { Entry, Registry } from '../../../registry/index.ts'

/** Everything that the hub shows. */
export type Hub = {
  readonly it: Standing
  readonly gates: readonly Gate[]
  readonly reminders: readonly Reminder[]
  readonly official: Declaration | undefined
  readonly own: Declaration | undefined
  readonly entry: Entry | undefined
  readonly registry: Registry | undefined
  /** The highest star whose blocking gates pass, when it is not declared at IPA yet. */
  readonly ready: 'SA1' | 'SA2' | undefined
}
