import type { RouteSpec } from '../../../http/index.ts'
import type { ProviderParts } from '../parts.ts'
import { reviewRoutes } from './application.tsx'
import { entryRoutes } from './entries.tsx'
import { keyRoutes } from './key.tsx'
import { queueRoutes } from './queue.tsx'
import { settingsRoutes } from './settings.tsx'

/** The desk of the register: review, entries, settings. */
export function registryDeskRoutes(parts: ProviderParts): readonly RouteSpec[] {
  return [
    ...queueRoutes(),
    ...reviewRoutes(parts),
    ...entryRoutes(parts),
    ...settingsRoutes(),
    ...keyRoutes(parts),
  ]
}
