import type { AnswerId, Edition, PartId, Question, Scoring, SelfCheckFacts } from '../catalogue/index.ts'
import type { Verdict } from '../evidence/index.ts'
import type { Instant } from '../base/time.ts'

/** What an answer scores; kept with every finished check. */
export type Scores = Readonly<Record<AnswerId, number>>

/** What one sheet said to one question. */
export type Said = {
  readonly place: string
  readonly answer: AnswerId
  readonly by: string
  readonly at: Instant
}

/** One question of a finished check: what the company answers, and what its sheets said. */
export type Line = {
  readonly key: string
  /** Place in the order of the edition, from 1. */
  readonly no: number
  readonly part: PartId
  readonly answer: AnswerId
  readonly score: number
  /** Of the sheets, lowest and highest score apart. */
  readonly spread: number
  readonly verdict: Verdict
  readonly said: readonly Said[]
}

/** What a set of answers comes to. */
export type Tally = {
  readonly total: number
  readonly parts: Readonly<Record<PartId, number>>
  readonly band: string
  readonly unknown: number
  readonly notApplicable: number
}

/** What each answer scores today. */
export function scoresOf(scoring: Scoring): Scores {
  const of = (id: AnswerId): number => scoring.answers.find((one) => one.id === id)?.score ?? 0
  return {
    done: of('done'),
    partly: of('partly'),
    not_done: of('not_done'),
    unknown: of('unknown'),
    not_applicable: of('not_applicable'),
  }
}

/** The one band that holds a total; totals may be odd and below zero because わからない takes one point. */
export function bandOf(total: number, scoring: Scoring): string {
  const band = scoring.bands.find((one) => one.from <= total && total <= one.to)
  if (band === undefined) throw new Error(`BUG: no band for ${total}`)
  return band.id
}

/** Total, parts and band of answers. Evidence has no say here (security-action.md 5.4). */
export function tally(
  lines: readonly { readonly part: PartId; readonly answer: AnswerId }[],
  scoring: Scoring,
): Tally {
  const scores = scoresOf(scoring)
  const sumOf = (part: PartId): number =>
    lines.filter((line) => line.part === part).reduce((sum, line) => sum + scores[line.answer], 0)
  const parts = { basic: sumOf('basic'), staff: sumOf('staff'), organisation: sumOf('organisation') }
  const total = parts.basic + parts.staff + parts.organisation
  const count = (answer: AnswerId): number => lines.filter((line) => line.answer === answer).length
  return {
    total,
    parts,
    band: bandOf(total, scoring),
    unknown: count('unknown'),
    notApplicable: count('not_applicable'),
  }
}

/** The edition of an id, else the newest: an old id stays readable although the catalogue dropped it. */
export function editionOf(facts: SelfCheckFacts, id?: string): Edition {
  const found = facts.editions.find((one) => one.id === id) ?? facts.editions.at(-1)
  if (found === undefined) throw new Error('BUG: no edition')
  return found
}

/** The buttons of a question: the edition's answers, and 該当しない only where the question allows it. */
export function answersFor(edition: Edition, question: Question): readonly AnswerId[] {
  const usual = edition.answers.filter((answer) => answer !== 'not_applicable')
  return question.na === undefined ? usual : [...usual, 'not_applicable']
}

/** The first question in the order that has no answer yet, looking from after `from`, then from the start. */
export function nextUnanswered(
  order: readonly string[],
  answered: ReadonlySet<string>,
  from?: string,
): string | undefined {
  const at = from === undefined ? 0 : order.indexOf(from) + 1
  return [...order.slice(at), ...order.slice(0, at)].find((key) => !answered.has(key))
}
