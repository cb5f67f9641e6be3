import { moment, type Tx } from '../store/index.ts'
import type { Plan, PlanProof } from './plan.ts'

/** The newest plan of a company; undefined when nothing was bought yet. */
export async function findPlan(tx: Tx, company: string): Promise<Plan | undefined> {
  return tx.one<Plan>(
    `select id, company_id as company, kind, desk, watch, dispatch, insurance, network_price_yen as "networkPriceYen",
       endpoint_price_yen as "endpointPriceYen", endpoints, starts_on as "startsOn", term_months as "termMonths",
       explained_on as "explainedOn", explained_to as "explainedTo"
     from plan where company_id = $1 order by created_at desc limit 1`,
    [company],
  )
}

/** Writes a plan. */
export async function savePlan(tx: Tx, plan: Plan): Promise<void> {
  await tx.run(
    `insert into plan (id, company_id, kind, desk, watch, dispatch, insurance, network_price_yen, endpoint_price_yen, endpoints,
       starts_on, term_months, explained_on, explained_to)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      plan.id,
      plan.company,
      plan.kind,
      plan.desk,
      plan.watch,
      plan.dispatch,
      plan.insurance,
      plan.networkPriceYen,
      plan.endpointPriceYen,
      plan.endpoints,
      plan.startsOn,
      plan.termMonths,
      plan.explainedOn,
      plan.explainedTo,
    ],
  )
}

/** The newest proof of each part of a company's package. */
export async function newestProofs(tx: Tx, company: string): Promise<PlanProof[]> {
  return tx.rows<PlanProof>(
    `select distinct on (item) item, proved_at as "provedAt", text_ja as "textJa", text_en as "textEn"
     from plan_proof where company_id = $1 order by item, proved_at desc`,
    [company],
  )
}

/** Keeps that a part of the package was seen to work. */
export async function saveProof(
  tx: Tx,
  id: string,
  proof: PlanProof & { readonly company: string },
): Promise<void> {
  await tx.run(
    'insert into plan_proof (id, company_id, item, proved_at, text_ja, text_en) values ($1, $2, $3, $4, $5, $6)',
    [id, proof.company, proof.item, moment(proof.provedAt), proof.textJa, proof.textEn],
  )
}
