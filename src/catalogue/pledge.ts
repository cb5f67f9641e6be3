import { z } from 'zod'
import { fault } from '../base/fault.ts'
import { readSet } from './read.ts'
import { type Question, selfCheckFacts } from './self-check.ts'

const editionIds = ['jou5', 'jou6'] as const
const key = z.string().regex(/^pl\.[a-z_]+$/)
const status = z.enum(['official', 'secondary', 'assumption'])

const edition = z.object({
  id: z.enum(editionIds),
  edition: z.string(),
  published: z.string(),
  source: z.url(),
  status,
  official_name: z.string(),
  order: z.array(key).min(1),
})

const text = z.object({ title: z.string().min(1), pledge: z.string().min(1) })
const item = z.object({
  key,
  since: z.string().optional(),
  ja: text,
  en: text,
  selfcheck: z.array(z.string().regex(/^sc\.[a-z_]+$/)).min(1),
  coverage: z.enum(['evidence', 'partial', 'record', 'declare']),
  signals: z.array(z.string()),
  steps: z.array(z.object({ key: z.string(), ja: z.string(), en: z.string() })).optional(),
})

export type PledgeEdition = z.infer<typeof edition>
type Item = z.infer<typeof item>
type Use = Question['evidence']['signals'][number]['use']

/** One basic item, with what its question of the self-check says of it: answered once, estimated once. */
export type PledgeItem = Omit<Item, 'signals'> & {
  readonly signals: readonly { readonly signal: string; readonly use: Use }[]
  readonly advice: { readonly ja: string; readonly en: string }
  /** The first step only, our estimate. */
  readonly minutes: number
  readonly yen: number
}

export type PledgeFacts = {
  /** Oldest first; the last is what a new pledge is made of. */
  readonly editions: readonly PledgeEdition[]
  readonly items: ReadonlyMap<string, PledgeItem>
}

let facts: PledgeFacts | undefined

/** The editions of the basic items and the items themselves. Fault: CATALOGUE, also where an edition names no item. */
export function pledgeFacts(): PledgeFacts {
  facts ??= readFacts()
  return facts
}

function readFacts(): PledgeFacts {
  const editions = readSet('pledge_editions', z.array(edition).min(1))
  const read = readSet('pledge_items', z.object({ items: z.array(item).min(1) })).items
  const questions = [...selfCheckFacts().questions.values()]
  const items = new Map(
    read.map((one) => [
      one.key,
      joined(
        one,
        questions.filter((each) => one.selfcheck.includes(each.key)),
      ),
    ]),
  )
  const missing = editions.flatMap((each) => each.order).filter((each) => !items.has(each))
  if (missing.length > 0) throw fault('CATALOGUE', { why: `pledge_editions: ${missing.join()} is no item` })
  return { editions, items }
}

function joined(one: Item, questions: readonly Question[]): PledgeItem {
  const uses = questions.flatMap((each) => each.evidence.signals)
  return {
    ...one,
    // A signal that no question uses is only shown, never held against anybody.
    signals: one.signals.map((signal) => ({
      signal,
      use: uses.find((each) => each.signal === signal)?.use ?? 'context',
    })),
    advice: {
      ja: questions.map((each) => each.ja.advice).join('\n'),
      en: questions.map((each) => each.en.advice).join('\n'),
    },
    minutes: questions.reduce((sum, each) => sum + each.minutes, 0),
    yen: questions.reduce((sum, each) => sum + each.cost_jpy, 0),
  }
}
