import { z } from 'zod'
import { readSet } from './read.ts'

const both = z.object({ ja: z.string().min(1), en: z.string().min(1) })
const severity = z.enum(['now', 'today', 'week', 'info'])
const level = z.enum(['SA1', 'SA2'])

const said = z.strictObject({ name: z.string(), means: z.string().optional() })
const levels = z.object({
  edition: z.string(),
  items: z.array(
    z.object({
      id: z.enum(['SA1', 'SA2', 'SCS3', 'SCS4', 'SCS5']),
      stars: z.number().int().min(1).max(5),
      scheme: z.enum(['SECURITY ACTION', 'SCS']),
      ja: said,
      en: said,
    }),
  ),
})

const regular = z.string().refine((text) => {
  try {
    return new RegExp(text, 'u') instanceof RegExp
  } catch {
    return false
  }
}, 'no regular expression')
const numbers = z.object({
  items: z.array(
    z.strictObject({
      id: z.enum(['legacy', '2026']),
      system: z.enum(['legacy', '2026']),
      pattern: regular,
      valid_from: z.iso.date(),
      issued_until: z.iso.date().nullable(),
      ja: z.string(),
      en: z.string(),
    }),
  ),
  any_pattern: regular,
  own_registry: z.object({ pattern: regular }),
})

const states = z.enum(['draft', 'ready', 'applied', 'declared', 'superseded', 'stopped'])
const gateIds = z.enum([
  'g.company_named',
  'g.pledge_all',
  'g.wording_ack',
  'g.check_complete',
  'g.check_fresh',
  'g.policy_approved',
  'g.policy_covers',
  'g.policy_public',
  'g.gbizid',
  'g.same_gbizid',
  'g.evidence_seen',
])
const reminderIds = z.enum([
  'a.legacy_id',
  'a.edition_changed',
  'a.details_changed',
  'a.policy_down',
  'a.policy_old',
  'a.check_old',
  'a.logo_after_stop',
  'a.wording',
  'a.gbizid_expiry',
])
const eventKinds = z.enum([
  'gates_passed',
  'gates_failed',
  'application_sent',
  'id_entered',
  'imported',
  'own_id_issued',
  'stepped_up',
  'redeclared',
  'details_changed',
  'listing_checked',
  'edition_confirmed',
  'stopped',
  'abandoned',
])
const whole = <T extends string>(
  ids: z.ZodEnum<Record<string, T>>,
  given: readonly { id: string }[],
): boolean =>
  ids.options.every((id) => given.some((one) => one.id === id)) && given.length === ids.options.length
const declaration = z.object({
  edition: z.string(),
  states: z.array(both.extend({ id: states })).refine((it) => whole(states, it), 'every state once'),
  events: z
    .array(
      z.object({
        id: eventKinds,
        from: z.array(states).min(1),
        to: states,
        by: z.enum(['system', 'company', 'registry', 'desk']),
      }),
    )
    .refine((it) => whole(eventKinds, it), 'every event once'),
  gates: z
    .array(
      both.extend({ id: gateIds, levels: z.array(level).min(1), blocking: z.boolean(), check: z.string() }),
    )
    .refine((it) => whole(gateIds, it), 'every gate once'),
  reminders: z
    .array(both.extend({ id: reminderIds, severity, when: z.string() }))
    .refine((it) => whole(reminderIds, it), 'every reminder once'),
  public_text: both.extend({ stopped_ja: z.string(), stopped_en: z.string() }),
  buyer_sees: z.array(z.string()),
  buyer_never_sees: z.array(z.string()),
})

const goals = z.object({
  edition: z.string(),
  items: z.array(
    both.extend({
      id: z.string().regex(/^[a-z0-9_]+$/),
      level: level.nullable(),
      effect: z.enum(['required', 'bonus', 'pack']),
      base_level: level.optional(),
      needs_2026_system_after: z.iso.date().optional(),
      same_gbizid: z.boolean().optional(),
      service_on_otasuketai_list: z.boolean().optional(),
      deadlines: z.array(z.iso.date()).optional(),
    }),
  ),
})

export type DeclarationLevel = z.infer<typeof level>
export type DeclarationState = z.infer<typeof states>
export type DeclarationEventKind = z.infer<typeof eventKinds>
export type GateId = z.infer<typeof gateIds>
export type ReminderId = z.infer<typeof reminderIds>
export type DeclarationFacts = z.infer<typeof declaration>
export type GoalFact = z.infer<typeof goals>['items'][number]
export type LevelFact = z.infer<typeof levels>['items'][number]

/** Reads a set once, when it is first asked for. */
function once<T>(read: () => T): () => T {
  let kept: T | undefined
  return () => {
    kept ??= read()
    return kept
  }
}

/** The stars: two of SECURITY ACTION; those above belong to another scheme. Fault: CATALOGUE, as of all below. */
export const levelFacts = once(() => readSet('levels', levels).items)
/** How official numbers look, by the system that gave them. */
export const numberFacts = once(() => readSet('declaration_ids', numbers))
/** States, events, gates, reminders and the public sentence. */
export const declarationFacts = once(() => readSet('declaration', declaration))
/** Subsidies and other aims for which a firm declares. */
export const goalFacts = once(() => readSet('goals', goals).items)
