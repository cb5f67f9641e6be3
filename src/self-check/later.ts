import { type Actor, must, record } from '../access/index.ts'
import { fault } from '../base/fault.ts'
import type { Instant } from '../base/time.ts'
import { selfCheckFacts } from '../catalogue/index.ts'
import { evidenceOf } from '../evidence/index.ts'
import { newId, type Tx } from '../store/index.ts'
import { answersFor, editionOf } from './check.ts'
import { evidenceBeside, knownOf } from './evidence.ts'
import { mayCheck } from './may.ts'
import { findResult, saveLater } from './result-store.ts'
import { readAnswer } from './save-answer.ts'
import { lockCheck } from './store.ts'

/**
 * Answers one question of a finished check anew: with a better answer its to-do is closed, with date and name, and so it is
 * when the owner confirms what the record shows. The finished result stays as it was.
 * Faults: NOT_FOUND, BAD_INPUT (no such button).
 */
// oxlint-disable-next-line max-params -- where, who, what, when: the order of every use case
export async function answerAnew(
  tx: Tx,
  actor: Actor,
  given: { readonly check: string; readonly question: string; readonly answer: string },
  now: Instant,
): Promise<void> {
  const result = (await lockCheck(tx, given.check)) && (await findResult(tx, given.check))
  const facts = selfCheckFacts()
  const question = facts.questions.get(given.question)
  if (result === undefined || question === undefined) throw fault('NOT_FOUND')
  must(mayCheck(actor, result.company) && result.lines.some((line) => line.key === question.key))
  const answer = readAnswer(given.answer, answersFor(editionOf(facts, result.edition), question))
  const measured = await evidenceOf(tx, result.company, now)
  await saveLater(tx, {
    id: newId(),
    company: result.company,
    check: result.id,
    question: question.key,
    answer,
    at: now,
    by: { person: actor.person, name: actor.name },
    evidence: evidenceBeside(answer, knownOf(question, measured), now),
  })
  await record(tx, actor, {
    organisation: result.company,
    act: 'self-check.answered-anew',
    subject: result.id,
    detail: { question: question.key, answer },
  })
}
