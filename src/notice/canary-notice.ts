import { day, type Instant } from '../base/time.ts'
import { moment, newId, type Tx } from '../store/index.ts'
import { saveNotice } from './store.ts'

/**
 * Stores the notice that closes the loop of a canary line. It is never handed over, listed, counted or found by number; those
 * older than a day are thrown away.
 * @param tx detector role, in the canary company's scope
 * @returns the id
 */
// oxlint-disable-next-line max-params -- transaction, company, receiver and clock: the shape the canary loop hands in
export async function storeCanaryNotice(
  tx: Tx,
  company: string,
  receiver: string,
  now: Instant,
): Promise<string> {
  await tx.run('delete from notice where company_id = $1 and canary and made_at < $2', [
    company,
    moment(now - day),
  ])
  const id = newId()
  const texts = { title: `canary ${receiver}`, what: [], todo: [], doNot: [], answers: [] }
  await saveNotice(tx, {
    id,
    company,
    alert: null,
    silence: null,
    type: 'canary',
    variant: null,
    severity: 'info',
    severityReason: 'canary',
    facts: {
      detection: `canary.${receiver}`,
      key: 'canary',
      held: null,
      problems: [],
      story: { ja: '', en: '' },
    },
    texts: { ja: texts, en: texts },
    madeAt: now,
    dueAt: now,
    practice: false,
    canary: true,
  })
  return id
}
