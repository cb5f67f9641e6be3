import type { Access } from './access/index.ts'
import type { Appender } from './event/index.ts'
import type { RouteSpec } from './http/index.ts'
import { frontRoutes } from './portal/front/index.ts'
import { ownerRoutes } from './portal/owner/index.ts'
import { providerRoutes } from './portal/provider/index.ts'
import { type CheckNumber, publicRoutes } from './portal/public/index.ts'
import type { Watch } from './watch.ts'

/** What the pages need of the running program. */
export type PageParts = {
  readonly access: Access
  readonly checkNumber: CheckNumber
  readonly appender: Appender
  readonly watch: () => Watch | undefined
}

/** Every page of the program, by reader. The isolation test walks this list. */
export function routesOf(parts: PageParts): readonly RouteSpec[] {
  return [
    ...frontRoutes(),
    ...publicRoutes({ access: parts.access, checkNumber: parts.checkNumber }),
    ...ownerRoutes,
    ...providerRoutes({
      access: parts.access,
      appender: parts.appender,
      state: () => parts.watch()?.state(),
      ports: () => parts.watch()?.ports,
      rules: () => parts.watch()?.rules() ?? [],
      reloadRules: () => parts.watch()?.reloadRules() ?? false,
      startDay: (now) => parts.watch()?.startDay(now) ?? false,
    }),
  ]
}
