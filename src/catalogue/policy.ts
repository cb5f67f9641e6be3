import { z } from 'zod'
import { readSet } from './read.ts'

const both = <T extends z.ZodType>(one: T) => z.object({ ja: one, en: one })

const wording = z.object({ title: z.string().min(1), text: z.string().min(1) })

const subjects = z.enum(['structure', 'law', 'measures', 'improvement'])

/** What a fixed text may ask for: `{{name}}`, and nothing else is evaluated. */
const fieldKeys = [
  'company_name',
  'short_name',
  'business',
  'assets',
  'representative_title',
  'representative_name',
  'officer_title',
  'contact',
  'established_on',
  'revised_on',
  'public_url',
] as const

const conditions = [
  'uses contractors',
  'has employees',
  'monitoring contract',
  'handles personal data',
] as const

const article = z.object({
  key: z.string().regex(/^po\.[a-z]+$/),
  default: z.boolean(),
  when: z.enum(conditions).optional(),
  covers: z.array(subjects),
  ja: wording,
  en: wording,
})

const field = z.object({
  key: z.enum(fieldKeys),
  type: z.enum(['text', 'list', 'date', 'url']),
  required: z.boolean(),
  default: both(z.string()).optional(),
  choices: both(z.array(z.string())).optional(),
  ja: z.string(),
  en: z.string(),
})

const placeholders = (text: string): string[] =>
  [...text.matchAll(/\{\{(.*?)\}\}/g)].map((found) => found[1] ?? '')

const set = z
  .object({
    edition: z.string(),
    covers_required: z.array(subjects),
    fields: z.array(field),
    title: both(z.string()),
    preamble: both(z.string()),
    articles: z.array(article).min(1),
    closing: both(z.string()),
  })
  .superRefine((read, ctx) => {
    const texts = [read.preamble, read.closing].flatMap((one) => [one.ja, one.en])
    for (const one of read.articles) texts.push(one.ja.text, one.en.text, one.ja.title, one.en.title)
    const known = new Set<string>(fieldKeys)
    const strange = texts.flatMap(placeholders).filter((name) => !known.has(name))
    if (strange.length > 0) ctx.addIssue({ code: 'custom', message: `unknown field ${strange.join(', ')}` })
    const keys = new Set(read.articles.map((one) => one.key))
    if (keys.size !== read.articles.length)
      ctx.addIssue({ code: 'custom', message: 'an article stands twice' })
  })

export type PolicyFacts = z.output<typeof set>
export type PolicyArticle = PolicyFacts['articles'][number]
export type PolicyField = (typeof fieldKeys)[number]
export type PolicySubject = z.output<typeof subjects>
export type PolicyCondition = (typeof conditions)[number]

let kept: PolicyFacts | undefined

/** The texts and rules of the basic policy. Fault: CATALOGUE. */
export function policyFacts(): PolicyFacts {
  kept ??= readSet('policy', set)
  return kept
}
