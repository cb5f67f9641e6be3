import { type AnswerId, selfCheckFacts } from '../catalogue/index.ts'
import type { Actor } from '../access/index.ts'
import type { Instant } from '../base/time.ts'
import type { Tx } from '../store/index.ts'
import { type Saved, saveAnswer } from './save-answer.ts'
import { startCheck } from './start-check.ts'
import { findOpenCheck, listSheets } from './store.ts'

/** The keys of the questions as they are asked; for tests only. */
export const order: readonly string[] = selfCheckFacts().editions.at(-1)?.order ?? []

/** Every question with the same answer, but for those named; for tests only. */
export function answersWith(
  usual: AnswerId,
  others: Readonly<Record<string, AnswerId>> = {},
): ReadonlyMap<string, AnswerId> {
  return new Map(order.map((key) => [key, others[key] ?? usual]))
}

/** Answers all questions of a sheet in turn. @returns where the last one led */
// oxlint-disable-next-line max-params -- reads as the use case it stands for
export async function answerAll(
  tx: Tx,
  actor: Actor,
  of: { readonly sheet: string; readonly answers: ReadonlyMap<string, AnswerId> },
  now: Instant,
): Promise<Saved | undefined> {
  let saved: Saved | undefined
  for (const [question, answer] of of.answers) {
    saved = await saveAnswer(tx, { actor }, { sheet: of.sheet, question, answer }, now)
  }
  return saved
}

/** A whole check of one person; for tests only. @returns its id */
// oxlint-disable-next-line max-params -- reads as the use case it stands for
export async function wholeCheck(
  tx: Tx,
  actor: Actor,
  answers: ReadonlyMap<string, AnswerId>,
  now: Instant,
): Promise<string> {
  const check = await startCheck(tx, actor, { edition: '4.0', together: false }, now)
  const sheet = (await listSheets(tx, check))[0]?.id ?? ''
  await answerAll(tx, actor, { sheet, answers }, now)
  return check
}

/** The sheet of the person who started. */
export async function ownSheet(tx: Tx, actor: Actor): Promise<string> {
  const check = await findOpenCheck(tx, actor.organisation)
  return (check && (await listSheets(tx, check.id))[0]?.id) ?? ''
}
