import type { Access } from './access/index.ts'
import type { Appender } from './event/index.ts'
import type { RouteSpec } from './http/index.ts'
import { frontRoutes } from './portal/front/index.ts'
import { ownerRoutes } from './portal/owner/index.ts'
import { providerRoutes } from './portal/provider/index.ts'
import { type CheckNumber, publicRoutes } from './portal/public/index.ts'
import type { Seal } from './seal/index.ts'
import type { Visit } from './visit/index.ts'
import type { Watch } from './watch.ts'

/** What the pages need of the running program. */
export type PageParts = {
  readonly access: Access
  readonly checkNumber: CheckNumber
  readonly appender: Appender
  readonly seal: Seal
  readonly visit: Visit
  readonly watch: () => Watch | undefined
}

/** Every page of the program, by reader. The isolation test walks this list. */
export function routesOf(parts: PageParts): readonly RouteSpec[] {
  const { access, seal, visit } = parts
  return [
    ...frontRoutes(),
    ...publicRoutes({ access, checkNumber: parts.checkNumber, seal, visit }),
    ...ownerRoutes({ access, seal, visit }),
    ...providerRoutes({
      access,
      seal,
      appender: parts.appender,
      state: () => parts.watch()?.state(),
      ports: () => parts.watch()?.ports,
      rules: () => parts.watch()?.rules() ?? [],
      reloadRules: () => parts.watch()?.reloadRules() ?? false,
      startDay: (now) => parts.watch()?.startDay(now) ?? false,
    }),
  ]
}
