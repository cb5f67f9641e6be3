import type { RouteSpec } from '../../../http/index.ts'
import type { PublicDeps } from '../parts.ts'
import { published } from './published.tsx'

/** Policies that are published here. */
export function publishedRoutes(_parts: PublicDeps): readonly RouteSpec[] {
  return [published]
}
