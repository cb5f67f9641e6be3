import type { RouteSpec } from '../../../http/index.ts'
import type { ProviderParts } from '../parts.ts'
import { promoterPages } from './promoters.tsx'

/** Promoters and what they offer. */
export function promoterRoutes(_parts: ProviderParts): readonly RouteSpec[] {
  return promoterPages
}
