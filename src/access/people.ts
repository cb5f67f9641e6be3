import type { Instant } from '../base/time.ts'
import { fault } from '../base/fault.ts'
import type { Actor, Role } from '../http/index.ts'
import { moment, type Tx, within } from '../store/index.ts'
import { type NewPerson, removeSignIn, savePerson } from './account.ts'
import type { Access } from './access.ts'
import { invitationMail } from './mail.ts'
import { mayEnd, mayInvite, must } from './may.ts'
import { record } from './record.ts'
import { forget } from './session.ts'

/**
 * Adds a person and tells them by mail where to sign in. The inviter gets no way to come in as them.
 * Faults: NOT_FOUND without leave, BAD_INPUT with field email when the address is used already.
 */
// oxlint-disable-next-line max-params -- with what, who, whom, when: the order of every use case
export async function invitePerson(
  access: Access,
  actor: Actor,
  invited: NewPerson,
  now: Instant,
): Promise<{ readonly person: string }> {
  must(mayInvite(actor, invited.organisation, invited.role))
  const scope = { organisations: [invited.organisation], person: actor.person }
  const { person, organisationName } = await within(access.app, scope, async (tx) => {
    const id = await savePerson(access, tx, { ...invited, now })
    await record(tx, actor, {
      organisation: invited.organisation,
      act: 'person.invited',
      subject: id,
      detail: { role: invited.role },
    })
    const place = await tx.one<{ name: string }>('select name from organisation where id = $1', [
      invited.organisation,
    ])
    return { person: id, organisationName: place?.name ?? '' }
  })
  const by = { name: actor.name, organisationName, baseUrl: access.baseUrl }
  access.later(() => access.sendMail(invitationMail(invited, by)), 'the mail of an invitation')
  return { person }
}

type Row = { id: string; organisation: string; role: Role }

/** Whether somebody of the same role stays; without an owner or administrator nobody could let anybody in again. */
async function mustLeaveOne(tx: Tx, person: Row): Promise<void> {
  if (person.role !== 'owner' && person.role !== 'admin') return
  const others = await tx.rows<{ id: string }>(
    'select id from person where organisation_id = $1 and role = $2 and ended_at is null and id <> $3 limit 1',
    [person.organisation, person.role, person.id],
  )
  if (others.length === 0) throw fault('BAD_INPUT', { field: 'person', rule: 'last' })
}

/**
 * Ends a person's access: they are signed out everywhere at once, and are no longer called or mailed.
 * Faults: NOT_FOUND without leave, BAD_INPUT with rule 'last' for the last owner or administrator.
 */
// oxlint-disable-next-line max-params -- with what, who, whom, when: the order of every use case
export async function endPerson(access: Access, actor: Actor, id: string, now: Instant): Promise<void> {
  await within(access.app, { organisations: actor.scope, person: actor.person }, async (tx) => {
    const person = await tx.one<Row>(
      'select id, organisation_id as organisation, role from person where id = $1 and ended_at is null for update',
      [id],
    )
    if (!person) throw fault('NOT_FOUND')
    must(mayEnd(actor, person))
    await mustLeaveOne(tx, person)
    await tx.run('update person set ended_at = $2 where id = $1', [id, moment(now)])
    await record(tx, actor, { organisation: person.organisation, act: 'person.ended', subject: id })
  })
  await removeSignIn(access, id)
  forget(access, id)
}
