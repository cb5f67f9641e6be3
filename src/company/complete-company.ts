import { type Actor, must, record } from '../access/index.ts'
import { fault } from '../base/fault.ts'
import type { Instant } from '../base/time.ts'
import type { Tx } from '../store/index.ts'
import { isCorporateNumber, tidyDigits } from './corporate-number.ts'
import { type CompanyDetail, findDetail, saveDetail } from './detail.ts'
import { findCompany } from './store.ts'

/** What the people of a company write of it themselves. The name is the contract's and is changed by the provider. */
export type OwnDetails = CompanyDetail & {
  /** Full name (大阪府). */
  readonly prefecture: string | null
  readonly employees: number | null
  /** As typed; taken only where none is kept yet. */
  readonly corporateNumber: string
  /** Taken only where no corporate number is kept. */
  readonly soleProprietor: boolean
}

/**
 * Keeps what a company's own people write of it, and in the trail which of it changed. A corporate number that is kept
 * already stays: who the company is, its provider has checked.
 * @returns the names of the changed fields. Faults: NOT_FOUND for anybody else, BAD_INPUT with field corporateNumber.
 */
export async function completeCompany(
  tx: Tx,
  by: { readonly actor: Actor; readonly now: Instant },
  details: OwnDetails,
): Promise<readonly string[]> {
  must(by.actor.kind === 'company')
  const id = by.actor.organisation
  const company = await findCompany(tx, id)
  if (!company) throw fault('NOT_FOUND')
  const identity = identityOf(company, details)
  const { prefecture, employees, corporateNumber: _typed, soleProprietor: _ticked, ...detail } = details
  const fields = [
    ...changedOf({ ...company }, { ...identity, prefecture, employees }),
    ...changedOf({ ...(await findDetail(tx, id)) }, detail),
  ]
  if (fields.length === 0) return []
  await tx.run(
    'update company set corporate_number = $2, sole_proprietor = $3, prefecture = $4, employees = $5 where id = $1',
    [id, identity.corporateNumber, identity.soleProprietor, prefecture, employees],
  )
  await saveDetail(tx, { ...detail, company: id }, { person: by.actor.person, now: by.now })
  await record(tx, by.actor, {
    organisation: id,
    act: 'company.details-kept',
    subject: id,
    detail: { fields },
  })
  return fields
}

type Identity = { readonly corporateNumber: string | null; readonly soleProprietor: boolean }

function identityOf(kept: Identity, typed: Pick<OwnDetails, 'corporateNumber' | 'soleProprietor'>): Identity {
  if (kept.corporateNumber !== null) return kept
  const number = tidyDigits(typed.corporateNumber)
  if (typed.soleProprietor || number === '')
    return { corporateNumber: null, soleProprietor: typed.soleProprietor }
  if (!isCorporateNumber(number)) throw fault('BAD_INPUT', { field: 'corporateNumber' })
  return { corporateNumber: number, soleProprietor: false }
}

function changedOf(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): string[] {
  return Object.keys(after).filter((name) => (before[name] ?? null) !== (after[name] ?? null))
}
