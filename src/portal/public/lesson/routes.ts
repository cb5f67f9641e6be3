import type { RouteSpec } from '../../../http/index.ts'
import type { PublicDeps } from '../parts.ts'
import { openLessonPages } from './lesson.tsx'

/** The staff lesson by a link. */
export function openLessonRoutes(_parts: PublicDeps): readonly RouteSpec[] {
  return openLessonPages()
}
