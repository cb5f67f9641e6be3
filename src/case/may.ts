import type { Actor } from '../access/index.ts'

/** Carries a company's case: the provider's people under whose contract the company is. */
export function mayCarry(actor: Actor, company: string): boolean {
  return actor.kind === 'provider' && actor.scope.includes(company)
}

/** Follows the own company's incident. */
export function mayFollow(actor: Actor, company: string): boolean {
  return actor.kind === 'company' && actor.organisation === company
}
