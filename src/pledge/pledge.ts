import { type PledgeEdition, pledgeFacts, type PledgeItem } from '../catalogue/index.ts'
import { fault } from '../base/fault.ts'
import type { Instant } from '../base/time.ts'

export type PledgeEditionId = PledgeEdition['id']

/** What a company promised: the items of an edition, ticked, and confirmed as a whole by one named person. */
export type Pledge = {
  readonly id: string
  readonly edition: PledgeEditionId
  /** Every item is ticked and a person confirmed the whole text. */
  readonly complete: boolean
  readonly by?: { readonly name: string; readonly title: string; readonly at: Instant }
  /** sha256 of the text shown at the confirmation, hexadecimal. */
  readonly textHash?: string
  /** Keys `pl.…`, in the order of the edition. */
  readonly ticked: readonly string[]
}

/** The edition of new pledges: the newest of the catalogue. */
export function newestEdition(): PledgeEdition {
  const newest = pledgeFacts().editions.at(-1)
  if (newest === undefined) throw fault('CATALOGUE', { why: 'pledge_editions is empty' })
  return newest
}

/** An edition by its id. Fault: NOT_FOUND. */
export function editionOf(id: string): PledgeEdition {
  const found = pledgeFacts().editions.find((one) => one.id === id)
  if (found === undefined) throw fault('NOT_FOUND')
  return found
}

/** The edition before another one; both stay in force. */
export function editionBefore(id: PledgeEditionId): PledgeEdition | undefined {
  const { editions } = pledgeFacts()
  return editions[editions.findIndex((one) => one.id === id) - 1]
}

/** The items of an edition, in its order. */
export function itemsOf(edition: PledgeEdition): readonly PledgeItem[] {
  const { items } = pledgeFacts()
  return edition.order.map((key) => items.get(key)).filter((item) => item !== undefined)
}

/** What a company that is pledged to an older edition has still to confirm: the items it never promised. */
export function newItems(pledge: Pick<Pledge, 'edition' | 'ticked'>): readonly PledgeItem[] {
  return itemsOf(newestEdition()).filter((item) => !pledge.ticked.includes(item.key))
}
