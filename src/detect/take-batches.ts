import type { Instant } from '../base/time.ts'
import type { BatchHeader } from '../event/index.ts'
import { type Pool, type Tx, within } from '../store/index.ts'
import type { Finding } from './finding.ts'
import { type Tally, tally } from './health.ts'
import { saveHealth } from './health-store.ts'
import type { RawLine, ReadBatch } from './read-batches.ts'
import { type Watch, watchBatch } from './watch-batch.ts'

/** A canary line that has come as far as detection. */
export type Canary = { readonly company: string; readonly receiver: string; readonly sentAt: Instant }

/** Findings of one company. */
export type Raised = { readonly company: string; readonly findings: readonly Finding[] }

/** What main hands in: the floors above may not be imported here. */
export type Doors = {
  /** Makes alerts of findings, in the transaction that counts the batch. Idempotent by the findings' keys. */
  readonly raise: (tx: Tx, of: Raised, now: Instant) => Promise<void>
  readonly onCanary: (tx: Tx, canary: Canary, now: Instant) => Promise<void>
  readonly noteSequences: (
    tx: Tx,
    of: { readonly company: string; readonly lines: readonly RawLine[]; readonly now: Instant },
  ) => Promise<unknown>
}

/** Everything that one batch leads to; made once, written as often as the database makes it necessary. */
export type Outcome = {
  readonly header: BatchHeader
  readonly findings: readonly Finding[]
  readonly canaries: readonly Canary[]
  readonly tally: Tally
  readonly raw: readonly RawLine[]
}

/** `mimamori canary <epoch milliseconds>-<anything>`. */
const canaryText = /mimamori canary (\d{13})-/

function canariesOf(batch: ReadBatch, findings: readonly Finding[]): Canary[] {
  const { canary: receiver, header } = batch
  if (receiver === null || findings.length === 0) return []
  const sent = batch.raw.flatMap(({ raw }) => canaryText.exec(raw)?.[1] ?? [])
  if (sent.length === 0) return []
  // The newest closes the loop for those before it.
  return [{ company: header.company, receiver, sentAt: Math.max(...sent.map(Number)) }]
}

/** Holds a batch against the rules. Moves the correlations on, so it is done once per batch. */
export function judge(watch: Watch, batch: ReadBatch): Outcome {
  const { header, lines, raw } = batch
  const all = watchBatch(watch, header.company, lines)
  const isCanary = (finding: Finding): boolean => finding.detection === 'canary'
  return {
    header,
    // A canary is ours alone: anybody may write the words.
    findings: all.filter((finding) => !isCanary(finding)),
    canaries: canariesOf(batch, all.filter(isCanary)),
    tally: tally(header, lines),
    raw,
  }
}

/** Writes what batches of one company lead to, in one transaction in that company's scope alone. */
export async function write(
  pool: Pool,
  outcomes: readonly Outcome[],
  { doors, now }: { readonly doors: Doors; readonly now: Instant },
): Promise<void> {
  const company = outcomes[0]?.header.company
  if (company === undefined) return
  await within(pool, { organisations: [company] }, async (tx) => {
    await doors.noteSequences(tx, { company, lines: outcomes.flatMap((each) => each.raw), now })
    await saveHealth(tx, company, { tallies: outcomes.map((each) => each.tally), now })
    const findings = outcomes.flatMap((each) => each.findings)
    if (findings.length > 0) await doors.raise(tx, { company, findings }, now)
    for (const canary of outcomes.flatMap((each) => each.canaries)) await doors.onCanary(tx, canary, now)
  })
}

/**
 * Whether trying again may help: the connection broke, the database stopped, is full or busy, or two transactions were in
 * each other's way. Everything else is a fault of ours that would stop the watch for ever.
 */
export function isPassing(thrown: unknown): boolean {
  if (!(thrown instanceof Error)) return false
  const code = 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : undefined
  if (code === undefined) return /connection|timeout|terminated|socket/i.test(thrown.message)
  return /^(?:08|40|53|55|57|58)/.test(code) || /^E[A-Z]+$/.test(code)
}
