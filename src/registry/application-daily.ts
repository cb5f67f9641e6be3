import { day, type Instant, minute } from '../base/time.ts'
import { moment, within } from '../store/index.ts'
import { type ApplicationParts, settle } from './application-settle.ts'
import { readRegistry } from './settings.ts'

/** A form that was begun or sent and never confirmed is kept this long; what was refused or withdrawn, this long after. */
const unconfirmedFor = 7 * day
const settledFor = 180 * day

/**
 * Goes on with what a stopped program left behind, and forgets what nobody needs: forms that were never confirmed,
 * applications refused or withdrawn half a year ago, links that open nothing. To be run often; finds little to do.
 * @returns how many were decided and how many forgotten
 */
export async function applicationsDaily(
  parts: ApplicationParts,
  now: Instant,
): Promise<{ readonly decided: number; readonly forgotten: number }> {
  const registry = await readRegistry(parts.access.app)
  if (registry === undefined) return { decided: 0, forgotten: 0 }
  const scope = { organisations: [registry.id] }
  const stuck = await within(parts.access.app, scope, (tx) =>
    tx.rows<{ id: string }>(
      `select id from application where state = 'checking' and confirmed_at < $1 order by confirmed_at limit 200`,
      [moment(now - 2 * minute)],
    ),
  )
  for (const { id } of stuck) await settle(parts, { organisation: registry.id, application: id }, now)
  const forgotten = await within(parts.access.app, scope, async (tx) => {
    await tx.run('delete from application_link where expires_at < $1', [moment(now - day)])
    return tx.run(
      `delete from application where (state in ('draft', 'sent') and coalesce(sent_at, started_at) < $1)
         or (state in ('refused', 'withdrawn') and settled_at < $2)`,
      [moment(now - unconfirmedFor), moment(now - settledFor)],
    )
  })
  return { decided: stuck.length, forgotten }
}
