import type { Access } from '../../access/index.ts'
import { hour, minute } from '../../base/time.ts'
import { type Ctx, type Limiter, makeLimiter } from '../../http/index.ts'

/** How often somebody may try to come in: by where they are, and by the address they name. */
export type Guards = {
  readonly mailsFrom: Limiter
  readonly mailsTo: Limiter
  readonly triesFrom: Limiter
  readonly triesTo: Limiter
  readonly setUp: Limiter
  readonly links: Limiter
}

/**
 * An office of twenty behind one address signs in on one morning: 30 mails in ten minutes are let through. One mailbox gets
 * 5 at most, or anybody could fill it. A number has a million values and three tries; 20 tries an hour on one address
 * leave a guesser one chance in fifty thousand.
 */
export function makeGuards(): Guards {
  return {
    mailsFrom: makeLimiter({ max: 30, window: 10 * minute }),
    mailsTo: makeLimiter({ max: 5, window: 10 * minute }),
    triesFrom: makeLimiter({ max: 60, window: 10 * minute }),
    triesTo: makeLimiter({ max: 20, window: hour }),
    setUp: makeLimiter({ max: 10, window: 10 * minute }),
    links: makeLimiter({ max: 60, window: 10 * minute }),
  }
}

/** What the pages of signing in share. */
export type SignInDoor = { readonly access: Access; readonly guards: Guards; readonly secure: boolean }

/** Where a request comes from, for the row of its session. */
export function fromOf(ctx: Ctx): { headers: Headers; ip: string; userAgent: string } {
  return { headers: ctx.headers, ip: ctx.ip, userAgent: ctx.userAgent }
}
