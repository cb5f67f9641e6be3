import type { Tx } from '../store/index.ts'
import type { Company, Person, Site } from './company.ts'

const companyColumns = `
  c.id, o.name, c.code, c.corporate_number as "corporateNumber", c.sole_proprietor as "soleProprietor", c.prefecture, c.trade,
  c.employees, c.created_at as "createdAt", c.ended_at as "endedAt"`

/** The companies of the scope, by code; the canary's is never among them. */
export async function listCompanies(tx: Tx): Promise<Company[]> {
  return tx.rows<Company>(
    `select ${companyColumns} from company c join organisation o on o.id = c.id
     where not c.canary and c.ended_at is null order by c.code`,
  )
}

/** One company of the scope. */
export async function findCompany(tx: Tx, id: string): Promise<Company | undefined> {
  return tx.one<Company>(
    `select ${companyColumns} from company c join organisation o on o.id = c.id where c.id = $1`,
    [id],
  )
}

/** Writes a new company with its organisation and the provider's contract. */
export async function saveCompany(
  tx: Tx,
  company: Omit<Company, 'createdAt' | 'endedAt'> & { readonly canary?: boolean },
  contract: { readonly id: string; readonly provider: string },
): Promise<void> {
  await tx.run(`insert into organisation (id, kind, name) values ($1, 'company', $2)`, [
    company.id,
    company.name,
  ])
  await tx.run(
    `insert into company (id, code, corporate_number, sole_proprietor, prefecture, trade, employees, canary)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      company.id,
      company.code,
      company.corporateNumber,
      company.soleProprietor,
      company.prefecture,
      company.trade,
      company.employees,
      company.canary ?? false,
    ],
  )
  await tx.run(`insert into relation (id, kind, from_id, to_id) values ($1, 'contract', $2, $3)`, [
    contract.id,
    contract.provider,
    company.id,
  ])
}

/** The sites of one company, by name. */
export async function listSites(tx: Tx, company: string): Promise<Site[]> {
  return tx.rows<Site>(
    'select id, company_id as company, name, address from site where company_id = $1 order by created_at, name',
    [company],
  )
}

/** Writes a new site. */
export async function saveSite(tx: Tx, site: Site): Promise<void> {
  await tx.run('insert into site (id, company_id, name, address) values ($1, $2, $3, $4)', [
    site.id,
    site.company,
    site.name,
    site.address,
  ])
}

/** The people of one organisation who still act for it, in the order of the call chain. */
export async function listPeople(tx: Tx, organisation: string): Promise<Person[]> {
  return tx.rows<Person>(
    `select id, organisation_id as organisation, role, name, email, phone, language, contact_order as "contactOrder"
     from person where organisation_id = $1 and ended_at is null order by contact_order nulls last, created_at`,
    [organisation],
  )
}
