import type { Access } from '../../access/index.ts'
import type { Seal } from '../../seal/index.ts'
import type { Visit } from '../../visit/index.ts'

/** What the owner's pages need of the running program. */
export type OwnerParts = { readonly access: Access; readonly seal: Seal; readonly visit: Visit }
