import { fault } from '../base/fault.ts'
import type { Instant } from '../base/time.ts'
import type { Lang, Role } from '../http/index.ts'
import { moment, newId, type Tx } from '../store/index.ts'
import type { Access } from './access.ts'

/** A person to be added; texts as checked by the page. */
export type NewPerson = {
  readonly organisation: string
  readonly role: Role
  readonly name: string
  readonly email: string
  readonly phone?: string | null
  readonly language: Lang
  /** Order in the call chain; absent = neither called nor mailed. */
  readonly contactOrder?: number | null
}

function isTaken(thrown: unknown): boolean {
  return (
    thrown instanceof Error &&
    'code' in thrown &&
    thrown.code === '23505' &&
    'constraint' in thrown &&
    thrown.constraint === 'person_email'
  )
}

/**
 * Writes a person and, as the last thing before the commit, the same id for signing in. Should the commit then fail, an
 * address without a person is left, which lets nobody in and is swept away when the address is used again.
 * Fault: BAD_INPUT with field email when the address belongs to somebody already.
 */
export async function savePerson(
  access: Access,
  tx: Tx,
  person: NewPerson & { readonly now: Instant },
): Promise<string> {
  const id = newId()
  const email = person.email.trim().toLowerCase()
  try {
    await tx.run(
      `insert into person (id, organisation_id, role, name, email, phone, language, contact_order, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        id,
        person.organisation,
        person.role,
        person.name,
        email,
        person.phone ?? null,
        person.language,
        person.contactOrder ?? null,
        moment(person.now),
      ],
    )
  } catch (thrown) {
    throw isTaken(thrown) ? fault('BAD_INPUT', { field: 'email', rule: 'taken' }) : thrown
  }
  await saveSignIn(access, { id, name: person.name, email })
  return id
}

/** No other living person has this address (the index on `person` says so), so any row in the way is a leftover. */
async function saveSignIn(access: Access, it: { id: string; name: string; email: string }): Promise<void> {
  await access.signInPool.query('delete from "user" where email = $1', [it.email])
  await access.signInPool.query(
    'insert into "user" (id, name, email, "emailVerified") values ($1, $2, $3, true)',
    [it.id, it.name, it.email],
  )
}

/** Takes away sessions, numbers and links of a person. */
export async function removeSignIn(access: Access, id: string): Promise<void> {
  await access.signInPool.query('delete from "user" where id = $1', [id])
}
