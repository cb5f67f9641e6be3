import { type Actor, must, record } from '../access/index.ts'
import { fault } from '../base/fault.ts'
import type { Instant } from '../base/time.ts'
import { type AnswerId, type Question, selfCheckFacts } from '../catalogue/index.ts'
import { evidenceOf } from '../evidence/index.ts'
import type { Tx } from '../store/index.ts'
import { joinAnswers, type Joined, sumOfMeans } from './aggregate.ts'
import { answersFor, editionOf, type Line, type Said, scoresOf, tally } from './check.ts'
import { evidenceBeside, knownOf } from './evidence.ts'
import { mayCheck } from './may.ts'
import { saveResult } from './result-store.ts'
import { mustBeOpen } from './start-check.ts'
import { type Check, listSheets, lockCheck, newestAnswers } from './store.ts'

/** One question as the sheets of an open check answer it. */
export type Gathered = {
  readonly question: Question
  readonly no: number
  readonly said: readonly Said[]
  /** Undefined as long as nobody answered. */
  readonly joined: Joined | undefined
}

/** What all sheets of a check say, in the order of its edition. */
export async function gather(tx: Tx, check: Check): Promise<Gathered[]> {
  const facts = selfCheckFacts()
  const scores = scoresOf(facts.scoring)
  const places = new Map((await listSheets(tx, check.id)).map((sheet) => [sheet.id, sheet.place]))
  const answers = await newestAnswers(tx, check.id)
  return editionOf(facts, check.edition).order.flatMap((key, at) => {
    const question = facts.questions.get(key)
    if (question === undefined) return []
    const said = answers
      .filter((one) => one.question === key)
      .map((one) => ({ place: places.get(one.sheet) ?? '', answer: one.answer, by: one.by, at: one.at }))
      .toSorted((a, b) => a.place.localeCompare(b.place, 'ja'))
    const joined = joinAnswers(
      said.map((one) => one.answer),
      scores,
    )
    return [{ question, no: at + 1, said, joined }]
  })
}

/** The answer of the company where the person who joins the sheets chose one; absent = the weakest of the sheets. */
export type Picks = ReadonlyMap<string, AnswerId>

/**
 * Joins the sheets and finishes the check in the name of the actor. Every question needs an answer of at least one sheet.
 * Faults: NOT_FOUND, SELF_CHECK_OVER, BAD_INPUT with field `question` (one is open) or `pick` (an answer nobody may give).
 */
// oxlint-disable-next-line max-params -- where, who, what, when: the order of every use case
export async function finishCheck(
  tx: Tx,
  actor: Actor,
  of: { readonly check: string; readonly picks: Picks },
  now: Instant,
): Promise<void> {
  const check = await lockCheck(tx, of.check)
  if (check === undefined) throw fault('NOT_FOUND')
  must(mayCheck(actor, check.company))
  mustBeOpen(check)
  await finish(tx, { actor, check, picks: of.picks }, now)
}

/** Finishes a check with a single, full sheet; the check is locked and open. */
// oxlint-disable-next-line max-params -- where, who, what, when: the order of every use case
export async function finishAlone(tx: Tx, actor: Actor, check: Check, now: Instant): Promise<void> {
  await finish(tx, { actor, check, picks: new Map() }, now)
}

type Ending = { readonly actor: Actor; readonly check: Check; readonly picks: Picks }

async function finish(tx: Tx, { actor, check, picks }: Ending, now: Instant): Promise<void> {
  const facts = selfCheckFacts()
  const gathered = await gather(tx, check)
  const measured = await evidenceOf(tx, check.company, now)
  const scores = scoresOf(facts.scoring)
  const lines = gathered.map((one): Line => {
    const answer = chosen(one, picks, check)
    return {
      key: one.question.key,
      no: one.no,
      part: one.question.part,
      answer,
      score: scores[answer],
      spread: one.joined?.spread ?? 0,
      verdict: evidenceBeside(answer, knownOf(one.question, measured), now).verdict,
      said: one.said,
    }
  })
  const sum = tally(lines, facts.scoring)
  await saveResult(tx, {
    id: check.id,
    company: check.company,
    edition: check.edition,
    comparedTo: check.comparedTo,
    finishedAt: now,
    finishedBy: actor.person,
    finishedByName: actor.name,
    sheets: new Set(gathered.flatMap((one) => one.said.map((said) => said.place))).size,
    ...sum,
    mean: sumOfMeans(gathered.flatMap((one) => one.joined ?? [])),
    scores,
    lines,
    contradicted: lines.filter((line) => line.verdict === 'contradicts').length,
  })
  await record(tx, actor, {
    organisation: check.company,
    act: 'self-check.finished',
    subject: check.id,
    detail: { edition: check.edition, total: sum.total, band: sum.band, picked: picks.size },
  })
}

function chosen(one: Gathered, picks: Picks, check: Check): AnswerId {
  if (one.joined === undefined) throw fault('BAD_INPUT', { field: 'question', question: one.question.key })
  const pick = picks.get(one.question.key)
  if (pick === undefined) return one.joined.min
  const allowed = answersFor(editionOf(selfCheckFacts(), check.edition), one.question)
  if (!allowed.includes(pick)) throw fault('BAD_INPUT', { field: 'pick', question: one.question.key })
  return pick
}
