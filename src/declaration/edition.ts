import { z } from 'zod'
import { readSet } from '../catalogue/index.ts'

const editions = z.array(z.object({ id: z.string() })).min(1)
const pledges = z
  .array(z.object({ id: z.enum(['jou5', 'jou6']), in_force_until: z.string().nullable() }))
  .min(1)

let check: string | undefined
let pledge: 'jou5' | 'jou6' | undefined

/** The edition of the self-check that stands last in the catalogue: in it a check begins today. */
export function currentCheckEdition(): string {
  check ??= readSet('selfcheck_editions', editions).at(-1)?.id ?? ''
  return check
}

/** The newest edition of the basic items. */
export function currentPledgeEdition(): 'jou5' | 'jou6' {
  pledge ??= readSet('pledge_editions', pledges).at(-1)?.id ?? 'jou6'
  return pledge
}
