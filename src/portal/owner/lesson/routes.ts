import type { RouteSpec } from '../../../http/index.ts'
import type { OwnerParts } from '../parts.ts'
import { lessonActs } from './acts.tsx'
import { lessons } from './lessons.tsx'

/** Threat news and the staff lesson. */
export function lessonRoutes(parts: OwnerParts): readonly RouteSpec[] {
  return [lessons, ...lessonActs(parts)]
}
