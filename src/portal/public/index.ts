import { answerRoutes } from './answer/routes.ts'
import { publishedRoutes } from './published/routes.ts'
import { wordingRoutes } from './wording/routes.ts'
import { openLessonRoutes } from './lesson/routes.ts'
import { openProofRoutes } from './proof/routes.ts'
import { registryRoutes } from './registry/routes.ts'
import { applicationRoutes } from './application/routes.ts'
import { statisticsRoutes } from './statistics/routes.ts'
import { badgeRoutes } from './badge/routes.ts'
import type { PublicDeps } from './parts.ts'
import type { RouteSpec } from '../../http/index.ts'
import { checkRoutes } from './check.tsx'
import { codeRoutes } from './code.tsx'
import { enterRoutes } from './enter.tsx'
import { firstRunRoutes } from './first-run.tsx'
import { makeGuards } from './guards.ts'
import { privacyRoutes } from './privacy.tsx'
import { signInRoutes } from './sign-in.tsx'

export type { CheckNumber } from './check.tsx'

export type { PublicDeps } from './parts.ts'

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
    ...answerRoutes(deps),
    ...publishedRoutes(deps),
    ...wordingRoutes(deps),
    ...openLessonRoutes(deps),
    ...openProofRoutes(deps),
    ...registryRoutes(deps),
    ...applicationRoutes(deps),
    ...statisticsRoutes(deps),
    ...badgeRoutes(deps),
  ]
}
