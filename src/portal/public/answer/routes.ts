import type { RouteSpec } from '../../../http/index.ts'
import type { PublicDeps } from '../parts.ts'
import { answerPages } from './pages.tsx'

/** A respondent answers the self-check by a link. */
export function answerRoutes(_parts: PublicDeps): readonly RouteSpec[] {
  return answerPages
}
