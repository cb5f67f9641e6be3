import { mayWork, must, record } from '../access/index.ts'
import { fault } from '../base/fault.ts'
import { moment, newId, type Tx } from '../store/index.ts'
import type { By } from './by.ts'
import type { Declaration } from './declaration.ts'
import { readDeclarations, saveEvent } from './store.ts'

/** What a person found in IPA's list; it is looked at by hand, never read by a program. */
export const listings = ['found', 'not_found', 'differs'] as const
export type Listing = (typeof listings)[number]

/** One declaration of the scope. Fault: NOT_FOUND. */
export async function findDeclaration(tx: Tx, id: string): Promise<Declaration> {
  const row = await tx.one<{ company: string }>(
    'select company_id as company from declaration where id = $1',
    [id],
  )
  const one = row && (await readDeclarations(tx, [row.company])).find((each) => each.id === id)
  if (!one) throw fault('NOT_FOUND')
  return one
}

/**
 * The desk keeps what it found in IPA's list. Faults: NOT_FOUND for anybody else; DECLARATION_STATE unless it is declared.
 */
export async function checkListing(
  tx: Tx,
  by: By,
  found: { readonly declaration: string; readonly listed: Listing },
): Promise<void> {
  must(mayWork(by.actor))
  const one = await findDeclaration(tx, found.declaration)
  await saveEvent(tx, one, {
    kind: 'listing_checked',
    at: by.now,
    by: by.actor.person,
    data: { listed: found.listed },
  })
  await record(tx, by.actor, {
    organisation: one.company,
    act: 'declaration.listing-checked',
    subject: one.id,
    detail: { listed: found.listed },
  })
}

/**
 * The desk keeps whether a mark is still shown after a declaration ended.
 * Faults: NOT_FOUND for anybody else; DECLARATION_STATE unless it is stopped.
 */
export async function lookForMark(
  tx: Tx,
  by: By,
  look: { readonly declaration: string; readonly shown: boolean },
): Promise<void> {
  must(mayWork(by.actor))
  const one = await findDeclaration(tx, look.declaration)
  if (one.state !== 'stopped') throw fault('DECLARATION_STATE', { state: one.state })
  await tx.run(
    `insert into mark_look (id, company_id, declaration_id, shown, at, by_person)
     values ($1, $2, $3, $4, $5::timestamptz, $6)`,
    [newId(), one.company, one.id, look.shown, moment(by.now), by.actor.person],
  )
  await record(tx, by.actor, {
    organisation: one.company,
    act: 'declaration.mark-looked',
    subject: one.id,
    detail: { shown: look.shown },
  })
}
