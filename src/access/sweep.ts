import { day, type Instant } from '../base/time.ts'
import type { Access } from './access.ts'

/**
 * Removes what lets nobody in any more: sessions and numbers past their time, links a day after theirs. For a daily job.
 * @returns how many rows went.
 */
export async function sweepSignIn(access: Access, now: Instant): Promise<number> {
  const past = new Date(now)
  const gone = await Promise.all([
    access.signInPool.query('delete from session where "expiresAt" < $1', [past]),
    access.signInPool.query('delete from verification where "expiresAt" < $1', [past]),
    access.signInPool.query('delete from entry_link where expires_at < $1', [new Date(now - day)]),
  ])
  return gone.reduce((sum, { rowCount }) => sum + (rowCount ?? 0), 0)
}
