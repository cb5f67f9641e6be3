import type { Access } from '../../access/index.ts'
import type { Seal } from '../../seal/index.ts'
import type { Visit } from '../../visit/index.ts'
import type { CheckNumber } from './check.tsx'

/** What the pages for anybody need of the running program. */
export type PublicDeps = {
  readonly access: Access
  readonly checkNumber: CheckNumber
  readonly seal: Seal
  readonly visit: Visit
}
