import type { RouteSpec } from '../../../http/index.ts'
import type { PublicDeps } from '../parts.ts'
import { openProofPages } from './proof.tsx'

/** A proof pack by its link. */
export function openProofRoutes(parts: PublicDeps): readonly RouteSpec[] {
  return openProofPages(parts)
}
