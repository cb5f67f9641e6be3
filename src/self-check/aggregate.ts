import type { AnswerId } from '../catalogue/index.ts'
import type { Scores } from './check.ts'

/** What several sheets come to on one question. */
export type Joined = {
  /** The weakest answer: it counts unless the person who joins the sheets picks another. */
  readonly min: AnswerId
  readonly sum: number
  readonly count: number
  /** Between the highest and the lowest score. */
  readonly spread: number
}

/** From this spread on the sheets are listed as 「答えが分かれています」 (security-action.md 5.2). */
export const splitFrom = 2

/** At equal scores a measure that some site really takes says more than 該当しない. */
const rank = (answer: AnswerId): number => (answer === 'not_applicable' ? 1 : 0)

/** Joins the answers of the sheets to one question; undefined when nobody answered it. */
export function joinAnswers(answers: readonly AnswerId[], scores: Scores): Joined | undefined {
  const sorted = answers.toSorted((a, b) => scores[a] - scores[b] || rank(a) - rank(b))
  const [min, max] = [sorted[0], sorted.at(-1)]
  if (min === undefined || max === undefined) return undefined
  return {
    min,
    sum: answers.reduce((sum, answer) => sum + scores[answer], 0),
    count: answers.length,
    spread: scores[max] - scores[min],
  }
}

/** Fractions of few sheets never come nearer to a whole number than this without being it. */
const hair = 1e-9

/** The sum of the means, rounded down; below zero too. */
export function sumOfMeans(joined: readonly { readonly sum: number; readonly count: number }[]): number {
  return Math.floor(joined.reduce((sum, one) => sum + one.sum / one.count, 0) + hair)
}
