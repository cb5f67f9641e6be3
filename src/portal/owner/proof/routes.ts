import type { RouteSpec } from '../../../http/index.ts'
import type { OwnerParts } from '../parts.ts'
import { offers } from './offers.tsx'
import { endingRoutes } from './ending.tsx'
import { proofPages } from './proofs.tsx'

/** Proof packs, and what promoters offer. */
export function proofRoutes(parts: OwnerParts): readonly RouteSpec[] {
  return [...proofPages(parts), ...endingRoutes, offers]
}
