import type { Tx } from '../store/index.ts'
import { type Declaration, type Level, type System, wasInForce } from './declaration.ts'
import { readDeclarations } from './store.ts'

/** A declaration that holds, with what it was declared on. */
export type InForce = {
  readonly id: string
  readonly registry: 'ipa' | 'own'
  readonly level: Level
  readonly pledgeEdition: 'jou5' | 'jou6' | undefined
  readonly system: System
  /** Eleven digits, given by IPA. */
  readonly officialId?: string
  /** Given by the register that runs here. */
  readonly ownNumber?: string
  /** YYYY-MM-DD. */
  readonly declaredOn: string
  readonly selfCheck?: string
  readonly policyVersion?: string
}

/** All declarations of a company, oldest first, those that ended too. */
export async function declarationsOf(tx: Tx, company: string): Promise<readonly Declaration[]> {
  return readDeclarations(tx, [company])
}

/** The declarations of a company that were in force on a day in Japan (YYYY-MM-DD): at most one a register. */
export async function declarationsOn(tx: Tx, company: string, day: string): Promise<readonly InForce[]> {
  return (await readDeclarations(tx, [company])).filter((one) => wasInForce(one, day)).flatMap(show)
}

/** The declaration that holds now: the one at IPA, else the one in the register that runs here. */
export async function declarationInForce(tx: Tx, company: string): Promise<InForce | undefined> {
  return inForceOf(await readDeclarations(tx, [company]))
}

/** The one of these that holds now; IPA's before our own register's. */
export function inForceOf(all: readonly Declaration[]): InForce | undefined {
  const [first] = all
    .filter((one) => one.state === 'declared')
    .sort((a, b) => a.registry.localeCompare(b.registry))
  return first && show(first)[0]
}

function show(it: Declaration): InForce[] {
  const { declared: said } = it
  if (said?.declaredOn === undefined || said.system === undefined) return []
  return [
    {
      id: it.id,
      registry: it.registry,
      level: it.level,
      pledgeEdition: said.pledgeEdition,
      system: said.system,
      declaredOn: said.declaredOn,
      ...(said.officialId !== undefined && { officialId: said.officialId }),
      ...(said.ownNumber !== undefined && { ownNumber: said.ownNumber }),
      ...(said.selfCheck !== undefined && { selfCheck: said.selfCheck }),
      ...(said.policyVersion !== undefined && { policyVersion: said.policyVersion }),
    },
  ]
}
