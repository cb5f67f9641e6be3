import { evidenceFacts } from '../catalogue/index.ts'
import { day, type Instant } from '../base/time.ts'
import type { Counts } from './counts.ts'

/** How the record stands to an answer, strongest first. */
export const verdicts = ['contradicts', 'stale', 'better', 'supports', 'context', 'none'] as const
export type Verdict = (typeof verdicts)[number]

/** An answer of the self-check. */
export type AnswerId = 'done' | 'partly' | 'not_done' | 'unknown' | 'not_applicable'

/** What a signal may say of a question: `supports` = a good state only, `contradicts` = a bad one only. */
export type Use = 'both' | 'supports' | 'contradicts' | 'context'
export type SignalKind = 'monitor' | 'record'
export type Known = { readonly counts: Counts; readonly use: Use; readonly kind: SignalKind }

/**
 * What the record says of one answer; of several signals the strongest. It never changes the answer, a score or a gate.
 * Rule and limits: catalogue `evidence.rule` (ours, not of the scheme).
 * @param known the signals of the question that could be measured, each with its use there
 */
export function verdictOf(answer: AnswerId, known: readonly Known[], now: Instant): Verdict {
  const said = new Set(known.map((one) => verdictOfOne(answer, one, now)))
  return evidenceFacts().rule.precedence.find((verdict) => said.has(verdict)) ?? 'none'
}

function verdictOfOne(answer: AnswerId, { counts, use, kind }: Known, now: Instant): Verdict {
  const { rule } = evidenceFacts()
  if (counts.total === 0) return 'none'
  if (now - counts.asOf > rule.max_age_days[kind] * day) return 'stale'
  if (use === 'context') return 'context'
  const bad = use !== 'supports' && counts.bad > 0
  const good =
    use !== 'contradicts' &&
    counts.bad === 0 &&
    (counts.ok + counts.bad) / counts.total >= rule.min_known_share
  switch (answer) {
    case 'done':
      return bad ? 'contradicts' : good ? 'supports' : 'none'
    case 'partly':
      if (bad && counts.bad === counts.total) return 'contradicts'
      return use === 'both' && counts.ok > 0 && counts.bad > 0 ? 'supports' : 'none'
    case 'not_done':
    case 'unknown':
      return good ? 'better' : 'none'
    case 'not_applicable':
      return 'none'
  }
}
