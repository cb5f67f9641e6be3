import { z } from 'zod'
import { readSet } from './read.ts'

const both = { ja: z.string().min(1), en: z.string().min(1) }
const verdictIds = ['supports', 'contradicts', 'better', 'context', 'stale', 'none'] as const
const coverageIds = ['evidence', 'partial', 'record', 'declare'] as const

const signal = z.object({
  key: z.string().regex(/^[a-z_]+$/),
  kind: z.enum(['monitor', 'record']),
  unit: z.string(),
  ok: z.string(),
  bad: z.string(),
  ...both,
})

const schema = z.object({
  coverage: z.array(z.object({ id: z.enum(coverageIds), ...both })),
  verdicts: z
    .array(z.object({ id: z.enum(verdictIds), ja: z.string(), en: z.string() }))
    .length(verdictIds.length),
  rule: z.object({
    min_known_share: z.number().min(0).max(1),
    max_age_days: z.object({ monitor: z.number().positive(), record: z.number().positive() }),
    precedence: z.array(z.enum(verdictIds)).length(verdictIds.length),
  }),
  signals: z.array(signal).min(1),
})

export type SignalFacts = z.infer<typeof signal>
export type EvidenceFacts = Omit<z.infer<typeof schema>, 'signals'> & {
  /** By key, in the order of the file. */
  readonly signals: ReadonlyMap<string, SignalFacts>
}

let facts: EvidenceFacts | undefined

/** Signals, verdicts and their rule. Fault: CATALOGUE. */
export function evidenceFacts(): EvidenceFacts {
  if (facts === undefined) {
    const read = readSet('evidence', schema)
    facts = { ...read, signals: new Map(read.signals.map((one) => [one.key, one])) }
  }
  return facts
}
