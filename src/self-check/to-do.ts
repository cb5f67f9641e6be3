import type { AnswerId, PartId, Question, Scoring } from '../catalogue/index.ts'
import type { Verdict } from '../evidence/index.ts'
import type { Scores } from './check.ts'

export type Why = 'unknown' | 'not_done' | 'partly' | 'contradicted'

/** One thing to do, from one answer. */
export type ToDo = {
  /** The finished check that it comes from. */
  readonly check: string
  /** Key of the question, `sc.…`. */
  readonly key: string
  readonly no: number
  readonly part: PartId
  readonly why: Why
  readonly answer: AnswerId
  /** Of the first step, our estimate. */
  readonly minutes: number
  readonly yen: number
  /** What the total gains when the answer becomes している; 0 for an answer that only the record contradicts. */
  readonly points: number
  /** Whom to ask, `ask_roles` of the catalogue. */
  readonly ask: string
}

/** The order of `todo_order` in the catalogue. */
const order: readonly Why[] = ['unknown', 'not_done', 'partly', 'contradicted']

function whyOf(answer: AnswerId, verdict: Verdict): Why | undefined {
  switch (answer) {
    case 'unknown':
    case 'not_done':
    case 'partly':
      return answer
    case 'done':
    case 'not_applicable':
      return verdict === 'contradicts' ? 'contradicted' : undefined
    default:
      return answer satisfies never
  }
}

/** An answer as it stands now. */
export type Standing = {
  readonly key: string
  readonly no: number
  readonly part: PartId
  readonly answer: AnswerId
  readonly verdict: Verdict
}
type By = {
  readonly check: string
  readonly scores: Scores
  readonly questions: ReadonlyMap<string, Question>
  readonly parts: Scoring['parts']
}

/**
 * The to-do list: わからない, していない, 一部している, then answers that the record contradicts; among equals the part, the
 * minutes, the number (security-action.md 5.5). Every answer below the best is in it, once.
 */
export function toDosOf(standing: readonly Standing[], by: By): ToDo[] {
  const found = standing.flatMap((line): ToDo[] => {
    const why = whyOf(line.answer, line.verdict)
    if (why === undefined) return []
    const question = by.questions.get(line.key)
    return [
      {
        check: by.check,
        key: line.key,
        no: line.no,
        part: line.part,
        why,
        answer: line.answer,
        minutes: question?.minutes ?? 0,
        yen: question?.cost_jpy ?? 0,
        points: by.scores.done - by.scores[line.answer],
        ask: question?.ask ?? '',
      },
    ]
  })
  const partNo = (id: PartId): number => by.parts.find((part) => part.id === id)?.no ?? 0
  return found.toSorted(
    (a, b) =>
      order.indexOf(a.why) - order.indexOf(b.why) ||
      partNo(a.part) - partNo(b.part) ||
      a.minutes - b.minutes ||
      a.no - b.no,
  )
}

/** How many acts stand on the first screen. */
export const firstFew = 3

/** What the next acts bring. */
export type Ahead = {
  /** The total when all the next acts became している. */
  readonly after: number
  /** The next band and how far it is; undefined in the highest. */
  readonly next: { readonly band: string; readonly from: number; readonly need: number } | undefined
  /** Whether a single one of the next acts reaches the next band: only then 「あとn点で次の段階」 is said. */
  readonly byOne: boolean
  /** Whether all of them together do. */
  readonly byAll: boolean
}

/** How far the next acts lead from a total. */
export function aheadOf(total: number, acts: readonly ToDo[], scoring: Scoring): Ahead {
  const after = total + acts.reduce((sum, act) => sum + act.points, 0)
  const higher = scoring.bands.filter((band) => band.from > total).toSorted((a, b) => a.from - b.from)[0]
  const next = higher && { band: higher.id, from: higher.from, need: higher.from - total }
  return {
    after,
    next,
    byOne: next !== undefined && acts.some((act) => act.points >= next.need),
    byAll: next !== undefined && after >= next.from,
  }
}
