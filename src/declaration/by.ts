import { type Actor, must } from '../access/index.ts'
import type { Instant } from '../base/time.ts'

/** Who does it, and when. */
export type By = { readonly actor: Actor; readonly now: Instant }

/** The company of one of its own people. Fault: NOT_FOUND for anybody else. */
export function owned({ actor }: By): string {
  must(actor.kind === 'company')
  return actor.organisation
}

/** Whether a person may declare, change and stop for the company: it is the company's word, so its owner's act. */
export function mayDeclare(actor: Actor): boolean {
  return actor.kind === 'company' && actor.role === 'owner'
}

/** The company for which this person may declare. Fault: NOT_FOUND. */
export function declaring(by: By): string {
  must(mayDeclare(by.actor))
  return owned(by)
}
