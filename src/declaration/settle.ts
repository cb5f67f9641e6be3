import type { Instant } from '../base/time.ts'
import type { Tx } from '../store/index.ts'
import type { Declaration, Level } from './declaration.ts'
import { gateFacts, readStanding, type Standing } from './facts.ts'
import { judgeGates, readyFor } from './gate.ts'
import { lockCompany, saveDeclaration, saveEvent } from './store.ts'

/** Whether a declaration is still being prepared. */
export const inPreparation = (it: Declaration): boolean => it.state === 'draft' || it.state === 'ready'

/** The declaration at a register that holds now. */
export function held(all: readonly Declaration[], registry: 'ipa' | 'own'): Declaration | undefined {
  return all.find((one) => one.state === 'declared' && one.registry === registry)
}

/**
 * Writes down what the gates say today about a declaration in preparation; where none is prepared and a star that is not
 * declared yet could be, a preparation begins. What is declared is never touched. Fault: NOT_FOUND outside the scope.
 */
export async function settle(tx: Tx, company: string, now: Instant): Promise<Standing> {
  await lockCompany(tx, company)
  const it = await readStanding(tx, company)
  const prepared = it.declarations.filter((one) => one.registry === 'ipa' && inPreparation(one))
  const settled: Declaration[] = []
  for (const one of prepared) settled.push(await settleOne(tx, it, { one, now }))
  if (prepared.length === 0) settled.push(...(await beginReached(tx, it, now)))
  const others = it.declarations.filter((one) => settled.every((each) => each.id !== one.id))
  return { ...it, declarations: [...others, ...settled] }
}

/** Writes gates_passed or gates_failed where the gates say another thing than before. */
export async function settleOne(
  tx: Tx,
  it: Standing,
  { one, now }: { readonly one: Declaration; readonly now: Instant },
): Promise<Declaration> {
  const gates = judgeGates(gateFacts(it), one.level, now)
  const ready = readyFor(gates)
  if (ready === (one.state === 'ready')) return one
  const failed = gates.filter((gate) => gate.blocking && !gate.passed).map((gate) => gate.id)
  return saveEvent(tx, one, {
    kind: ready ? 'gates_passed' : 'gates_failed',
    at: now,
    by: null,
    data: ready ? {} : { gates: failed },
  })
}

async function beginReached(tx: Tx, it: Standing, now: Instant): Promise<Declaration[]> {
  const declared = held(it.declarations, 'ipa')?.level
  const facts = gateFacts(it)
  const reached = (['SA2', 'SA1'] as const).find((level) => readyFor(judgeGates(facts, level, now)))
  if (reached === undefined || (declared !== undefined && declared >= reached)) return []
  const begun = await saveDeclaration(tx, begunAs(it, reached, now))
  return [await saveEvent(tx, begun, { kind: 'gates_passed', at: now, by: null, data: {} })]
}

const begunAs = (it: Standing, level: Level, now: Instant) =>
  ({ company: it.company.id, registry: 'ipa', level, began: now, by: null }) as const
