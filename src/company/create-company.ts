import { randomInt } from 'node:crypto'
import type { Actor } from '../access/index.ts'
import { record } from '../access/index.ts'
import { fault } from '../base/fault.ts'
import { newId, type Pool, type Tx, within } from '../store/index.ts'
import type { Company, Site } from './company.ts'
import { isCorporateNumber, tidyDigits } from './corporate-number.ts'
import { findCompany, saveCompany, saveSite } from './store.ts'

/** What is asked for a new company; texts as typed. */
export type CompanyInput = {
  readonly name: string
  readonly corporateNumber?: string
  readonly soleProprietor?: boolean
  readonly prefecture?: string
  readonly trade?: string
  readonly employees?: number
}

/**
 * A provider's administrator takes a company under contract; its first site is the head office.
 * @returns the company's id. Faults: BAD_INPUT with the field, NOT_FOUND for anybody else.
 */
export async function createCompany(pool: Pool, actor: Actor, input: CompanyInput): Promise<string> {
  mustKeepCompanies(actor)
  const checked = checkCompany(input)
  const id = newId()
  await within(pool, { organisations: [...actor.scope, id], person: actor.person }, async (tx) => {
    await saveCompany(
      tx,
      { ...checked, id, code: await freeCode(tx) },
      { id: newId(), provider: actor.organisation },
    )
    await saveSite(tx, { id: newId(), company: id, name: '本社', address: null })
    await record(tx, actor, { organisation: id, act: 'company.created', subject: id })
  })
  return id
}

/** Adds a place of a company. Faults: BAD_INPUT, NOT_FOUND. */
export async function createSite(pool: Pool, actor: Actor, site: Omit<Site, 'id'>): Promise<string> {
  mustKeepCompanies(actor)
  if (site.name.trim() === '') throw fault('BAD_INPUT', { field: 'name' })
  const id = newId()
  await within(pool, { organisations: actor.scope, person: actor.person }, async (tx) => {
    if (!(await findCompany(tx, site.company))) throw fault('NOT_FOUND')
    await saveSite(tx, { ...site, id, name: site.name.trim() })
    await record(tx, actor, { organisation: site.company, act: 'site.created', subject: id })
  })
  return id
}

function mustKeepCompanies(actor: Actor): void {
  if (actor.kind !== 'provider' || actor.role !== 'admin') throw fault('NOT_FOUND')
}

function checkCompany(input: CompanyInput): Omit<Company, 'id' | 'code' | 'createdAt' | 'endedAt'> {
  const name = input.name.trim()
  if (name === '' || name.length > 200) throw fault('BAD_INPUT', { field: 'name' })
  const number = tidyDigits(input.corporateNumber ?? '')
  if (number !== '' && !isCorporateNumber(number)) throw fault('BAD_INPUT', { field: 'corporateNumber' })
  const employees = input.employees ?? null
  if (employees !== null && (!Number.isInteger(employees) || employees < 0 || employees > 1_000_000)) {
    throw fault('BAD_INPUT', { field: 'employees' })
  }
  return {
    name,
    corporateNumber: number === '' ? null : number,
    soleProprietor: input.soleProprietor ?? false,
    prefecture: input.prefecture?.trim() || null,
    trade: input.trade?.trim() || null,
    employees,
  }
}

/** A spoken code that no visible company has; the table's own uniqueness has the last word. */
async function freeCode(tx: Tx): Promise<string> {
  for (let digits = 4; digits <= 6; digits++) {
    for (let tries = 0; tries < 20; tries++) {
      const code = `M-${String(randomInt(10 ** digits)).padStart(digits, '0')}`
      const taken = await tx.one('select 1 as one from code_taken($1) as found (taken) where taken', [code])
      if (!taken) return code
    }
  }
  throw new Error('BUG: no free company code')
}
