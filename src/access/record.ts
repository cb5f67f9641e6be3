import { newId, type Tx } from '../store/index.ts'

/** What somebody did. `act` reads like `company.created`; `detail` holds no secret. */
export type Deed = {
  /** Whose trail it belongs to: the organisation it was done to. Must be in the transaction's scope. */
  readonly organisation: string
  readonly act: string
  readonly subject?: string
  readonly detail?: Readonly<Record<string, unknown>>
}

/** Writes one line of the trail, in the transaction that did it. Without `by` the program itself did it. */
export async function record(tx: Tx, by: { readonly person: string } | undefined, deed: Deed): Promise<void> {
  await tx.run(
    'insert into audit (id, organisation_id, person_id, act, subject, detail) values ($1, $2, $3, $4, $5, $6)',
    [
      newId(),
      deed.organisation,
      by?.person ?? null,
      deed.act,
      deed.subject ?? null,
      JSON.stringify(deed.detail ?? {}),
    ],
  )
}
