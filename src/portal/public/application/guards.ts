import { hour, minute } from '../../../base/time.ts'
import { type Limiter, makeLimiter } from '../../../http/index.ts'

/** How often somebody may begin, have mails sent, and try links. */
export type ApplicationGuards = {
  readonly begin: Limiter
  readonly mailsFrom: Limiter
  readonly mailsTo: Limiter
  readonly links: Limiter
}

/**
 * An adviser who applies for customers all afternoon gets through; nobody fills a stranger's mailbox (5 mails an hour)
 * or the table of forms, and secrets of 256 bits are not guessed at any speed.
 */
export function makeApplicationGuards(): ApplicationGuards {
  return {
    begin: makeLimiter({ max: 30, window: hour }),
    mailsFrom: makeLimiter({ max: 30, window: hour }),
    mailsTo: makeLimiter({ max: 5, window: hour }),
    links: makeLimiter({ max: 240, window: 10 * minute }),
  }
}
