import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { z } from 'zod'
import { fault } from '../base/fault.ts'
import { severities } from '../base/severity.ts'

/** The two languages in which every notice is written. */
export const languages = ['ja', 'en'] as const
export type Lang = (typeof languages)[number]

/** What pressing an answer does; ids of `actions` in the catalogue. */
export const actionIds = [
  'none',
  'close',
  'call-back',
  'case',
  'contain',
  'close-entry',
  'recheck',
  'retire-device',
  'name-device',
  'act-for-owner',
] as const
export type ActionId = (typeof actionIds)[number]

/** What may really be held; anything else counts as nothing held. */
export const containments = ['gateway-block', 'device-isolated', 'entry-closed', 'quarantined'] as const
export type Containment = (typeof containments)[number]

const severity = z.enum(severities)
const both = z.strictObject({ ja: z.string().min(1), en: z.string().min(1) })
const optionalSentence = z.strictObject({
  say: z.string().min(1),
  else: z.string().min(1).optional(),
  known: z.literal(true).optional(),
})
const sentence = z.union([z.string().min(1), optionalSentence])
const answer = z.strictObject({
  id: z.string().regex(/^[a-z][a-z-]*$/),
  label: z.string().min(1),
  action: z.enum(actionIds),
  reply: z.string().min(1),
})
const texts = z.strictObject({
  title: sentence,
  what: z.array(sentence).min(1).max(4),
  todo: z.array(z.string().min(1)).min(1),
  doNot: z.array(z.string().min(1)),
  answers: z.array(answer).min(1),
})
const variant = z.strictObject({
  when: z.enum([...containments, 'not-contained']).optional(),
  for: z.array(z.string()).min(1).optional(),
  severity: severity.optional(),
  story: both.optional(),
  ja: texts,
  en: texts,
})
const samples = z.record(z.string(), z.string())
const item = z.strictObject({
  id: z.string().regex(/^[np][0-9]{2}$/),
  key: z.string().min(1),
  severity,
  detections: z.array(z.string()).min(1),
  containment: z.enum(containments).optional(),
  sample: samples,
  sampleEn: samples,
  story: both,
  ja: texts,
  en: texts,
  variants: z.array(variant).default([]),
})
const fieldTypes = [
  'nickname',
  'instant',
  'date',
  'span',
  'count',
  'bytes',
  'country',
  'place',
  'duration',
  'account',
  'person',
  'brand',
  'entry',
  'origin',
  'maker',
] as const
const field = z.strictObject({
  type: z.enum(fieldTypes),
  max: z.number().int().positive(),
  missing: z.string().nullable(),
  missingEn: z.string().nullable(),
})
const words = z.array(z.string())
const schema = z.strictObject({
  catalogue: z.literal('notices'),
  edition: z.string(),
  published: z.string(),
  source: z.string().nullable(),
  status: z.string(),
  limits: z.strictObject({
    authored: z.strictObject({
      titleJa: z.number(),
      sentenceJa: z.number(),
      totalJa: z.number(),
      titleEn: z.number(),
      sentenceEnWords: z.number(),
      totalEnWords: z.number(),
    }),
    filled: z.strictObject({ titleJa: z.number(), sentenceJa: z.number(), totalJa: z.number() }),
    todoMax: z.number(),
    answersMax: z.number(),
    total: z.string(),
    sentence: z.string(),
  }),
  severities: z
    .array(z.looseObject({ id: severity, p: z.string(), ja: z.string(), en: z.string() }))
    .length(4),
  rules: z.array(z.strictObject({ id: z.string(), en: z.string() })),
  foot: z.array(z.strictObject({ id: z.string(), ja: z.string(), en: z.string(), only: words.optional() })),
  fields: z.record(z.string(), field),
  actions: z.array(
    z.strictObject({
      id: z.enum(actionIds),
      acts: z.literal(true).optional(),
      actsFor: z.array(severity).optional(),
      en: z.string(),
    }),
  ),
  pending: both,
  question: both,
  lint: z.strictObject({
    banned: words,
    katakanaAllowed: words,
    latinAllowed: words,
    kanjiRunMax: z.number(),
    mustContainOneOf: words,
    mustNameOneOf: words,
    mustNameExcept: words,
    claims: words,
    mustNameTime: z.literal(true),
    rewrite: z.array(z.tuple([z.string(), z.string()])),
  }),
  detectionKinds: z.array(
    z.strictObject({
      id: z.string(),
      from: z.string(),
      en: z.string(),
      attack: words,
      windows: z.array(z.number()).optional(),
    }),
  ),
  items: z.array(item),
  practice: z.looseObject({
    id: z.string(),
    key: z.string(),
    severity,
    ja: texts,
    en: texts,
    sample: samples,
    sampleEn: samples,
  }),
  notNotices: z.array(z.strictObject({ id: z.string(), ja: z.string(), en: z.string() })),
})

