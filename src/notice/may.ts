import type { Actor } from '../access/index.ts'

/** Answers a notice: the company's own people, and nobody else, however wide their scope. */
export function mayAnswerNotice(actor: Actor, company: string): boolean {
  return actor.kind === 'company' && actor.organisation === company
}

/** Gives the consent that lies in an answer that acts: the owner alone; a member's answer waits for the call. */
export function mayConsent(actor: Actor): boolean {
  return actor.kind === 'company' && actor.role === 'owner'
}

/** Takes down what one of the company's people said on the telephone. */
export function mayTakeDown(actor: Actor, company: string): boolean {
  return actor.kind === 'provider' && actor.scope.includes(company)
}
