import type { Instant } from '../base/time.ts'
import type { Tx } from './transaction.ts'

/** What slices tell each other; always about one company, always in the transaction that made it true. */
export type Message =
  | { readonly kind: 'alert.raised'; readonly company: string; readonly id: string }
  | {
      readonly kind: 'alert.grew'
      readonly company: string
      readonly id: string
      readonly moreUrgent: boolean
    }
  | { readonly kind: 'alert.decided'; readonly company: string; readonly id: string }
  | { readonly kind: 'notice.made'; readonly company: string; readonly id: string }
  | { readonly kind: 'notice.handed'; readonly company: string; readonly id: string }
  | {
      readonly kind: 'notice.answered'
      readonly company: string
      readonly id: string
      readonly answer: string
    }
  | { readonly kind: 'case.opened'; readonly company: string; readonly id: string }
  | { readonly kind: 'case.changed'; readonly company: string; readonly id: string }
  | { readonly kind: 'case.closed'; readonly company: string; readonly id: string }
  | { readonly kind: 'silence.found'; readonly company: string; readonly id: string }
  | { readonly kind: 'silence.ended'; readonly company: string; readonly id: string }
  | { readonly kind: 'task.made'; readonly company: string; readonly id: string }
  | { readonly kind: 'task.done'; readonly company: string; readonly id: string }

export type Kind = Message['kind']
type Of<K extends Kind> = Extract<Message, { kind: K }>
type Hear = (tx: Tx, message: Message, now: Instant) => Promise<void>

const listeners = new Map<Kind, Hear[]>()

/** Registers what a slice does when it hears of something. Called once per slice when the program is put together. */
export function listen<K extends Kind>(
  kind: K,
  hear: (tx: Tx, message: Of<K>, now: Instant) => Promise<void>,
): void {
  const wrapped: Hear = async (tx, message, now) => {
    if (isKind(message, kind)) await hear(tx, message, now)
  }
  listeners.set(kind, [...(listeners.get(kind) ?? []), wrapped])
}

function isKind<K extends Kind>(message: Message, kind: K): message is Of<K> {
  return message.kind === kind
}

/**
 * Tells the other slices, in this transaction: either all of it happens or nothing. Afterwards, on commit, the live pages
 * of that company hear of it through NOTIFY.
 */
export async function tell(tx: Tx, message: Message, now: Instant): Promise<void> {
  for (const hear of listeners.get(message.kind) ?? []) await hear(tx, message, now)
  const { kind, company, id } = message
  await tx.run('select pg_notify($1, $2)', ['mimamori', JSON.stringify({ kind, company, id })])
}

/** For tests: begins again without listeners. */
export function forgetListeners(): void {
  listeners.clear()
}
