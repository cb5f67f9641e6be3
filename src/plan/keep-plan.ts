import { type Actor, record } from '../access/index.ts'
import { fault } from '../base/fault.ts'
import { newId, type Pool, within } from '../store/index.ts'
import { aboveCaps, type Plan } from './plan.ts'
import { savePlan } from './store.ts'

/**
 * The provider's administrator keeps what a company bought; earlier plans stay as history.
 * Faults: NOT_FOUND for anybody else, BAD_INPUT with the caps of the standard that are exceeded.
 */
export async function keepPlan(pool: Pool, actor: Actor, plan: Omit<Plan, 'id'>): Promise<void> {
  const may = actor.kind === 'provider' && actor.role === 'admin' && actor.scope.includes(plan.company)
  if (!may) throw fault('NOT_FOUND')
  const above = aboveCaps(plan)
  if (above.length > 0) throw fault('BAD_INPUT', { field: above[0], above })
  await within(pool, { organisations: actor.scope, person: actor.person }, async (tx) => {
    const id = newId()
    await savePlan(tx, { ...plan, id })
    await record(tx, actor, { organisation: plan.company, act: 'plan.kept', subject: id })
  })
}
