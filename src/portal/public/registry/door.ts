import { fault } from '../../../base/fault.ts'
import type { Ctx, Limiter } from '../../../http/index.ts'
import { type Registry, readRegistry, type Search } from '../../../registry/index.ts'
import type { Seal } from '../../../seal/index.ts'

/** What the register's pages need of the running program. */
export type RegistryParts = { readonly access: { readonly baseUrl: string }; readonly seal: Seal }

/** What the pages of the register share. */
export type RegistryDoor = {
  readonly parts: RegistryParts
  readonly search: Search
  readonly looks: Limiter
  readonly checks: Limiter
  readonly files: Limiter
}

/** How often one address may ask within ten minutes, as the page for programmers says it. */
export const allowed = { looks: 600, checks: 30, files: 10 } as const

/** The register that runs here. Fault: NOT_FOUND where there is none. */
export async function mustRegistry(ctx: Ctx): Promise<Registry> {
  const registry = await readRegistry(ctx.db)
  if (registry === undefined) throw fault('NOT_FOUND')
  return registry
}
