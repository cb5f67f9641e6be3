import type { Instant } from '../base/time.ts'
import { moment, type Tx } from '../store/index.ts'

/** What forms ask of a company beyond its name. Texts as typed; an empty one is null. */
export type CompanyDetail = {
  readonly nameKana: string | null
  /** Seven digits. */
  readonly postalCode: string | null
  /** Without the prefecture. */
  readonly address: string | null
  readonly phone: string | null
  readonly url: string | null
  /** Major class of the Japan Standard Industrial Classification, A to T. */
  readonly industry: string | null
  readonly capitalYen: number | null
  readonly representativeTitle: string | null
  readonly representativeName: string | null
}

const columns = `name_kana as "nameKana", postal_code as "postalCode", address, phone, url, industry,
  capital_yen as "capitalYen", representative_title as "representativeTitle", representative_name as "representativeName"`

/** The detail of one company of the scope; undefined before anybody typed it. */
export async function findDetail(
  tx: Tx,
  company: string,
): Promise<(CompanyDetail & { readonly changedAt: Instant }) | undefined> {
  return tx.one(`select ${columns}, changed_at as "changedAt" from company_detail where company_id = $1`, [
    company,
  ])
}

/** Keeps the detail as a whole: what is not there is emptied. */
export async function saveDetail(
  tx: Tx,
  detail: CompanyDetail & { readonly company: string },
  by: { readonly person: string; readonly now: Instant },
): Promise<void> {
  await tx.run(
    `insert into company_detail (company_id, name_kana, postal_code, address, phone, url, industry, capital_yen,
       representative_title, representative_name, changed_at, changed_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::timestamptz, $12)
     on conflict (company_id) do update set name_kana = excluded.name_kana, postal_code = excluded.postal_code,
       address = excluded.address, phone = excluded.phone, url = excluded.url, industry = excluded.industry,
       capital_yen = excluded.capital_yen, representative_title = excluded.representative_title,
       representative_name = excluded.representative_name, changed_at = excluded.changed_at, changed_by = excluded.changed_by`,
    [
      detail.company,
      detail.nameKana,
      detail.postalCode,
      detail.address,
      detail.phone,
      detail.url,
      detail.industry,
      detail.capitalYen,
      detail.representativeTitle,
      detail.representativeName,
      moment(by.now),
      by.person,
    ],
  )
}
