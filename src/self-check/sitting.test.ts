import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '../access/index.ts'
import { day, type Instant, minute } from '../base/time.ts'
import { at, makeTown, type TestCompany, type Town } from '../notice/test-town.ts'
import { newId, type Tx, within } from '../store/index.ts'
import type { Line } from './check.ts'
import { companyAnswers, lastCheck, openCheck, openToDos } from './door.ts'
import { finishCheck } from './finish-check.ts'
import { answerAnew } from './later.ts'
import { findResult, listLater, saveResult } from './result-store.ts'
import { keepSame, sameAsLast, saveAnswer } from './save-answer.ts'
import { dropCheck, startCheck } from './start-check.ts'
import { findOpenCheck, findSheet, listSheets, newestAnswers, saveCheck } from './store.ts'
import { answerAll, answersWith, order, ownSheet, wholeCheck } from './test-answers.ts'
import { overviewOf, resultView } from './view.ts'

let town: Town
let now: Instant = at(10)
const as = <T>(actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> => town.as(actor, work)
const owner = (of: TestCompany = town.yamada): Actor => of.owner
const codeOf = (code: string) => expect.objectContaining({ code })

beforeAll(async () => {
  town = await makeTown()
})
afterAll(() => town.database.drop())

async function fresh(actor: Actor, answers = answersWith('done')): Promise<string> {
  now += minute
  return as(actor, (tx) => wholeCheck(tx, actor, answers, now))
}

describe('a check of one person', () => {
  test('finishes with the 25th answer, in the name of who gave it', async () => {
    const actor = owner()
    await as(actor, (tx) => startCheck(tx, actor, { edition: '4.0', together: false }, now))
    const sheet = await as(actor, (tx) => ownSheet(tx, actor))
    const led: string[] = []
    for (const question of order) {
      const saved = await as(actor, (tx) =>
        saveAnswer(tx, { actor }, { sheet, question, answer: 'done' }, now),
      )
      led.push(saved.kind)
    }
    expect(led).toEqual([...Array.from({ length: 24 }, () => 'next'), 'finished'])
    expect(await as(actor, (tx) => lastCheck(tx, town.yamada.id))).toMatchObject({
      total: 100,
      band: 'full',
      edition: '4.0',
      finishedBy: '山田',
      finishedAt: now,
      parts: { basic: 20, staff: 52, organisation: 28 },
    })
    expect(await as(actor, (tx) => openCheck(tx, town.yamada.id))).toBe(undefined)
  })

  test('keeps every answer with its moment; the newest counts', async () => {
    const actor = owner(town.maruhachi)
    const id = await as(actor, (tx) => startCheck(tx, actor, { edition: '3.1', together: false }, now))
    const sheet = await as(actor, (tx) => ownSheet(tx, actor))
    for (const answer of ['not_done', 'partly'] as const) {
      await as(actor, (tx) =>
        saveAnswer(tx, { actor }, { sheet, question: 'sc.updates', answer }, (now += minute)),
      )
    }
    expect(await as(actor, (tx) => newestAnswers(tx, id))).toMatchObject([
      { question: 'sc.updates', answer: 'partly', at: now, by: '八田' },
    ])
    const { rows } = await town.database.superuser.query(
      'select answer from self_check_answer where sheet_id = $1 order by seq',
      [sheet],
    )
    expect(rows).toEqual([{ answer: 'not_done' }, { answer: 'partly' }])
    expect(await as(actor, (tx) => openCheck(tx, town.maruhachi.id))).toMatchObject({ answered: 1, of: 25 })
    expect((await as(actor, (tx) => companyAnswers(tx, id))).get('sc.updates')?.answer).toBe('partly')
  })

  test('goes on where it was left: starting again gives the open check', async () => {
    const actor = owner(town.maruhachi)
    const open = await as(actor, (tx) => findOpenCheck(tx, town.maruhachi.id))
    expect(await as(actor, (tx) => startCheck(tx, actor, { edition: '4.0', together: true }, now))).toBe(
      open?.id,
    )
  })

  test('takes 該当しない only where the question allows it, and わからない not in the edition of 2018', async () => {
    const actor = owner(town.maruhachi)
    const sheet = await as(actor, (tx) => ownSheet(tx, actor))
    const tries = (question: string, answer: string) =>
      as(actor, (tx) => saveAnswer(tx, { actor }, { sheet, question, answer }, now))
    await expect(tries('sc.updates', 'not_applicable')).rejects.toEqual(codeOf('BAD_INPUT'))
    await expect(tries('sc.updates', 'perhaps')).rejects.toEqual(codeOf('BAD_INPUT'))
    await expect(tries('sc.nothing', 'done')).rejects.toEqual(codeOf('NOT_FOUND'))
    expect(await tries('sc.wifi', 'not_applicable')).toMatchObject({ kind: 'next' })
    const open = await as(actor, (tx) => findOpenCheck(tx, town.maruhachi.id))
    await as(actor, (tx) => dropCheck(tx, actor, open?.id ?? '', now))
    await expect(tries('sc.wifi', 'done')).rejects.toEqual(codeOf('SELF_CHECK_OVER'))
    await as(actor, (tx) => startCheck(tx, actor, { edition: '2018', together: false }, now))
    const old = await as(actor, (tx) => ownSheet(tx, actor))
    await expect(
      as(actor, (tx) =>
        saveAnswer(tx, { actor }, { sheet: old, question: 'sc.wifi', answer: 'unknown' }, now),
      ),
    ).rejects.toEqual(codeOf('BAD_INPUT'))
  })
})

describe('a result', () => {
  test('of an edition and of scores that the catalogue no longer has is shown as it was counted then', async () => {
    const actor = owner()
    const today = await as(actor, async (tx) =>
      findResult(tx, (await lastCheck(tx, town.yamada.id))?.id ?? ''),
    )
    if (today === undefined) throw new Error('no result')
    now += minute
    const [id, then] = [newId(), now]
    const old = {
      ...today,
      id,
      edition: '2.0',
      finishedAt: then,
      total: 61,
      mean: 63,
      band: 'fairly-good',
      parts: { basic: 11, staff: 30, organisation: 20 },
      scores: { done: 3, partly: 1, not_done: 0, unknown: 0, not_applicable: 3 },
      lines: [
        ...today.lines.slice(0, 24),
        { ...today.lines[24], key: 'sc.fax', answer: 'partly', score: 1 } as Line,
      ],
    }
    await as(actor, async (tx) => {
      await saveCheck(tx, {
        id,
        company: town.yamada.id,
        edition: '2.0',
        startedAt: then,
        startedBy: actor.person,
        comparedTo: null,
        together: false,
      })
      await saveResult(tx, { ...old, comparedTo: null })
    })
    const view = await as(actor, (tx) => resultView(tx, id, now))
    expect(view.result).toEqual({ ...old, comparedTo: null })
    expect(view.toDos.find((one) => one.key === 'sc.fax')).toMatchObject({ points: 2, minutes: 0 })
    expect(await as(actor, (tx) => lastCheck(tx, town.yamada.id))).toMatchObject({
      total: 61,
      band: 'fairly-good',
      edition: '2.0',
      parts: old.parts,
    })
  })

  test('is compared with the one before, and editions stay apart', async () => {
    const actor = owner()
    const first = await fresh(actor, answersWith('partly'))
    now += 365 * day
    await as(actor, (tx) => startCheck(tx, actor, { edition: '3.1', together: false }, now))
    const sheet = await as(actor, (tx) => ownSheet(tx, actor))
    await as(actor, (tx) => answerAll(tx, actor, { sheet, answers: answersWith('done') }, now))
    const newest = await as(actor, (tx) => lastCheck(tx, town.yamada.id))
    const view = await as(actor, (tx) => resultView(tx, newest?.id ?? '', now))
    expect(view.last).toMatchObject({ id: first, edition: '4.0', total: 50 })
    expect(view.result).toMatchObject({ edition: '3.1', total: 100 })
  })

  test('of another company is not there', async () => {
    const id = await fresh(owner())
    const stranger = owner(town.maruhachi)
    await as(stranger, async (tx) => {
      expect(await findResult(tx, id)).toBe(undefined)
      expect(await companyAnswers(tx, id)).toEqual(new Map())
      expect((await overviewOf(tx, town.yamada.id)).results).toEqual([])
      expect(await openToDos(tx, town.yamada.id, now)).toEqual([])
    })
    await expect(as(stranger, (tx) => resultView(tx, id, now))).rejects.toEqual(codeOf('NOT_FOUND'))
    await expect(
      as(stranger, (tx) =>
        answerAnew(tx, stranger, { check: id, question: 'sc.updates', answer: 'done' }, now),
      ),
    ).rejects.toEqual(codeOf('NOT_FOUND'))
    const sheets = await as(owner(), (tx) => listSheets(tx, id))
    expect(await as(stranger, (tx) => findSheet(tx, sheets[0]?.id ?? ''))).toBe(undefined)
  })

  test('is a record: the application may neither change nor delete it', async () => {
    await fresh(owner())
    for (const text of ['update self_check_result set total = 100', 'delete from self_check_answer']) {
      await expect(
        within(town.app, { organisations: [town.yamada.id] }, (tx) => tx.run(text)),
      ).rejects.toMatchObject({ code: '42501' })
    }
  })
})

describe('a to-do', () => {
  test('is closed by a new answer with date and name; the points come back, the result stays', async () => {
    const actor = owner()
    const id = await fresh(
      actor,
      answersWith('done', { 'sc.mail_protect': 'unknown', 'sc.rules': 'not_done' }),
    )
    const open = () => as(actor, (tx) => openToDos(tx, town.yamada.id, now))
    expect((await open()).map((one) => [one.key, one.why, one.points])).toEqual([
      ['sc.mail_protect', 'unknown', 5],
      ['sc.rules', 'not_done', 4],
    ])
    const member = town.yamada.member
    await as(member, (tx) =>
      answerAnew(tx, member, { check: id, question: 'sc.mail_protect', answer: 'done' }, (now += day)),
    )
    expect((await open()).map((one) => one.key)).toEqual(['sc.rules'])
    const view = await as(actor, (tx) => resultView(tx, id, now))
    expect(view).toMatchObject({ result: { total: 91 }, standing: 96 })
    expect(view.later).toMatchObject([{ key: 'sc.mail_protect', by: '鈴木', at: now, points: 5 }])
    expect((await as(actor, (tx) => companyAnswers(tx, id))).get('sc.mail_protect')).toMatchObject({
      answer: 'done',
      at: now,
    })
    expect(await as(actor, (tx) => listLater(tx, id))).toHaveLength(1)
  })
})

describe('after a year', () => {
  test('the answers of last time are offered; only those at 4 may be kept with one press a part', async () => {
    const actor = owner()
    await fresh(actor, answersWith('done', { 'sc.updates': 'partly', 'sc.wifi': 'not_applicable' }))
    now += 365 * day
    const id = await as(actor, (tx) => startCheck(tx, actor, { edition: '4.0', together: false }, now))
    await as(actor, async (tx) => {
      const [sheet] = await listSheets(tx, id)
      const check = await findOpenCheck(tx, town.yamada.id)
      if (sheet === undefined || check === undefined) throw new Error('no sheet')
      const same = await sameAsLast(tx, { check, sheet, part: 'basic' }, now)
      expect(same.map((one) => one.question.key)).toEqual([
        'sc.antivirus',
        'sc.passwords',
        'sc.access',
        'sc.threat_news',
      ])
      expect(await keepSame(tx, actor, { sheet: sheet.id, part: 'basic' }, now)).toEqual({
        kind: 'next',
        question: 'sc.updates',
      })
      await keepSame(tx, actor, { sheet: sheet.id, part: 'staff' }, now)
      await keepSame(tx, actor, { sheet: sheet.id, part: 'organisation' }, now)
      const saved = await saveAnswer(
        tx,
        { actor },
        { sheet: sheet.id, question: 'sc.updates', answer: 'done' },
        now,
      )
      expect(saved).toEqual({ kind: 'finished', check: id })
    })
    expect(await as(actor, (tx) => lastCheck(tx, town.yamada.id))).toMatchObject({
      total: 100,
      notApplicable: 1,
    })
  })
})

test('a person of the provider does not answer for a company', async () => {
  await expect(
    as(town.analyst, (tx) => startCheck(tx, town.analyst, { edition: '4.0', together: false }, now)),
  ).rejects.toEqual(codeOf('NOT_FOUND'))
})

test('an open question keeps a check from being finished', async () => {
  const actor = owner()
  const id = await as(actor, (tx) => startCheck(tx, actor, { edition: '4.0', together: true }, now))
  await expect(
    as(actor, (tx) => finishCheck(tx, actor, { check: id, picks: new Map() }, now)),
  ).rejects.toEqual(codeOf('BAD_INPUT'))
})
