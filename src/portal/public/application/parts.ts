import type { Ctx } from '../../../http/index.ts'
import { readRegistry, type Registry } from '../../../registry/index.ts'
import type { PublicDeps } from '../parts.ts'
import type { ApplicationGuards } from './guards.ts'

/** What the pages of applications share. */
export type ApplicationDeps = {
  readonly parts: Pick<PublicDeps, 'access' | 'visit'>
  readonly guards: ApplicationGuards
}

/** The register, when it takes applications. */
export async function openRegistry(ctx: Ctx): Promise<Registry | undefined> {
  const registry = await readRegistry(ctx.db)
  return registry?.openedAt !== undefined && registry.openedAt <= ctx.now ? registry : undefined
}

/** The register, open or not: what was begun goes on. */
export const anyRegistry = (ctx: Ctx): Promise<Registry | undefined> => readRegistry(ctx.db)
