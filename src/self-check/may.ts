import type { Actor } from '../access/index.ts'

/** Answers, joins the sheets and finishes: every signed-in person of the company, by name. The provider never answers. */
export function mayCheck(actor: Actor, company: string): boolean {
  return actor.kind === 'company' && actor.organisation === company
}
