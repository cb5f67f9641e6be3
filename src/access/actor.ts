import type { Actor, Lang, Role } from '../http/index.ts'
import { type Pool, within } from '../store/index.ts'

export type PersonRow = {
  readonly id: string
  readonly organisation: string
  readonly role: Role
  readonly name: string
  readonly email: string
  readonly language: Lang
}

/** A person who still acts for their organisation, found by nothing but the own id. */
export async function readPerson(app: Pool, id: string): Promise<PersonRow | undefined> {
  return within(app, { organisations: [], person: id }, (tx) =>
    tx.one<PersonRow>(
      `select id, organisation_id as organisation, role, name, email, language
       from person where id = $1 and ended_at is null`,
      [id],
    ),
  )
}

type Place = {
  readonly kind: string
  readonly name: string
  readonly code: string | null
  readonly ended: boolean
}

/**
 * Whom a person acts for and what that lets them see: the own organisation and, for a provider, the companies under a
 * contract that has not ended. Undefined when person, organisation or company has ended.
 */
export async function readActor(app: Pool, id: string): Promise<Actor | undefined> {
  const person = await readPerson(app, id)
  if (!person) return undefined
  return within(app, { organisations: [person.organisation], person: id }, async (tx) => {
    const place = await tx.one<Place>(
      `select o.kind, o.name, c.code, c.ended_at is not null as ended
       from organisation o left join company c on c.id = o.id where o.id = $1`,
      [person.organisation],
    )
    if (!place || place.ended || (place.kind !== 'company' && place.kind !== 'provider')) return undefined
    const contracts = await tx.rows<{ to: string }>(
      `select to_id as to from relation where from_id = $1 and kind = 'contract' and ended_at is null order by since`,
      [person.organisation],
    )
    return {
      person: person.id,
      organisation: person.organisation,
      organisationName: place.name,
      kind: place.kind,
      role: person.role,
      name: person.name,
      language: person.language,
      scope: [person.organisation, ...(place.kind === 'provider' ? contracts.map(({ to }) => to) : [])],
      code: place.code ?? undefined,
    }
  })
}
