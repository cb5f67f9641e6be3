import type { Entry, EntryEvent } from './entry.ts'

/** A row with its nulls as undefined: absent is one thing in the program. */
export function defined<R extends object>(row: R): R {
  // The shape of a row is the query's claim; only its nulls change.
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value ?? undefined])) as R
}

/** The public columns of an entry, `e` being the table. */
export const entryColumns = `e.number, e.name, e.name_kana as "nameKana", e.corporate_number as "corporateNumber",
  e.sole_proprietor as "soleProprietor", e.prefecture, e.town, e.industry, e.level, e.pledge_edition as "pledgeEdition",
  e.declared_on as "declaredOn", e.self_check_on as "selfCheckOn", e.policy_url as "policyUrl", e.status,
  e.status_since as "statusSince", e.replaces, e.replaced_by as "replacedBy", e.updated_at as "updatedAt"`

export const toEntry = (row: Entry): Entry => defined(row)
export const toEvent = (row: EntryEvent): EntryEvent => defined(row)