export type NoticeCatalogue = Readonly<z.infer<typeof schema>>
export type NoticeType = NoticeCatalogue['items'][number]
export type Sentence = z.infer<typeof sentence>
export type AuthoredTexts = z.infer<typeof texts>
export type AuthoredVariant = z.infer<typeof variant>
export type FieldRule = z.infer<typeof field>

/**
 * Reads the catalogue of notices.
 * @param text YAML
 * Faults: BAD_INPUT with `problems`, each beginning with the path of what is wrong.
 */
export function readCatalogue(text: string): NoticeCatalogue {
  const read = schema.safeParse(parse(text))
  if (!read.success) {
    const problems = read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
    throw fault('BAD_INPUT', { file: 'catalogue/notices.yaml', problems })
  }
  const problems = [...inconsistencies(read.data)]
  if (problems.length > 0) throw fault('BAD_INPUT', { file: 'catalogue/notices.yaml', problems })
  return read.data
}

function* inconsistencies(read: NoticeCatalogue): Generator<string> {
  const kinds = new Set(read.detectionKinds.map((kind) => kind.id))
  const taken = new Map<string, string>()
  const ids = new Set<string>()
  for (const type of read.items) {
    if (ids.has(type.id)) yield `items.${type.id}: the id is used twice`
    ids.add(type.id)
    for (const detection of type.detections) {
      if (!kinds.has(detection)) yield `items.${type.id}.detections: ${detection} is no detection kind`
      const other = taken.get(detection)
      if (other !== undefined) yield `items.${type.id}.detections: ${detection} belongs to ${other} already`
      taken.set(detection, type.id)
    }
    for (const detection of type.variants.flatMap((each) => each.for ?? [])) {
      if (!type.detections.includes(detection))
        yield `items.${type.id}.variants: ${detection} is not of this type`
    }
  }
  for (const kind of kinds) if (!taken.has(kind)) yield `detectionKinds.${kind}: no notice type tells it`
  const actions = new Set(read.actions.map((action) => action.id))
  for (const id of actionIds) if (!actions.has(id)) yield `actions.${id}: missing`
}

let kept: NoticeCatalogue | undefined

/** The catalogue of this checkout, read once. */
export function noticeCatalogue(): NoticeCatalogue {
  kept ??= readCatalogue(
    readFileSync(fileURLToPath(new URL('../../catalogue/notices.yaml', import.meta.url)), 'utf8'),
  )
  return kept
}

/** The notice type that tells a detection, or undefined for a detection nobody wrote a text for. */
export function typeOf(
  detection: string,
  catalogue: NoticeCatalogue = noticeCatalogue(),
): NoticeType | undefined {
  return catalogue.items.find((type) => type.detections.includes(detection))
}

/** Whether pressing an answer acts on something, so that it needs a signed-in owner or a call back (rule consent). */
export function acts(
  action: ActionId,
  severity: string,
  catalogue: NoticeCatalogue = noticeCatalogue(),
): boolean {
  const found = catalogue.actions.find((each) => each.id === action)
  return found?.acts === true || (found?.actsFor ?? []).some((each) => each === severity)
}
