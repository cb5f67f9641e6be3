import { z } from 'zod'

const scalar = z.union([z.string().min(1), z.number()])
const fact = z.union([
  scalar,
  /** The first of these fields of the event that says something. */
  z.strictObject({ field: z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]) }),
  /** The sum of a field over all events found. */
  z.strictObject({ sum: z.string().min(1) }),
  /** Hits, or distinct values, behind the finding. */
  z.strictObject({ count: z.literal(true) }),
])

const meta = z.strictObject({
  notice: z.string().regex(/^[a-z]+(?:\.[a-z0-9-]+)*$/),
  family: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/)
    .optional(),
  ja: z.string().min(1).max(60),
  link: z.string().optional(),
  device: z.enum(['host', 'inside']).default('host'),
  held: z
    .strictObject({
      kind: z.enum(['gateway-block', 'quarantined']),
      field: z.string(),
      values: z.array(z.string()).min(1),
    })
    .optional(),
  facts: z.record(z.string().regex(/^[a-zA-Z]+$/), fact).default({}),
})

export type FactRule = z.infer<typeof fact>

/** What the key `mimamori` of a rule says: our part of it, beside Sigma's. */
export type RuleMeta = {
  /** Detection id of catalogue/notices.yaml, or `canary`. */
  readonly detection: string
  readonly family: string
  /** One line in Japanese for the analyst. */
  readonly ja: string
  readonly link: string | undefined
  /** `host`: the machine that wrote the line. `inside`: the end of the connection with a private address. */
  readonly device: 'host' | 'inside'
  /** Which of the device's own actions hold it. */
  readonly held:
    | { readonly kind: string; readonly field: string; readonly values: ReadonlySet<string> }
    | undefined
  readonly facts: Readonly<Record<string, FactRule>>
}

export type MetaProblem = { readonly path: readonly (string | number)[]; readonly reason: string }

/** Reads our part of a rule; gives the first problem where it is wrong. */
export function readMeta(written: unknown): RuleMeta | MetaProblem {
  if (written === undefined) return { path: [], reason: 'no `mimamori`: it names no notice type' }
  const read = meta.safeParse(written)
  if (!read.success) {
    const [issue] = read.error.issues
    const path = (issue?.path ?? []).filter((step) => typeof step !== 'symbol')
    return { path: ['mimamori', ...path], reason: `mimamori: ${issue?.message ?? 'wrong'}` }
  }
  const { notice, family, held, ...rest } = read.data
  return {
    ...rest,
    link: rest.link,
    detection: notice,
    family: family ?? notice,
    held: held && { ...held, values: new Set(held.values.map((value) => value.toLowerCase())) },
  }
}

export function isMetaProblem(read: RuleMeta | MetaProblem): read is MetaProblem {
  return 'reason' in read
}
