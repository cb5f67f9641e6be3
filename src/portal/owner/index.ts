import type { RouteSpec } from '../../http/index.ts'
import { checkRoutes } from './check/routes.ts'
import { basicsRoutes } from './basics/routes.ts'
import { policyRoutes } from './policy/routes.ts'
import { publicationRoutes } from './publication/routes.ts'
import { starsRoutes } from './stars/routes.ts'
import { lessonRoutes } from './lesson/routes.ts'
import { proofRoutes } from './proof/routes.ts'
import type { OwnerParts } from './parts.ts'
import { company } from './company.tsx'
import { device, nameDevice, retire, retirement } from './device.tsx'
import { devices } from './devices.tsx'
import { home } from './home.tsx'
import { incident } from './incident.tsx'
import { answer, linkedAnswer, linkedNotice, notice } from './notice.tsx'
import { notices } from './notices.tsx'

/** The pages of a watched company's people, and the notice behind a mailed link. */
export function ownerRoutes(parts: OwnerParts): readonly RouteSpec[] {
  return [
    home,
    notices,
    notice,
    answer,
    linkedNotice,
    linkedAnswer,
    incident,
    devices,
    device,
    nameDevice,
    retirement,
    retire,
    company,
    ...checkRoutes(parts),
    ...basicsRoutes(parts),
    ...policyRoutes(parts),
    ...publicationRoutes(parts),
    ...starsRoutes(parts),
    ...lessonRoutes(parts),
    ...proofRoutes(parts),
  ]
}
