import { createHash } from 'node:crypto'
import { record } from '../access/index.ts'
import { fault } from '../base/fault.ts'
import { type Instant, jstDate } from '../base/time.ts'
import { changeEntryStatus, findEntry } from '../registry/index.ts'
import type { Tx } from '../store/index.ts'
import { type By, declaring, owned } from './by.ts'
import type { Declaration } from './declaration.ts'
import { currentPledgeEdition } from './edition.ts'
import { readStanding, toldOf } from './facts.ts'
import { changedFields } from './reminder.ts'
import { held, settle } from './settle.ts'
import { type AckKind, lockCompany, readDeclarations, saveAck, saveEvent } from './store.ts'

/**
 * Keeps that something was shown and confirmed, with the hash of what was shown. The owner confirms that a declaration is no
 * certificate; anybody of the company may have seen the differences. Fault: NOT_FOUND for others.
 */
export async function acknowledge(
  tx: Tx,
  by: By,
  shown: { readonly kind: AckKind; readonly subject?: string; readonly text: string },
): Promise<void> {
  const company = shown.kind === 'wording' ? declaring(by) : owned(by)
  await saveAck(tx, {
    company,
    kind: shown.kind,
    subject: shown.subject ?? null,
    textShown: createHash('sha256').update(shown.text).digest('hex'),
    at: by.now,
    by: by.actor.person,
  })
  await record(tx, by.actor, {
    organisation: company,
    act: `declaration.${shown.kind}-shown`,
    subject: shown.subject ?? company,
  })
  await settle(tx, company, by.now)
}

async function declaredHere(tx: Tx, by: By): Promise<Declaration> {
  const company = declaring(by)
  await lockCompany(tx, company)
  const one = held(await readDeclarations(tx, [company]), 'ipa')
  if (!one) throw fault('NOT_FOUND')
  return one
}

/**
 * Keeps that the company told IPA of its new details itself.
 * Faults: NOT_FOUND for anybody but the owner of a company that declares, BAD_INPUT with field toldOn for a day to come.
 */
export async function tellChange(tx: Tx, by: By, toldOn: string): Promise<void> {
  const one = await declaredHere(tx, by)
  if (toldOn > jstDate(by.now)) throw fault('BAD_INPUT', { field: 'toldOn' })
  const it = await readStanding(tx, one.company)
  const data = { fields: [...changedFields(it, one)], told: toldOf(it), toldOn }
  await saveEvent(tx, one, { kind: 'details_changed', at: by.now, by: by.actor.person, data })
  await record(tx, by.actor, {
    organisation: one.company,
    act: 'declaration.details-told',
    subject: one.id,
    detail: { fields: data.fields },
  })
}

/**
 * Adds to the declaration that the newest edition of the basic items was confirmed; on which edition it was declared stays.
 * Faults: NOT_FOUND; DECLARATION_STATE before every item of it is promised.
 */
export async function confirmEdition(tx: Tx, by: By): Promise<void> {
  const one = await declaredHere(tx, by)
  const { pledge } = await readStanding(tx, one.company)
  const newest = currentPledgeEdition()
  if (!pledge?.complete || pledge.edition !== newest) throw fault('DECLARATION_STATE', { edition: newest })
  await saveEvent(tx, one, {
    kind: 'edition_confirmed',
    at: by.now,
    by: by.actor.person,
    data: { pledgeEdition: newest },
  })
  await record(tx, by.actor, {
    organisation: one.company,
    act: 'declaration.edition-confirmed',
    subject: one.id,
    detail: { edition: newest },
  })
}

/**
 * The company ends a declaration, with a reason and the day from which it no longer declares; in the register that runs here
 * the entry is stopped too. At IPA the company does it itself.
 * Faults: NOT_FOUND; BAD_INPUT with field stoppedOn for a day before the declaration or to come.
 */
export async function stopDeclaring(
  tx: Tx,
  by: By,
  stop: { readonly declaration: string; readonly reason: string; readonly stoppedOn: string },
): Promise<void> {
  const company = declaring(by)
  await lockCompany(tx, company)
  const one = (await readDeclarations(tx, [company])).find(
    (each) => each.id === stop.declaration && each.state === 'declared',
  )
  if (!one) throw fault('NOT_FOUND')
  const from = one.declared?.declaredOn ?? ''
  if (stop.stoppedOn < from || stop.stoppedOn > jstDate(by.now))
    throw fault('BAD_INPUT', { field: 'stoppedOn' })
  await saveEvent(tx, one, {
    kind: 'stopped',
    at: by.now,
    by: by.actor.person,
    data: { reason: stop.reason, stoppedOn: stop.stoppedOn },
  })
  await stopEntry(tx, one, by.now)
  await record(tx, by.actor, { organisation: company, act: 'declaration.stopped', subject: one.id })
}

/** The company's own reason is not shown in public; an entry that the register stopped already stays as it is. */
async function stopEntry(tx: Tx, one: Declaration, now: Instant): Promise<void> {
  const number = one.declared?.ownNumber
  if (one.registry !== 'own' || number === undefined) return
  const entry = await findEntry(tx, number)
  if (entry === undefined || entry.status === 'stopped') return
  await changeEntryStatus(tx, { number, status: 'stopped' }, { by: 'company', now })
}
