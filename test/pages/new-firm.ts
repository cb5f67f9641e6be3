import { createCompany } from '../../src/company/index.ts'
import { type Actor, invitePerson } from '../../src/access/index.ts'
import { practiceProvider } from '../../src/practice/index.ts'
import type { Program } from '../program.ts'

/** The administrator of the practice's provider, as use cases know her. */
async function adminOf(program: Program): Promise<Actor> {
  const { rows } = await program.superuser.query<{ person: string; organisation: string }>(
    'select id as person, organisation_id as organisation from person where email = $1',
    [practiceProvider.admin.email],
  )
  const [found] = rows
  if (found === undefined) throw new Error('no administrator')
  return {
    ...found,
    organisationName: practiceProvider.name,
    kind: 'provider',
    role: 'admin',
    name: practiceProvider.admin.name,
    language: 'ja',
    scope: [found.organisation],
    code: undefined,
  }
}

/** A company that joined a minute ago: a name, an owner with a mail address, and nothing else. */
export async function newFirm(
  program: Program,
  firm: { readonly name: string; readonly owner: string; readonly email: string },
): Promise<string> {
  const admin = await adminOf(program)
  const pool = program.running.store.app
  const company = await createCompany(pool, admin, { name: firm.name })
  await invitePerson(
    program.running.access,
    { ...admin, scope: [...admin.scope, company] },
    {
      organisation: company,
      role: 'owner',
      language: 'ja',
      name: firm.owner,
      email: firm.email,
      contactOrder: 1,
    },
    Date.now(),
  )
  return company
}
