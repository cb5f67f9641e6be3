import { type Actor, must, record } from '../access/index.ts'
import { fault } from '../base/fault.ts'
import type { Instant } from '../base/time.ts'
import { selfCheckFacts } from '../catalogue/index.ts'
import { newId, type Tx } from '../store/index.ts'
import { mayCheck } from './may.ts'
import { newestResult } from './result-store.ts'
import { type Check, findOpenCheck, lockCheck, lockCompany, saveCheck, saveDrop, saveSheet } from './store.ts'

/**
 * Starts the self-check of the actor's company with the actor's own sheet, or gives the one that is open already: a
 * company answers one check at a time. Faults: NOT_FOUND, BAD_INPUT with an edition that the catalogue does not have.
 */
// oxlint-disable-next-line max-params -- where, who, what, when: the order of every use case
export async function startCheck(
  tx: Tx,
  actor: Actor,
  wish: { readonly edition: string; readonly together: boolean },
  now: Instant,
): Promise<string> {
  const company = actor.organisation
  must(mayCheck(actor, company) && (await lockCompany(tx, company)))
  const open = await findOpenCheck(tx, company)
  if (open !== undefined) return open.id
  if (!selfCheckFacts().editions.some((one) => one.id === wish.edition)) {
    throw fault('BAD_INPUT', { field: 'edition' })
  }
  const last = await newestResult(tx, company)
  const id = newId()
  await saveCheck(tx, {
    id,
    company,
    edition: wish.edition,
    startedAt: now,
    startedBy: actor.person,
    comparedTo: last?.id ?? null,
    together: wish.together,
  })
  await saveSheet(tx, {
    id: newId(),
    company,
    check: id,
    place: '',
    respondent: actor.name,
    createdAt: now,
    createdBy: actor.person,
  })
  await record(tx, actor, {
    organisation: company,
    act: 'self-check.started',
    subject: id,
    detail: { edition: wish.edition, together: wish.together },
  })
  return id
}

/** Gives up an open check, e.g. one of the wrong edition; its answers stay as records. Faults: NOT_FOUND, SELF_CHECK_OVER. */
// oxlint-disable-next-line max-params -- where, who, what, when: the order of every use case
export async function dropCheck(tx: Tx, actor: Actor, id: string, now: Instant): Promise<void> {
  const check = await lockCheck(tx, id)
  if (check === undefined) throw fault('NOT_FOUND')
  must(mayCheck(actor, check.company))
  mustBeOpen(check)
  await saveDrop(tx, id, { person: actor.person, now })
  await record(tx, actor, { organisation: check.company, act: 'self-check.dropped', subject: id })
}

/** Throws SELF_CHECK_OVER when the check takes no more answers. */
export function mustBeOpen(check: Check): void {
  if (check.droppedAt !== null || check.finishedAt !== null) throw fault('SELF_CHECK_OVER', { id: check.id })
}
