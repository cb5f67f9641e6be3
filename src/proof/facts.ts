import { z } from 'zod'

/** Whom a pack is for. What it may hold depends on it (catalogue declaration.buyer_sees, buyer_never_sees). */
export const proofKinds = ['subsidy', 'insurer', 'buyer'] as const
export type ProofKind = (typeof proofKinds)[number]

const declaration = z.strictObject({
  registry: z.enum(['ipa', 'own']),
  registryName: z.string(),
  level: z.enum(['SA1', 'SA2']),
  number: z.string(),
  system: z.enum(['legacy', '2026', 'own']),
  declaredOn: z.string(),
  edition: z.string(),
})

/** The facts of a pack, as they were when it was made. Only what the kind may hold is there. */
const facts = z.strictObject({
  kind: z.enum(proofKinds),
  at: z.number(),
  company: z.strictObject({
    name: z.string(),
    corporateNumber: z.string().nullable(),
    soleProprietor: z.boolean(),
    prefecture: z.string().nullable(),
  }),
  declaration: declaration.nullable(),
  selfCheckOn: z.string().nullable(),
  policy: z
    .strictObject({
      number: z.number(),
      approvedOn: z.string(),
      sha256: z.string(),
      url: z.string().nullable(),
      checkedOn: z.string().nullable(),
      reachable: z.boolean(),
    })
    .nullable(),
  /** Only for an insurer, and only when the company ticked it. */
  selfCheck: z
    .strictObject({
      total: z.number(),
      band: z.string(),
      parts: z.record(z.string(), z.number()),
      unknown: z.number(),
      notApplicable: z.number(),
      edition: z.string(),
    })
    .optional(),
  watch: z
    .strictObject({ devices: z.number(), watched: z.number(), notices: z.number(), answered: z.number() })
    .optional(),
  training: z.strictObject({ people: z.number(), done: z.number() }).optional(),
})
export type Facts = z.infer<typeof facts>

/** The text that is hashed and signed; the same facts always give the same text. */
export function writeFacts(of: Facts): string {
  return JSON.stringify(facts.parse(of))
}

/** Reads what `writeFacts` wrote. */
export function readFacts(text: string): Facts {
  return facts.parse(JSON.parse(text))
}

/** What each kind may hold beyond the public columns. */
export const mayHold: Readonly<Record<ProofKind, readonly ('selfCheck' | 'watch' | 'training')[]>> = {
  subsidy: [],
  buyer: [],
  insurer: ['selfCheck', 'watch', 'training'],
}
