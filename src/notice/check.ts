import type { Severity } from '../base/severity.ts'
import { hour, type Instant, jstDate } from '../base/time.ts'
import { makeLimiter } from '../http/index.ts'
import { type Pool, withoutScope } from '../store/index.ts'
import { parseNumber } from './number.ts'

/** All that anybody may learn of a notice by its number; never what it says. */
export type CheckAnswer =
  | { readonly sent: true; readonly date: string; readonly severity: Severity; readonly code: string }
  | { readonly sent: false }

export type NumberCheck = (number: string, who: { readonly ip: string }, now: Instant) => Promise<CheckAnswer>

/** Tries per hour and address. */
const tries = 10

/** Asked in place of what cannot be a number, so that every answer costs the same look-up. */
const nobodys = '000000000'

/**
 * The check of a notice number, for anybody. Both answers do the same work: one indexed look-up, nothing more after it.
 * @param pool app role
 * Faults: TOO_MANY.
 */
export function makeNumberCheck(pool: Pool): NumberCheck {
  const limiter = makeLimiter({ max: tries, window: hour })
  return async (number, who, now) => {
    limiter.take(who.ip, now)
    const digits = parseNumber(number) ?? nobodys
    const [found] = await withoutScope(pool, (tx) =>
      tx.rows<{ at: Instant; severity: Severity; code: string }>(
        'select made_at as at, severity, code from notice_by_number($1)',
        [digits],
      ),
    )
    return found && digits !== nobodys
      ? { sent: true, date: jstDate(found.at), severity: found.severity, code: found.code }
      : { sent: false }
  }
}
