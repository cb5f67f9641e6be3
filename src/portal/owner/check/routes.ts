import type { RouteSpec } from '../../../http/index.ts'
import type { OwnerParts } from '../parts.ts'
import { afterRoutes } from './after.tsx'
import { joiningRoutes } from './joining.tsx'
import { questionRoutes } from './question.tsx'
import { resultRoutes } from './result.tsx'
import { startRoutes } from './start.tsx'
import { togetherRoutes } from './together.tsx'

/** The self-check: questions, result, to-dos of the answers, several respondents. */
export function checkRoutes(parts: OwnerParts): readonly RouteSpec[] {
  return [
    ...startRoutes,
    ...questionRoutes,
    ...togetherRoutes(parts),
    ...joiningRoutes,
    ...resultRoutes,
    ...afterRoutes,
  ]
}
