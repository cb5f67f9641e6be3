import { type Access, type Actor, must, record } from '../access/index.ts'
import { fault } from '../base/fault.ts'
import type { Instant } from '../base/time.ts'
import { type Tx, within } from '../store/index.ts'
import { standingOf } from './application-store.ts'
import { applicantPaths, mailTo, sendAll } from './application-tell.ts'
import type { Entry, EntryStatus } from './entry.ts'
import { mayReview } from './review-decide.ts'
import { entryColumns, toEntry } from './row.ts'
import { conditionsOf, readBox } from './search-query.ts'
import { registryOf } from './settings.ts'
import { changeEntryStatus, findEntry } from './store.ts'

/** What the desk may make of an entry in a state; a stopped one stays stopped, a new declaration gets a new number. */
export const mayBecome: Readonly<Record<EntryStatus, readonly EntryStatus[]>> = {
  active: ['suspended', 'stopped'],
  suspended: ['active', 'stopped'],
  stopped: [],
}

const acts: Readonly<Record<EntryStatus, string>> = {
  active: 'registry.resumed',
  suspended: 'registry.suspended',
  stopped: 'registry.stopped',
}

/**
 * Suspends, resumes or stops an entry, with a reason that stands on its public page and goes to the applicant.
 * Fault: NOT_FOUND for an unknown number, ENTRY_STATE when the entry is not in a state that allows it.
 */
export async function setEntryStatus(
  { access, actor }: { readonly access: Access; readonly actor: Actor },
  change: { readonly number: string; readonly status: EntryStatus; readonly reason: string },
  now: Instant,
): Promise<void> {
  const scope = { organisations: [actor.organisation], person: actor.person }
  const { number, status, reason } = change
  const mails = await within(access.app, scope, async (tx) => {
    const registry = await registryOf(tx)
    must(registry !== undefined && mayReview(actor, registry))
    const entry = await findEntry(tx, number)
    if (entry === undefined || registry === undefined) throw fault('NOT_FOUND')
    if (!mayBecome[entry.status].includes(status))
      throw fault('ENTRY_STATE', { from: entry.status, to: status })
    await changeEntryStatus(tx, { number, status, reason }, { by: 'registry', now })
    await record(tx, actor, { organisation: registry.id, act: acts[status], subject: number })
    const standing = await standingOf(tx, number)
    const page = `${access.baseUrl}${applicantPaths.entry(number)}`
    return standing === undefined
      ? []
      : mailTo(registry, standing, { kind: 'status', status, name: entry.name, number, reason, entry: page })
  })
  sendAll(access, mails)
}

/** Entries that the desk sees at once; a longer answer asks for a better question. */
export const deskRows = 50

/** Entries by number, corporate number or name as typed, whatever their state; the newest where nothing is typed. */
export async function entriesForDesk(
  tx: Tx,
  asked: { readonly typed: string; readonly code: string },
): Promise<readonly Entry[]> {
  const box = readBox(asked.typed, asked.code)
  const { where, values } = conditionsOf({ typed: asked.typed }, box)
  const rows = await tx.rows<Entry>(
    `select ${entryColumns} from registry_entry e where ${where} order by e.declared_on desc, e.number desc limit ${deskRows}`,
    values,
  )
  return rows.map(toEntry)
}
