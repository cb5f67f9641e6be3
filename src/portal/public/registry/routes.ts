import { minute } from '../../../base/time.ts'
import { makeLimiter, type RouteSpec } from '../../../http/index.ts'
import { makeSearch } from '../../../registry/index.ts'
import { apiRoutes } from './api.ts'
import { checkRoutes } from './check-route.tsx'
import { dataRoutes } from './data.ts'
import { entryRoutes } from './entry-route.tsx'
import { allowed, type RegistryDoor, type RegistryParts } from './door.ts'
import { searchRoutes } from './search-route.tsx'

/** The public register: search, entry, data, many at once. */
export function registryRoutes(parts: RegistryParts): readonly RouteSpec[] {
  const window = 10 * minute
  const door: RegistryDoor = {
    parts,
    search: makeSearch(),
    // A subsidy office looks through pages quickly; a crawler of 400,000 entries takes the file instead.
    looks: makeLimiter({ max: allowed.looks, window }),
    checks: makeLimiter({ max: allowed.checks, window }),
    files: makeLimiter({ max: allowed.files, window }),
  }
  return [
    ...searchRoutes(door),
    ...entryRoutes(door),
    ...dataRoutes(door),
    ...checkRoutes(door),
    ...apiRoutes(door),
  ]
}
