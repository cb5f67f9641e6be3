import type { RouteSpec } from '../../../http/index.ts'
import type { ProviderParts } from '../parts.ts'
import { declarationPages } from './declarations.tsx'

/** The declarations of the companies under contract. */
export function companyStarsRoutes(_parts: ProviderParts): readonly RouteSpec[] {
  return declarationPages
}
