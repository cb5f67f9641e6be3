import { type Access, type AccessMail, type Actor, must, record } from '../access/index.ts'
import { fault } from '../base/fault.ts'
import type { Instant } from '../base/time.ts'
import { newId, type Tx, within } from '../store/index.ts'
import { invitationMail } from './invitation-mail.ts'
import { type AnswerLink, listLinks, makeAnswerLink, markMail, revoke } from './link-store.ts'
import { mayCheck } from './may.ts'
import { mustBeOpen } from './start-check.ts'
import { type Check, findOpenCheck, findSheet, lockCheck, saveSheet } from './store.ts'

/** A respondent of a site or department; without an address the link is handed over by hand. */
export type Invited = {
  readonly place: string
  readonly name: string
  readonly email: string | undefined
  readonly language: 'ja' | 'en'
}

/** What the inviter gets: the address to hand over, only when no mail carries it. */
export type Invitation = {
  readonly sheet: string
  readonly link: string
  readonly address: string | undefined
}

/**
 * Adds a sheet for a site or department and makes the respondent's link; with an address the link goes by mail, which is
 * sent after the answer of this page. Faults: NOT_FOUND, SELF_CHECK_OVER, BAD_INPUT with field `place` when it has a sheet.
 */
// oxlint-disable-next-line max-params -- with what, who, whom, when: the order of every use case
export async function inviteRespondent(
  access: Access,
  actor: Actor,
  invited: Invited,
  now: Instant,
): Promise<Invitation> {
  return sending(access, actor, now, async (tx) => {
    const open = await findOpenCheck(tx, actor.organisation)
    const check = open && (await lockCheck(tx, open.id))
    if (check === undefined) throw fault('NOT_FOUND')
    must(mayCheck(actor, check.company))
    mustBeOpen(check)
    const sheet = newId()
    const added = await saveSheet(tx, {
      id: sheet,
      company: check.company,
      check: check.id,
      place: invited.place,
      respondent: invited.name,
      createdAt: now,
      createdBy: actor.person,
    })
    if (!added) throw fault('BAD_INPUT', { field: 'place' })
    return { check, sheet, to: invited }
  })
}

/** Makes a new link for a sheet and ends its older ones. Faults: NOT_FOUND, SELF_CHECK_OVER. */
// oxlint-disable-next-line max-params -- with what, who, whom, when: the order of every use case
export async function renewLink(
  access: Access,
  actor: Actor,
  sheetId: string,
  now: Instant,
): Promise<Invitation> {
  return sending(access, actor, now, async (tx) => {
    const sheet = await findSheet(tx, sheetId)
    const check = sheet && (await lockCheck(tx, sheet.check))
    if (sheet === undefined || check === undefined || sheet.place === '') throw fault('NOT_FOUND')
    must(mayCheck(actor, check.company))
    mustBeOpen(check)
    const last = (await listLinks(tx, check.id)).find((link) => link.sheet === sheet.id)
    await revoke(tx, { sheet: sheet.id }, { person: actor.person, now })
    const to: Invited = {
      place: sheet.place,
      name: sheet.respondent,
      email: last?.email ?? undefined,
      language: last?.language ?? 'ja',
    }
    return { check, sheet: sheet.id, to }
  })
}

/** Ends one link: who holds it can neither read nor answer any more; what was answered stays. Fault: NOT_FOUND. */
// oxlint-disable-next-line max-params -- where, who, what, when: the order of every use case
export async function revokeLink(tx: Tx, actor: Actor, link: string, now: Instant): Promise<void> {
  must(actor.kind === 'company')
  if ((await revoke(tx, { link }, { person: actor.person, now })) === 0) throw fault('NOT_FOUND')
  await record(tx, actor, { organisation: actor.organisation, act: 'self-check.link-revoked', subject: link })
}

type Ready = { readonly check: Check; readonly sheet: string; readonly to: Invited }

/** Makes the link in the transaction of `work`, and hands the mail over once it stands. */
// oxlint-disable-next-line max-params -- with what, who, when, and the work between
async function sending(
  access: Access,
  actor: Actor,
  now: Instant,
  work: (tx: Tx) => Promise<Ready>,
): Promise<Invitation> {
  const scope = { organisations: [actor.organisation], person: actor.person }
  const made = await within(access.app, scope, async (tx) => {
    const ready = await work(tx)
    const { to, sheet, check } = ready
    const { email, language } = to
    const link = await makeAnswerLink(
      tx,
      { company: check.company, sheet, email, language, person: actor.person },
      now,
    )
    await record(tx, actor, {
      organisation: check.company,
      act: 'self-check.invited',
      subject: link.id,
      detail: { place: to.place, byMail: email !== undefined },
    })
    return { ...ready, ...link }
  })
  const address = `${access.baseUrl}/answer/${made.secret}`
  const { email } = made.to
  if (email === undefined) return { sheet: made.sheet, link: made.id, address }
  const mail = invitationMail({ ...made.to, email }, { actor, address })
  access.later(() => hand(access, actor, { link: made.id, mail, now }), 'the mail to a respondent')
  return { sheet: made.sheet, link: made.id, address: undefined }
}

/** Sends, and keeps whether the mail went out; a failure is told on the page, with a button to send again. */
async function hand(
  access: Access,
  actor: Actor,
  of: { readonly link: string; readonly mail: AccessMail; readonly now: Instant },
): Promise<void> {
  const scope = { organisations: [actor.organisation], person: actor.person }
  const keep = (mail: 'handed' | 'failed'): Promise<void> =>
    within(access.app, scope, (tx) => markMail(tx, of.link, { mail, at: of.now }))
  try {
    await access.sendMail(of.mail)
  } catch (thrown) {
    await keep('failed')
    throw thrown
  }
  await keep('handed')
}

export type { AnswerLink }
