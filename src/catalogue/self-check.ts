import { z } from 'zod'
import { fault } from '../base/fault.ts'
import { readSet } from './read.ts'

/** An answer of the self-check; 該当しない is an answer of its own. */
export const answerIds = ['done', 'partly', 'not_done', 'unknown', 'not_applicable'] as const
export type AnswerId = (typeof answerIds)[number]

/** The three parts of the questions. */
export const partIds = ['basic', 'staff', 'organisation'] as const
export type PartId = (typeof partIds)[number]

/** A question fits on a phone and is read in five seconds (security-action.md 5.3). */
const longestQuestion = 40

const texts = z.object({ ja: z.string().min(1), en: z.string().min(1) })
const key = z.string().regex(/^sc\.[a-z_]+$/)
const answerId = z.enum(answerIds)
const partId = z.enum(partIds)
/** Dates of editions are as exact as they are known: a year, a month or a day. */
const known = z.string().regex(/^\d{4}(-\d{2}){0,2}$/)

const editionSet = z.array(
  z.object({
    id: z.string().min(1),
    published: known,
    status: z.string(),
    source: z.url(),
    count: z.number().int().positive(),
    answers: z.array(answerId).min(3),
    order: z.union([z.array(key), z.string()]),
    order_confirmed: z.boolean().default(true),
  }),
)

const bandText = z.object({ title: z.string().min(1), advice: z.string().min(1) })
const whole = z.number().int()
const scoringSet = z.object({
  edition: z.string(),
  max: whole,
  min: whole,
  answers: z.array(
    texts.extend({
      id: answerId,
      score: whole,
      key: z.string().regex(/^[1-5]$/),
      only_where: z.literal('na').optional(),
      shown_as: texts.optional(),
    }),
  ),
  parts: z.array(texts.extend({ id: partId, no: whole, from: whole, to: whole, max: whole })),
  bands: z.array(
    z.object({
      id: z.string(),
      from: whole,
      to: whole,
      ja: bandText,
      en: bandText,
      next: z.array(z.string()),
    }),
  ),
  todo_order: z.tuple([
    z.literal('unknown'),
    z.literal('not_done'),
    z.literal('partly'),
    z.literal('contradicted_by_evidence'),
  ]),
  todo_tiebreak: z.tuple([z.literal('part_no'), z.literal('minutes'), z.literal('no')]),
  aggregate: z.object({ headline: z.literal('min') }),
  ask_roles: z.array(texts.extend({ id: z.string() })),
})

const wording = z.object({
  question: z.string().min(1),
  example: z.string().min(1),
  advice: z.string().min(1),
})
const questionSet = z.object({
  edition: z.string(),
  items: z.array(
    z.object({
      key,
      no: whole.positive(),
      part: partId,
      topic: texts,
      ja: wording.refine(
        ({ question }) => [...question].length <= longestQuestion,
        'a question has more than 40 characters',
      ),
      en: wording,
      na: texts.optional(),
      evidence: z.object({
        coverage: z.enum(['evidence', 'partial', 'record', 'declare']),
        signals: z.array(
          z.object({ signal: z.string(), use: z.enum(['both', 'supports', 'contradicts', 'context']) }),
        ),
      }),
      pledge: z
        .string()
        .regex(/^pl\.[a-z_]+$/)
        .optional(),
      ask: z.string(),
      minutes: whole.positive(),
      cost_jpy: whole.nonnegative(),
    }),
  ),
})

const benchmarkSet = z.object({
  edition: z.string(),
  published: known,
  source: z.url(),
  sample: z.object({ n: whole.positive(), from: known, to: known }),
  items: z.array(z.object({ key, share: z.number().min(0).max(100).nullable(), rank: z.string() })),
})

/** One of the 25 questions; `minutes` and `cost_jpy` (yen) are our estimate of the first step. */
export type Question = z.output<typeof questionSet>['items'][number]
export type Scoring = z.output<typeof scoringSet>
/** What every company of a survey answered: `share` is done or partly, per cent. */
export type Benchmarks = z.output<typeof benchmarkSet>

/** One edition of the questions, its order resolved. */
export type Edition = {
  readonly id: string
  readonly published: string
  readonly source: string
  readonly answers: readonly AnswerId[]
  /** Keys of the questions in the order of asking. */
  readonly order: readonly string[]
  /** The edition whose order this is; another one's when the own order is not confirmed. */
  readonly orderOf: string
  readonly orderConfirmed: boolean
}

/** Everything the catalogue says of the self-check. */
export type SelfCheckFacts = {
  /** Oldest first. */
  readonly editions: readonly Edition[]
  readonly scoring: Scoring
  readonly questions: ReadonlyMap<string, Question>
  readonly benchmarks: Benchmarks
}

const wrong = (why: string) => fault('CATALOGUE', { why: `self-check: ${why}` })

function resolveEditions(read: z.output<typeof editionSet>): Edition[] {
  return read.map((one) => {
    const owner = typeof one.order === 'string' ? read.find((other) => other.id === one.order) : one
    if (owner === undefined || typeof owner.order === 'string') {
      throw wrong(`edition ${one.id} borrows an order that is not there`)
    }
    if (owner.order.length !== one.count) throw wrong(`edition ${one.id} has not ${one.count} questions`)
    return {
      id: one.id,
      published: one.published,
      source: one.source,
      answers: one.answers,
      order: owner.order,
      orderOf: owner.id,
      orderConfirmed: one.order_confirmed,
    }
  })
}

/** Every total has exactly one band, every question its part, role and place in each edition. */
function mustFit({ editions, scoring, questions }: SelfCheckFacts): void {
  const bands = [...scoring.bands].sort((a, b) => a.from - b.from)
  const seamless = bands.every((band, at) => band.from === (bands[at - 1]?.to ?? scoring.min - 1) + 1)
  if (!seamless || bands.at(-1)?.to !== scoring.max) throw wrong('the bands leave a gap or overlap')
  const best = Math.max(...scoring.answers.map((one) => one.score))
  for (const part of scoring.parts) {
    const count = [...questions.values()].filter((one) => one.part === part.id).length
    if (part.max !== count * best || part.to - part.from + 1 !== count) throw wrong(`part ${part.id}`)
  }
  for (const edition of editions) {
    const known = new Set(edition.order.filter((name) => questions.has(name)))
    if (known.size !== edition.order.length) throw wrong(`edition ${edition.id} names an unknown question`)
  }
  for (const one of questions.values()) {
    if (!scoring.ask_roles.some((role) => role.id === one.ask)) throw wrong(`${one.key}: ask ${one.ask}`)
  }
  if (answerIds.some((id) => !scoring.answers.some((one) => one.id === id)))
    throw wrong('an answer is missing')
}

let kept: SelfCheckFacts | undefined

/** The facts of the self-check, read once. Fault: CATALOGUE when the sets don't fit each other. */
export function selfCheckFacts(): SelfCheckFacts {
  if (kept !== undefined) return kept
  const items = readSet('selfcheck_questions', questionSet).items
  const facts: SelfCheckFacts = {
    editions: resolveEditions(readSet('selfcheck_editions', editionSet)),
    scoring: readSet('selfcheck_scoring', scoringSet),
    questions: new Map(items.map((one) => [one.key, one])),
    benchmarks: readSet('selfcheck_benchmarks', benchmarkSet),
  }
  if (facts.questions.size !== items.length) throw wrong('two questions have the same key')
  mustFit(facts)
  kept = facts
  return facts
}
