import type { Instant } from '../base/time.ts'
import { moment, type Tx } from '../store/index.ts'

/** How many notices a company was handed since an instant, and how many of them it answered; practice does not count. */
export async function noticeCounts(
  tx: Tx,
  company: string,
  since: Instant,
): Promise<{ readonly handed: number; readonly answered: number }> {
  const row = await tx.one<{ handed: number; answered: number }>(
    `select count(*)::int as handed, count(*) filter (where exists (
       select 1 from notice_answer a where a.company_id = n.company_id and a.notice_id = n.id))::int as answered
     from notice n where n.company_id = $1 and n.handed_at > $2::timestamptz and not n.practice and not n.canary`,
    [company, moment(since)],
  )
  return row ?? { handed: 0, answered: 0 }
}
