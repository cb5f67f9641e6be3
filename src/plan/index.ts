export { keepPlan } from './keep-plan.ts'
export {
  monthlyYen,
  type Plan,
  type PlanItem,
  type PlanProof,
  planItems,
  priceCaps,
} from './plan.ts'
export { findPlan, newestProofs, savePlan, saveProof } from './store.ts'
