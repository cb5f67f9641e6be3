import { evidenceFacts, type Question } from '../catalogue/index.ts'
import type { Instant } from '../base/time.ts'
import { type AnswerId, type Counts, type Known, type Verdict, verdictOf } from '../evidence/index.ts'

/** What the watch knew beside an answer, as it is kept with it. */
export type KeptEvidence = {
  readonly verdict: Verdict
  readonly signals: readonly (Omit<Counts, 'items'> & { readonly verdict: Verdict })[]
}

/** The signals of a question that this installation measures. */
export function knownOf(question: Question, measured: ReadonlyMap<string, Counts>): Known[] {
  const kinds = evidenceFacts().signals
  return question.evidence.signals.flatMap(({ signal, use }) => {
    const counts = measured.get(signal)
    const kind = kinds.get(signal)?.kind
    return counts === undefined || kind === undefined ? [] : [{ counts, use, kind }]
  })
}

/** The record beside an answer at this moment. It never changes the answer or its score. */
export function evidenceBeside(answer: AnswerId, known: readonly Known[], now: Instant): KeptEvidence {
  return {
    verdict: verdictOf(answer, known, now),
    signals: known.map((one) => {
      const { items: _names, ...counts } = one.counts
      return { ...counts, verdict: verdictOf(answer, [one], now) }
    }),
  }
}
