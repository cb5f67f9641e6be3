import { type Chapter, type Lesson, lessonsOfCatalogue } from '../catalogue/index.ts'
import { fault } from '../base/fault.ts'
import { day, type Instant } from '../base/time.ts'
import { moment, newId, type Tx } from '../store/index.ts'
import { listStaff, sameName } from './staff.ts'

/** One person's way through one lesson. */
export type Training = {
  readonly id: string
  readonly lesson: string
  readonly edition: string
  readonly name: string
  readonly startedAt: Instant
  readonly finishedAt: Instant | null
  /** Chapters whose question was answered right, at whatever try. */
  readonly done: readonly string[]
  /** Of those, how many at the first try. */
  readonly rightAtFirst: number
}

const year = 365 * day

/** The lesson with its chapters; the first of the catalogue where none is named. Fault: NOT_FOUND. */
export function lessonOf(id?: string): Lesson {
  const lessons = lessonsOfCatalogue()
  const found = id === undefined ? lessons[0] : lessons.find((one) => one.id === id)
  if (found === undefined) throw fault('NOT_FOUND')
  return found
}

/**
 * Somebody begins the lesson, under the name they give. A name on the staff list is recognised.
 * @returns the training's id. Fault: BAD_INPUT for an empty or overlong name.
 */
export async function beginTraining(
  tx: Tx,
  who: {
    readonly company: string
    readonly name: string
    readonly lesson: string
    readonly person?: string
    readonly link?: string
  },
  now: Instant,
): Promise<string> {
  const name = who.name.normalize('NFKC').replace(/\s+/gu, ' ').trim()
  if (name === '' || name.length > 60) throw fault('BAD_INPUT', { field: 'name' })
  const staff = (await listStaff(tx, who.company)).find((one) => sameName(one.name) === sameName(name))
  const id = newId()
  await tx.run(
    `insert into training (id, company_id, lesson, edition, name, person_id, staff_id, link_id, started_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9::timestamptz)`,
    [
      id,
      who.company,
      who.lesson,
      lessonOf(who.lesson).edition,
      name,
      who.person ?? null,
      staff?.id ?? null,
      who.link ?? null,
      moment(now),
    ],
  )
  return id
}

const columns = `t.id, t.lesson, t.edition, t.name, t.started_at as "startedAt", t.finished_at as "finishedAt",
  coalesce((select array_agg(distinct a.chapter) from training_answer a
    where a.company_id = t.company_id and a.training_id = t.id and a.is_right), '{}') as done,
  (select count(*)::int from (select distinct on (a.chapter) a.is_right from training_answer a
    where a.company_id = t.company_id and a.training_id = t.id order by a.chapter, a.at) f where f.is_right) as "rightAtFirst"`

/** One training; by a link only what was begun by this link. */
export async function findTraining(
  tx: Tx,
  of: { readonly company: string; readonly training: string; readonly link?: string },
): Promise<Training | undefined> {
  return tx.one<Training>(
    `select ${columns} from training t where t.company_id = $1 and t.id = $2 and ($3::uuid is null or t.link_id = $3)`,
    [of.company, of.training, of.link ?? null],
  )
}

/** The trainings of one company, finished ones first, at most 500. */
export async function listTrainings(tx: Tx, company: string): Promise<Training[]> {
  return tx.rows<Training>(
    `select ${columns} from training t where t.company_id = $1 order by t.finished_at desc nulls last, t.started_at desc limit 500`,
    [company],
  )
}

/**
 * Keeps one answer. A right answer to the last open chapter finishes the training.
 * @returns whether it was right. Faults: NOT_FOUND for another company's training or an unknown chapter or choice.
 */
export async function answerChapter(
  tx: Tx,
  of: {
    readonly company: string
    readonly training: Training
    readonly chapter: string
    readonly choice: string
  },
  now: Instant,
): Promise<boolean> {
  const lesson = lessonOf(of.training.lesson)
  const chapter = lesson.chapters.find((one) => one.key === of.chapter)
  const right = chapter && rightChoice(chapter, of.choice)
  if (right === undefined) throw fault('NOT_FOUND')
  await tx.run(
    `insert into training_answer (id, company_id, training_id, chapter, choice, is_right, at)
     values ($1, $2, $3, $4, $5, $6, $7::timestamptz)`,
    [newId(), of.company, of.training.id, of.chapter, of.choice, right, moment(now)],
  )
  const done = new Set([...of.training.done, ...(right ? [of.chapter] : [])])
  if (lesson.chapters.every((one) => done.has(one.key))) {
    await tx.run(
      'update training set finished_at = $3::timestamptz where company_id = $1 and id = $2 and finished_at is null',
      [of.company, of.training.id, moment(now)],
    )
  }
  return right
}

function rightChoice(chapter: Chapter, choice: string): boolean | undefined {
  const found = chapter.ja.choices.find((one) => one.id === choice)
  return found && found.right === true
}

/**
 * How many people of a company finished a lesson within 365 days. People = the staff list; without one, the number of
 * employees of the company; without both, whoever began.
 */
export async function trainingCounts(
  tx: Tx,
  company: string,
  now: Instant,
): Promise<{ people: number; done: number; asOf: Instant; missing: readonly string[] }> {
  const staff = await listStaff(tx, company)
  const rows = await tx.rows<{ name: string; finishedAt: Instant | null }>(
    'select name, max(finished_at) as "finishedAt" from training where company_id = $1 group by name',
    [company],
  )
  const recent = rows.filter((row) => row.finishedAt !== null && row.finishedAt > now - year)
  const done = new Set(recent.map((row) => sameName(row.name)))
  const asOf = Math.max(0, ...recent.map((row) => row.finishedAt ?? 0)) || now
  if (staff.length > 0) {
    const missing = staff.filter((one) => !done.has(sameName(one.name))).map((one) => one.name)
    return { people: staff.length, done: staff.length - missing.length, asOf, missing }
  }
  const size = await tx.one<{ employees: number | null }>('select employees from company where id = $1', [
    company,
  ])
  const begun = new Set(rows.map((row) => sameName(row.name))).size
  const people = Math.max(size?.employees ?? begun, done.size)
  return { people, done: done.size, asOf, missing: [] }
}
