import type { RouteSpec } from '../../../http/index.ts'
import type { PublicDeps } from '../parts.ts'
import { formRoutes } from './form-routes.tsx'
import { makeApplicationGuards } from './guards.ts'
import { changeRoutes, confirmRoutes, stateRoutes } from './link-routes.tsx'

/** Application to the register by anybody, without an account: the form, the mailed links, changes later. */
export function applicationRoutes(parts: PublicDeps): readonly RouteSpec[] {
  const deps = { parts, guards: makeApplicationGuards() }
  return [...formRoutes(deps), ...confirmRoutes(deps), ...stateRoutes(deps), ...changeRoutes(deps)]
}
