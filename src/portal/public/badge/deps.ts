import { type Badges, makeBadges } from '../../../badge/index.ts'
import type { Pool } from '../../../store/index.ts'
import type { Seal } from '../../../seal/index.ts'

/** What the badge's pages need of the running program. */
export type BadgeDeps = { readonly access: { readonly baseUrl: string }; readonly seal: Seal }

const byPool = new WeakMap<Pool, Badges>()

/** The badges of this installation; what was signed is kept between requests. */
export function badgesOn(pool: Pool, { access, seal }: BadgeDeps): Badges {
  const known = byPool.get(pool)
  if (known) return known
  const badges = makeBadges({ pool, seal, baseUrl: access.baseUrl })
  byPool.set(pool, badges)
  return badges
}
