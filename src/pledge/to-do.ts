import { type Actor, must, record } from '../access/index.ts'
import { evidenceFacts, type PledgeItem, selfCheckFacts } from '../catalogue/index.ts'
import { fault } from '../base/fault.ts'
import { day, type Instant, jstDate } from '../base/time.ts'
import { type Counts, evidenceOf, verdictOf } from '../evidence/index.ts'
import { answerAnew, openToDos } from '../self-check/index.ts'
import { moment, newId, type Pool, type Tx, within } from '../store/index.ts'
import { itemsOf, newestEdition, newItems } from './pledge.ts'
import { draftOf, pledgeOf } from './store.ts'

export type Why = 'unknown' | 'not_done' | 'partly' | 'contradicted' | 'unticked'

/** One thing to do. `key` is a question `sc.…`, an item `pl.…`, or `ev.…` for an item that the record shows otherwise. */
export type Task = {
  readonly key: string
  /** The finished self-check it comes from, where there is one. */
  readonly check?: string
  readonly why: Why
  /** Estimate of the first step. */
  readonly minutes: number
  readonly yen: number
  /** What the self-check gains; 0 for what is not of it. */
  readonly points: number
  /** The basic item it belongs to, where there is one. */
  readonly item?: string
  /** Whom to ask, `ask_roles` of the catalogue. */
  readonly ask: string
  /** What the record says, for `contradicted`. */
  readonly evidence: readonly Counts[]
}

export type Closing = {
  readonly key: string
  readonly why: Why
  readonly doneOn: string
  readonly by: string
  readonly at: Instant
}

/** So long does a contradiction that somebody says is mended wait for the record to say so, too. */
const patience = 14 * day

/** What the record says of an item's signals, where it may say anything. */
export function knownOf(item: PledgeItem, evidence: ReadonlyMap<string, Counts>): readonly Counts[] {
  return item.signals.map((one) => evidence.get(one.signal)).filter((counts) => counts !== undefined)
}

/** The counts that stand against the word that something is done. */
export function againstOf(
  { signals }: Pick<PledgeItem, 'signals'>,
  evidence: ReadonlyMap<string, Counts>,
  now: Instant,
): readonly Counts[] {
  return signals.flatMap(({ signal, use }) => {
    const counts = evidence.get(signal)
    const kind = evidenceFacts().signals.get(signal)?.kind
    if (counts === undefined || kind === undefined) return []
    return verdictOf('done', [{ counts, use, kind }], now) === 'contradicts' ? [counts] : []
  })
}

/**
 * Everything a company has to do, the self-check's first and in its order (security-action.md §5.5), then what the record
 * shows against a promised item, then items not promised yet. An item whose question stands in the list stands there once.
 */
export async function tasksOf(
  tx: Tx,
  company: string,
  now: Instant,
): Promise<{ open: Task[]; closed: Closing[] }> {
  const closed = await closingsOf(tx, company)
  const evidence = await evidenceOf(tx, company, now)
  const items = itemsOf(newestEdition())
  const { questions } = selfCheckFacts()
  const itemOf = (question: string): PledgeItem | undefined =>
    items.find((item) => item.selfcheck.includes(question))
  const asked = (await openToDos(tx, company, now)).map((one): Task => {
    const item = itemOf(one.key)
    return {
      key: one.key,
      check: one.check,
      why: one.why,
      minutes: one.minutes,
      yen: one.yen,
      points: one.points,
      ...(item && { item: item.key }),
      ask: one.ask,
      evidence:
        one.why === 'contradicted'
          ? againstOf(questions.get(one.key)?.evidence ?? { signals: [] }, evidence, now)
          : [],
    }
  })
  const pledge = await pledgeOf(tx, company)
  const promised = [...(pledge?.ticked ?? []), ...((await draftOf(tx, company))?.ticked ?? [])]
  const own = items.flatMap((item): Task[] => {
    if (asked.some((one) => one.item === item.key)) return []
    const ask = item.selfcheck.map((key) => questions.get(key)?.ask ?? '').join()
    const about = { minutes: item.minutes, yen: item.yen, points: 0, item: item.key, ask }
    const name = item.key.slice('pl.'.length)
    if (!promised.includes(item.key)) return [{ ...about, key: item.key, why: 'unticked', evidence: [] }]
    const against = againstOf(item, evidence, now)
    return against.length === 0
      ? []
      : [{ ...about, key: `ev.${name}`, why: 'contradicted', evidence: against }]
  })
  const sorted = [...asked, ...own.sort((a, b) => rank(a.why) - rank(b.why))]
  return { open: sorted.filter((one) => isOpen(one, closed, now)), closed }
}

const rank = (why: Why): number => (why === 'contradicted' ? 0 : 1)

/** A new answer takes a question off the list by itself; a record may need a while to show what was mended. */
function isOpen(task: Task, closed: readonly Closing[], now: Instant): boolean {
  if (task.why !== 'contradicted') return true
  const done = closed.find((one) => one.key === task.key && one.why === task.why)
  return done === undefined || now - done.at > patience
}

/** What was done, the newest first. */
export async function closingsOf(tx: Tx, company: string): Promise<Closing[]> {
  return tx.rows<Closing>(
    `select key, why, done_on as "doneOn", by_name as by, at from to_do_closing where company_id = $1
     order by at desc limit 200`,
    [company],
  )
}

/** Items of the newest edition that a company did not promise yet; empty once it has. */
export async function unpromised(tx: Tx, company: string): Promise<readonly PledgeItem[]> {
  const pledge = await pledgeOf(tx, company)
  return newItems({ edition: newestEdition().id, ticked: pledge?.complete ? pledge.ticked : [] })
}

/**
 * Somebody of the company says that a thing of its list is done, on a day. A question gets its new answer with it; what only
 * the record shows otherwise waits for the record. The record at that moment is kept, and the finished check as it was.
 * @param of.answer the new answer to a question; done where none is given
 * Faults: NOT_FOUND for what is not on the list or is closed otherwise (an item is ticked), BAD_INPUT for a day to come.
 */
export async function closeTask(
  pool: Pool,
  actor: Actor,
  of: {
    readonly key: string
    readonly doneOn: string
    readonly answer?: 'done' | 'partly' | 'not_done'
    readonly now: Instant
  },
): Promise<void> {
  must(actor.kind === 'company')
  if (of.doneOn > jstDate(of.now)) throw fault('BAD_INPUT', { field: 'doneOn' })
  const company = actor.organisation
  await within(pool, { organisations: [company], person: actor.person }, async (tx) => {
    const task = (await tasksOf(tx, company, of.now)).open.find((one) => one.key === of.key)
    if (task === undefined || task.why === 'unticked') throw fault('NOT_FOUND')
    await tx.run(
      `insert into to_do_closing (id, company_id, key, why, done_on, by_person, by_name, at, evidence)
       values ($1, $2, $3, $4, $5::date, $6, $7, $8::timestamptz, $9)`,
      [
        newId(),
        company,
        task.key,
        task.why,
        of.doneOn,
        actor.person,
        actor.name,
        moment(of.now),
        JSON.stringify(task.evidence),
      ],
    )
    await record(tx, actor, { organisation: company, act: 'to-do.done', subject: task.key })
    if (task.check === undefined || task.why === 'contradicted') return
    const answer = of.answer ?? 'done'
    await answerAnew(tx, actor, { check: task.check, question: task.key, answer }, of.now)
  })
}
