import { createHash } from 'node:crypto'
import { type Actor, must, record } from '../access/index.ts'
import { fault } from '../base/fault.ts'
import type { Instant } from '../base/time.ts'
import { type Pool, within } from '../store/index.ts'
import { editionOf, newestEdition, type PledgeEditionId } from './pledge.ts'
import { draftOf, dropTick, openDraft, pledgeOf, saveConfirmation, saveTicks } from './store.ts'

const scopeOf = (actor: Actor) => ({ organisations: [actor.organisation], person: actor.person })

/** Whether somebody may confirm the promise for the company: its owner alone. Ticking is for everybody of the company. */
export function mayConfirm(actor: Actor): boolean {
  return actor.kind === 'company' && actor.role === 'owner'
}

/**
 * Ticks one item of the pledge the company is working on, or takes the tick back.
 * Faults: NOT_FOUND for people of no company and for an item of no edition.
 */
export async function tickItem(
  pool: Pool,
  actor: Actor,
  of: { readonly item: string; readonly ticked: boolean; readonly now: Instant },
): Promise<void> {
  must(actor.kind === 'company')
  const edition = newestEdition()
  must(edition.order.includes(of.item))
  await within(pool, scopeOf(actor), async (tx) => {
    const company = actor.organisation
    const by = { person: actor.person, name: actor.name, now: of.now }
    const promised = await pledgeOf(tx, company)
    // A promise that was made is not taken back by a tick.
    if (promised?.complete && promised.ticked.includes(of.item)) return
    if (!of.ticked) {
      const draft = await draftOf(tx, company)
      if (draft === undefined) return
      await dropTick(tx, company, { pledge: draft.id, item: of.item })
    } else {
      const draft = await openDraft(tx, company, { edition: edition.id, by })
      await saveTicks(tx, { company, pledge: draft.id, items: [of.item], by })
    }
    const act = of.ticked ? 'pledge.ticked' : 'pledge.unticked'
    await record(tx, actor, { organisation: company, act, subject: of.item })
  })
}

/**
 * One named person promises every item of an edition for the company; the exact text shown is kept with its hash. A company
 * that is pledged to an older edition confirms the new items only, and what it promised before stands in the new pledge.
 * @param of.text the whole text as it stood on the page
 * @param of.shownHash the hash that came back with the form: another text was shown → BAD_INPUT with `text`
 * Faults: NOT_FOUND for anybody but the owner, BAD_INPUT with `items` while an item is not ticked.
 * @returns the pledge's id
 */
export async function confirmPledge(
  pool: Pool,
  actor: Actor,
  of: {
    readonly edition: PledgeEditionId
    readonly name: string
    readonly title: string
    readonly text: string
    readonly shownHash: string
    /** Ticked by pressing the one button of a page that shows nothing but the new items. */
    readonly ticksNewItems?: boolean
    readonly now: Instant
  },
): Promise<string> {
  must(mayConfirm(actor))
  const hash = hashOf(of.text)
  if (hash !== of.shownHash) throw fault('BAD_INPUT', { field: 'text' })
  const edition = editionOf(of.edition)
  return within(pool, scopeOf(actor), async (tx) => {
    const company = actor.organisation
    const by = { person: actor.person, name: actor.name, now: of.now }
    const before = await pledgeOf(tx, company)
    const draft = await openDraft(tx, company, { edition: edition.id, by })
    const promised = before?.complete ? before.ticked : []
    const added = of.ticksNewItems && before?.complete ? edition.order : []
    const ticked = new Set([...draft.ticked, ...promised, ...added])
    const missing = edition.order.filter((item) => !ticked.has(item))
    if (missing.length > 0) throw fault('BAD_INPUT', { field: 'items', missing })
    await saveTicks(tx, { company, pledge: draft.id, items: edition.order, by })
    await saveConfirmation(tx, draft.id, { ...of, edition: edition.id, hash, by })
    await record(tx, actor, {
      organisation: company,
      act: 'pledge.confirmed',
      subject: draft.id,
      detail: { edition: edition.id, hash },
    })
    return draft.id
  })
}

/** sha256 of a text in UTF-8, hexadecimal. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}
