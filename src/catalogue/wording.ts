import { z } from 'zod'
import { readSet } from './read.ts'

const pattern = z.string().refine((text) => {
  try {
    return new RegExp(text, 'giu').source !== ''
  } catch {
    return false
  }
}, 'is no regular expression')

/** How one language is looked at; `src/wording` says what each part does. */
const grammar = z.object({
  subject: pattern,
  claim: pattern,
  max_gap: z.number().int().positive(),
  /** Covered before matching, so that what is inside neither claims nor is claimed. */
  remove_first: z.array(pattern),
  /** Words that may stand right before a claim and still leave it said of the subject. */
  own: pattern,
  /** All that may stand between a claim and the subject after it. */
  link: pattern,
  /** What takes a claim back, before or after it. */
  denial_before: pattern.optional(),
  denial_after: pattern,
  /** Looks like a denial and is none. */
  no_denial: pattern,
})

const starred = z.object({ one: z.string(), two: z.string(), any: z.string() })

const wording = z.object({
  subject_stars: z.object({ one: pattern, two: pattern }),
  ja: grammar,
  en: grammar,
  suggest: z.object({ ja: starred, en: starred }),
  cases: z.object({
    flagged: z.array(z.string()).min(30),
    clean: z.array(z.string()).min(30),
    left_to_scs_rule: z.array(z.string()).min(1),
  }),
  never_in_product: z.array(z.string()),
})

export type WordingRules = z.infer<typeof wording>
export type WordingGrammar = z.infer<typeof grammar>

let kept: WordingRules | undefined

/** What a self-declaration may not claim, and what to write instead: set `wording`. Fault: CATALOGUE. */
export function wordingRules(): WordingRules {
  kept ??= readSet('wording', wording)
  return kept
}
