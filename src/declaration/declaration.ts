import { z } from 'zod'
import { fault } from '../base/fault.ts'
import type { Instant } from '../base/time.ts'
import {
  type DeclarationEventKind,
  type DeclarationLevel,
  type DeclarationState,
  declarationFacts,
} from '../catalogue/index.ts'

export type Level = DeclarationLevel
/** Who gave the number: IPA's former system, its system of April 2026, or the register that runs here. */
export type System = 'legacy' | '2026' | 'own'

const told = z.object({
  name: z.string(),
  address: z.string(),
  representative: z.string(),
})
/** What is told to a registry of a company, as far as a later change of it must be told again. */
export type Told = z.infer<typeof told>

/** What one event carries; everything that was true when it happened and is needed later is kept in it. */
export const eventData = z
  .object({
    officialId: z.string(),
    ownNumber: z.string(),
    system: z.enum(['legacy', '2026', 'own']),
    /** Date in Japan, YYYY-MM-DD, as of all days here. */
    declaredOn: z.string(),
    pledgeEdition: z.enum(['jou5', 'jou6']),
    pledgedBy: z.object({ name: z.string(), title: z.string(), at: z.number(), textShown: z.string() }),
    selfCheck: z.string(),
    selfCheckOn: z.string(),
    policyVersion: z.string(),
    policyUrl: z.string(),
    gbizidKind: z.enum(['prime', 'member']),
    told,
    gates: z.array(z.string()),
    newDeclaration: z.string(),
    newDeclaredOn: z.string(),
    fromLevel: z.enum(['SA1', 'SA2']),
    toLevel: z.enum(['SA1', 'SA2']),
    fields: z.array(z.string()),
    toldOn: z.string(),
    listed: z.enum(['found', 'not_found', 'differs']),
    reason: z.string(),
    stoppedOn: z.string(),
    sentOn: z.string(),
  })
  .partial()
export type EventData = z.infer<typeof eventData>

export type DeclarationEvent = {
  readonly id: string
  readonly kind: DeclarationEventKind
  readonly at: Instant
  /** The person who did it; null = the program. */
  readonly by: string | null
  readonly data: EventData
}

/** A declaration as its events tell it. */
export type Declaration = {
  readonly id: string
  readonly company: string
  readonly registry: 'ipa' | 'own'
  readonly level: Level
  readonly state: DeclarationState
  /** What was true when it was declared. */
  readonly declared: EventData | undefined
  /** What the registry was told last. */
  readonly told: Told | undefined
  /** A newer edition of the basic items that was confirmed later; the declaration keeps its own. */
  readonly confirmedEdition: 'jou5' | 'jou6' | undefined
  readonly listed: { readonly result: 'found' | 'not_found' | 'differs'; readonly at: Instant } | undefined
  /** The first day on which it is no longer in force. */
  readonly endedOn: string | undefined
  readonly began: Instant
  readonly events: readonly DeclarationEvent[]
}

/**
 * The state that an event leads to, by the table of the catalogue (`declaration.events`).
 * Fault: DECLARATION_STATE when the event is not possible in this state.
 */
export function nextState(state: DeclarationState, kind: DeclarationEventKind): DeclarationState {
  const rule = declarationFacts().events.find((one) => one.id === kind)
  if (!rule?.from.includes(state)) throw fault('DECLARATION_STATE', { state, kind })
  return rule.to
}

export type Begun = Pick<Declaration, 'id' | 'company' | 'registry' | 'level' | 'began'>

/** Tells a declaration from its events, oldest first. Fault: DECLARATION_STATE for a story that cannot be. */
export function foldDeclaration(begun: Begun, events: readonly DeclarationEvent[]): Declaration {
  const blank: Declaration = {
    ...begun,
    state: 'draft',
    declared: undefined,
    told: undefined,
    confirmedEdition: undefined,
    listed: undefined,
    endedOn: undefined,
    events: [],
  }
  return events.reduce(follow, blank)
}

/** The declaration after one more event. Fault: DECLARATION_STATE. */
export function follow(it: Declaration, event: DeclarationEvent): Declaration {
  const next = { ...it, state: nextState(it.state, event.kind), events: [...it.events, event] }
  const { data } = event
  switch (event.kind) {
    case 'id_entered':
    case 'imported':
    case 'own_id_issued':
      return { ...next, declared: data, told: data.told }
    case 'details_changed':
      return { ...next, told: data.told ?? it.told }
    case 'edition_confirmed':
      return { ...next, confirmedEdition: data.pledgeEdition }
    case 'listing_checked':
      return { ...next, listed: data.listed && { result: data.listed, at: event.at } }
    case 'stopped':
      return { ...next, endedOn: data.stoppedOn }
    case 'stepped_up':
    case 'redeclared':
      return { ...next, endedOn: data.newDeclaredOn }
    case 'gates_passed':
    case 'gates_failed':
    case 'application_sent':
    case 'abandoned':
      return next
  }
}

/** Whether it was in force on a day in Japan (YYYY-MM-DD): from the day it was declared until the day before its end. */
export function wasInForce(it: Declaration, day: string): boolean {
  const from = it.declared?.declaredOn
  return from !== undefined && from <= day && (it.endedOn === undefined || day < it.endedOn)
}
