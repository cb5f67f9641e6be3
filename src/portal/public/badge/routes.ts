import type { Badges } from '../../../badge/index.ts'
import type { Ctx, RouteSpec } from '../../../http/index.ts'
import { type BadgeDeps, badgesOn } from './deps.ts'
import { servedRoutes } from './served.ts'
import { verifyRoutes } from './verify.tsx'

/** Badge, credential, status list, keys, and the page that checks them. */
export function badgeRoutes(parts: BadgeDeps): readonly RouteSpec[] {
  const badgesOf = (ctx: Ctx): Badges => badgesOn(ctx.db, parts)
  return [...servedRoutes(parts, badgesOf), ...verifyRoutes(badgesOf)]
}
