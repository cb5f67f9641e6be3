import type { Instant } from '../base/time.ts'
import type { AnswerId } from '../catalogue/index.ts'
import type { Tx } from '../store/index.ts'
import { findResult, listLater, type Result } from './result-store.ts'
import type { Check, Sheet } from './store.ts'

export type Given = { readonly answer: AnswerId; readonly at: Instant; readonly by: string }

/** The company's answers of a finished check as they stand: those of the end, and over them what was answered anew. */
export async function standingAnswers(tx: Tx, result: Result): Promise<ReadonlyMap<string, Given>> {
  const standing = new Map<string, Given>(
    result.lines.map((line) => [
      line.key,
      { answer: line.answer, at: result.finishedAt, by: result.finishedByName },
    ]),
  )
  for (const { key, ...given } of await listLater(tx, result.id)) standing.set(key, given)
  return standing
}

/**
 * What was said last time where this sheet answers now: the company's answers for the sheet of the company as a whole, the
 * sheet of the same place for another. Empty at the first check.
 */
export async function previousAnswers(
  tx: Tx,
  check: Check,
  sheet: Sheet,
): Promise<ReadonlyMap<string, Given>> {
  const last = check.comparedTo === null ? undefined : await findResult(tx, check.comparedTo)
  if (last === undefined) return new Map()
  if (sheet.place === '') return standingAnswers(tx, last)
  const there = last.lines.flatMap((line) =>
    line.said.filter((said) => said.place === sheet.place).map((said) => [line.key, said] as const),
  )
  return new Map(there)
}
