import type { Instant } from '../base/time.ts'

/**
 * Price caps of the お助け隊サービス standard, class 1 (1類): network 10,000 yen a month, endpoint 2,000 yen a device and
 * month, term at most 24 months, all without tax (criterion OS-06 of the standard; caps are inclusive).
 */
export const priceCaps = { networkYen: 10_000, endpointYen: 2_000, termMonths: 24 } as const

/** What a firm bought. Amounts in yen a month without tax. */
export type Plan = {
  readonly id: string
  readonly company: string
  readonly kind: 'network' | 'endpoint' | 'both'
  readonly desk: string
  readonly watch: string
  readonly dispatch: string
  readonly insurance: string
  readonly networkPriceYen: number | null
  readonly endpointPriceYen: number | null
  readonly endpoints: number | null
  /** Date in Japan, YYYY-MM-DD. */
  readonly startsOn: string
  readonly termMonths: number
  readonly explainedOn: string | null
  readonly explainedTo: string | null
}

export const planItems = ['desk', 'watch', 'dispatch', 'insurance', 'price', 'term'] as const
export type PlanItem = (typeof planItems)[number]

/** When one part of the package was last seen to work, in words that were true then. */
export type PlanProof = {
  readonly item: PlanItem
  readonly provedAt: Instant
  readonly textJa: string
  readonly textEn: string
}

/** Yen a month for everything, without tax. */
export function monthlyYen(plan: Pick<Plan, 'networkPriceYen' | 'endpointPriceYen' | 'endpoints'>): number {
  return (plan.networkPriceYen ?? 0) + (plan.endpointPriceYen ?? 0) * (plan.endpoints ?? 0)
}

/** Which caps of the standard a plan is above; empty = within all of them. */
export function aboveCaps(
  plan: Pick<Plan, 'networkPriceYen' | 'endpointPriceYen' | 'termMonths'>,
): ('network' | 'endpoint' | 'term')[] {
  const above: ('network' | 'endpoint' | 'term')[] = []
  if ((plan.networkPriceYen ?? 0) > priceCaps.networkYen) above.push('network')
  if ((plan.endpointPriceYen ?? 0) > priceCaps.endpointYen) above.push('endpoint')
  if (plan.termMonths > priceCaps.termMonths) above.push('term')
  return above
}
