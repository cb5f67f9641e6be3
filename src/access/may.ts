import { fault } from '../base/fault.ts'
import type { Actor, Role } from '../http/index.ts'

/** Throws NOT_FOUND when leave is missing: what is not yours looks as if it were not there. */
export function must(allowed: boolean): void {
  if (!allowed) throw fault('NOT_FOUND')
}

/** Whether the organisation is the actor's own or under its contract. */
export function sees(actor: Actor, organisation: string): boolean {
  return actor.scope.includes(organisation)
}

/** Answers notices for the company. */
export function mayAnswer(actor: Actor): boolean {
  return actor.kind === 'company'
}

/** Answers that act (contain, close an entry, close an いますぐ): the owner alone. */
export function mayAct(actor: Actor): boolean {
  return actor.kind === 'company' && actor.role === 'owner'
}

/** Works the queue and cases. */
export function mayWork(actor: Actor): boolean {
  return actor.kind === 'provider'
}

/** Keeps companies, sensors and people of the installation. */
export function mayManage(actor: Actor): boolean {
  return actor.kind === 'provider' && actor.role === 'admin'
}

const rolesOf: Readonly<Record<'provider' | 'company', readonly Role[]>> = {
  provider: ['admin', 'analyst'],
  company: ['owner', 'member'],
}

/**
 * Adds a person in a role: the provider's administrator everywhere in scope, an owner in the own company. A role of the
 * other kind of organisation is refused, or a company's person would become an analyst.
 */
export function mayInvite(actor: Actor, organisation: string, role: Role): boolean {
  const own = organisation === actor.organisation
  const kind = own ? actor.kind : 'company'
  if (!sees(actor, organisation) || !rolesOf[kind].includes(role)) return false
  return mayManage(actor) || (own && mayAct(actor))
}

/** Ends a person's access: the same people who may invite, and never the own. */
export function mayEnd(actor: Actor, person: { id: string; organisation: string; role: Role }): boolean {
  return person.id !== actor.person && mayInvite(actor, person.organisation, person.role)
}
