import type { Actor } from '../access/index.ts'
import { record } from '../access/index.ts'
import type { Instant } from '../base/time.ts'
import { fault } from '../base/fault.ts'
import { moment, newId, type Pool, type Tx, within } from '../store/index.ts'

/** Somebody who works at a company, with or without an account. */
export type StaffMember = { readonly id: string; readonly name: string }

/** The most names that one form takes. */
const mostNames = 300

/** A name as it is compared: width, case and blanks do not count. */
export function sameName(name: string): string {
  return name.normalize('NFKC').replace(/\s+/gu, '').toLowerCase()
}

/** Who works here, by name. */
export async function listStaff(tx: Tx, company: string): Promise<StaffMember[]> {
  return tx.rows(
    'select id, name from staff_member where company_id = $1 and left_at is null order by name',
    [company],
  )
}

/**
 * Adds names, one a line; a name that is there already is left as it is.
 * @returns how many are new. Fault: BAD_INPUT with the line and the limit.
 */
export async function addStaff(
  pool: Pool,
  actor: Actor,
  of: { readonly names: string; readonly now: Instant },
): Promise<number> {
  const names = of.names
    .split(/\r?\n/)
    .map((line) => line.normalize('NFKC').replace(/\s+/gu, ' ').trim())
    .filter((line) => line !== '')
  if (names.length > mostNames) throw fault('BAD_INPUT', { field: 'names', limit: mostNames })
  const tooLong = names.findIndex((name) => name.length > 60)
  if (tooLong >= 0) throw fault('BAD_INPUT', { field: 'names', line: tooLong + 1, limit: 60 })
  const company = actor.organisation
  return within(pool, { organisations: [company], person: actor.person }, async (tx) => {
    const known = new Set((await listStaff(tx, company)).map((one) => sameName(one.name)))
    let added = 0
    for (const name of names) {
      if (known.has(sameName(name))) continue
      known.add(sameName(name))
      added += 1
      await tx.run(
        'insert into staff_member (id, company_id, name, created_at) values ($1, $2, $3, $4::timestamptz)',
        [newId(), company, name, moment(of.now)],
      )
    }
    if (added > 0) await record(tx, actor, { organisation: company, act: 'staff.added', detail: { added } })
    return added
  })
}

/** Somebody no longer works here; what they learned stays on record. False where there is nobody. */
export async function staffLeft(
  pool: Pool,
  actor: Actor,
  of: { readonly staff: string; readonly now: Instant },
): Promise<boolean> {
  const company = actor.organisation
  return within(pool, { organisations: [company], person: actor.person }, async (tx) => {
    const changed = await tx.run(
      'update staff_member set left_at = $3::timestamptz where company_id = $1 and id = $2 and left_at is null',
      [company, of.staff, moment(of.now)],
    )
    if (changed > 0) await record(tx, actor, { organisation: company, act: 'staff.left', subject: of.staff })
    return changed > 0
  })
}
