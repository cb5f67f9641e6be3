import type { Instant } from '../base/time.ts'
import type { Tx } from '../store/index.ts'
import { readStanding, type Standing } from './facts.ts'
import { judgeReminders, type MarkLook, type Reminder } from './reminder.ts'

/** The newest look at each ended declaration of a company. */
async function readMarkLooks(tx: Tx, company: string): Promise<MarkLook[]> {
  return tx.rows<MarkLook>(
    `select distinct on (declaration_id) declaration_id as declaration, shown, at from mark_look
     where company_id = $1 order by declaration_id, at desc`,
    [company],
  )
}

/** What a company should mend now, each with the moment since when. Fault: NOT_FOUND outside the scope. */
export async function remindersOf(tx: Tx, company: string, now: Instant): Promise<readonly Reminder[]> {
  return remindersIn(tx, await readStanding(tx, company), now)
}

/** The same, where it is known already how the company stands. */
export async function remindersIn(tx: Tx, it: Standing, now: Instant): Promise<readonly Reminder[]> {
  return judgeReminders({ ...it, markLooks: await readMarkLooks(tx, it.company.id) }, now)
}
