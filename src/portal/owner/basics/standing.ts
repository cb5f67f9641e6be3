import type { Instant } from '../../../base/time.ts'
import { type AnswerId, companyAnswers, lastCheck } from '../../../self-check/index.ts'
import {
  draftOf,
  itemsOf,
  newestEdition,
  newItems,
  type Pledge,
  pledgeOf,
  type Tick,
  ticksOf,
} from '../../../pledge/index.ts'
import type { Tx } from '../../../store/index.ts'

/** Where a company stands with its basic items. */
export type Standing = {
  readonly edition: ReturnType<typeof newestEdition>
  readonly items: ReturnType<typeof itemsOf>
  /** The newest confirmed promise. */
  readonly pledge: Pledge | undefined
  /** Items of the newest edition that the promise lacks; all of them before the first. */
  readonly lacking: ReturnType<typeof itemsOf>
  /** Who ticked what, of the promise or of the one being worked on. */
  readonly ticks: readonly Tick[]
  /** Answers of the newest finished self-check: what was answered there is not asked again. */
  readonly answers: ReadonlyMap<string, { readonly answer: AnswerId; readonly at: Instant }>
}

export async function standingOf(tx: Tx, company: string): Promise<Standing> {
  const edition = newestEdition()
  const newest = await pledgeOf(tx, company)
  const pledge = newest?.complete ? newest : undefined
  const draft = await draftOf(tx, company)
  const check = await lastCheck(tx, company)
  return {
    edition,
    items: itemsOf(edition),
    pledge,
    lacking: newItems({ edition: edition.id, ticked: pledge?.ticked ?? [] }),
    ticks: [...(pledge ? await ticksOf(tx, pledge) : []), ...(draft ? await ticksOf(tx, draft) : [])],
    answers: check === undefined ? new Map() : await companyAnswers(tx, check.id),
  }
}

/** The answer of the self-check to an item's questions: the weakest, as nothing is better than its weakest part. */
export function answerTo(
  standing: Standing,
  questions: readonly string[],
): { readonly answer: AnswerId; readonly at: Instant } | undefined {
  const weakest: readonly AnswerId[] = ['unknown', 'not_done', 'partly', 'done', 'not_applicable']
  const given = questions.map((key) => standing.answers.get(key)).filter((one) => one !== undefined)
  return given.sort((a, b) => weakest.indexOf(a.answer) - weakest.indexOf(b.answer))[0]
}
