import type { RouteSpec } from '../../http/index.ts'
import { company } from './company.tsx'
import { device, nameDevice, retire, retirement } from './device.tsx'
import { devices } from './devices.tsx'
import { home } from './home.tsx'
import { incident } from './incident.tsx'
import { answer, linkedAnswer, linkedNotice, notice } from './notice.tsx'
import { notices } from './notices.tsx'

/** The pages of a watched company's people, and the notice behind a mailed link. */
export const ownerRoutes: readonly RouteSpec[] = [
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
]
