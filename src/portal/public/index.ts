import type { Access } from '../../access/index.ts'
import type { RouteSpec } from '../../http/index.ts'
import { type CheckNumber, checkRoutes } from './check.tsx'
import { codeRoutes } from './code.tsx'
import { enterRoutes } from './enter.tsx'
import { firstRunRoutes } from './first-run.tsx'
import { makeGuards } from './guards.ts'
import { privacyRoutes } from './privacy.tsx'
import { signInRoutes } from './sign-in.tsx'

export type { CheckNumber } from './check.tsx'

export type PublicDeps = { readonly access: Access; readonly checkNumber: CheckNumber }

/** Pages for anybody: sign-in, one-time links, the first run, is it genuine, what is collected. */
export function publicRoutes(deps: PublicDeps): readonly RouteSpec[] {
  const door = { access: deps.access, guards: makeGuards(), secure: deps.access.baseUrl.startsWith('https:') }
  return [
    ...signInRoutes(door),
    ...codeRoutes(door),
    ...enterRoutes(door),
    ...firstRunRoutes(door),
    ...checkRoutes(deps.checkNumber),
    ...privacyRoutes(),
  ]
}
