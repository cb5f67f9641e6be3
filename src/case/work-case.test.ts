import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Instant, minute } from '../base/time.ts'
import { handDue, hearForNotices } from '../notice/index.ts'
import { at, makeTown, type TestAlert, type TestCompany, type Town } from '../notice/test-town.ts'
import { forgetListeners, listen, moment, newId, tell, type Tx } from '../store/index.ts'
import { doneTask } from './do-task.ts'
import type { CloseAlert } from './hear-notice.ts'
import { hearForCases } from './on.ts'
import { type CaseView, caseDetail, caseList, ownerIncident, ownerIncidents } from './show.ts'
import { listTasks, type TaskRow } from './task-list.ts'
import { addNote, closeCase, openCase, setStage } from './work-case.ts'

let town: Town
const closed: { alert: string; reason: string; by: string | null }[] = []
const told: string[] = []

const closeAlert: CloseAlert = async (tx, what, now) => {
  closed.push({ alert: what.alert, reason: what.reason, by: what.by })
  await tx.run(
    `insert into alert_decision (id, company_id, alert_id, kind, reason, by_person, at) values ($1, $2, $3, 'closing', $4, $5, $6)`,
    [newId(), what.company, what.alert, what.reason, what.by, moment(now)],
  )
  await tell(tx, { kind: 'alert.decided', company: what.company, id: what.alert }, now)
}

beforeAll(async () => {
  town = await makeTown()
})
afterAll(() => town.database.drop())
beforeEach(() => {
  forgetListeners()
  hearForNotices()
  hearForCases({ closeAlert })
  closed.length = 0
  told.length = 0
  for (const kind of ['case.opened', 'case.changed', 'case.closed', 'task.made', 'task.done'] as const) {
    listen(kind, async () => {
      told.push(kind)
      await Promise.resolve()
    })
  }
})

const desk = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => town.as(town.analyst, work)
async function story(
  alert: Partial<TestAlert>,
  now: Instant,
  company: TestCompany = town.yamada,
): Promise<{ alert: string; notice: string }> {
  const id = await town.raise(company, alert, now)
  await handDue(town.detect, now + (alert.severity === 'today' ? 3 * minute : 0))
  const row = await desk((tx) => tx.one<{ id: string }>('select id from notice where alert_id = $1', [id]))
  return { alert: id, notice: row?.id ?? '' }
}
async function tasksOf(notice: string): Promise<TaskRow[]> {
  return (await desk((tx) => listTasks(tx, { companies: town.analyst.scope }))).filter(
    (task) => task.notice === notice,
  )
}
async function caseOf(alert: string): Promise<CaseView> {
  return desk(async (tx) => {
    const row = await tx.one<{ id: string }>('select case_id as id from case_alert where alert_id = $1', [
      alert,
    ])
    return caseDetail(tx, row?.id ?? newId(), at(15))
  })
}
describe('carrying a case', () => {
  test('nobody answers: the next try in three minutes, two tries each, then the lead', async () => {
    const { notice } = await story({}, at(14))
    const names: (string | undefined)[] = []
    let now = at(14, 5)
    for (let tries = 0; tries < 5; tries += 1) {
      const [task] = (await tasksOf(notice)).filter((each) => each.kind === 'call')
      names.push(task?.callWhom?.name)
      await doneTask(town.app, town.analyst, { task: task?.id ?? '', outcome: 'not-reached', now })
      const [next] = await tasksOf(notice)
      expect(next?.dueAt).toBe(now + (tries < 3 ? 3 : 30) * minute)
      now += 3 * minute
    }
    expect(names).toEqual(['山田', '山田', '鈴木', '鈴木', undefined])
    const [last] = await tasksOf(notice)
    expect(last?.text.ja).toContain('だれにもつながらない')
    await doneTask(town.app, town.analyst, {
      task: last?.id ?? '',
      outcome: 'reached',
      note: '線は抜けている',
      now,
    })
    expect(await tasksOf(notice)).toEqual([])
  })

  test('a task is done once, by the provider, with a fitting outcome', async () => {
    const { notice } = await story({}, at(14))
    const [task] = await tasksOf(notice)
    const done = { task: task?.id ?? '', outcome: 'reached' as const, now: at(14, 5) }
    await expect(doneTask(town.app, town.yamada.owner, done)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(doneTask(town.app, town.analyst, { ...done, outcome: 'done' })).rejects.toMatchObject({
      code: 'BAD_INPUT',
    })
    await doneTask(town.app, town.analyst, done)
    await expect(doneTask(town.app, town.analyst, done)).rejects.toMatchObject({ code: 'TASK_ALREADY_DONE' })
  })

  test('the owner follows it like a parcel and reads only what is meant for them', async () => {
    const { alert } = await story({}, at(14))
    const { id } = await caseOf(alert)
    await addNote(town.app, town.analyst, {
      case: id,
      text: '社長には、叱らないようお願いした',
      forOwner: false,
      now: at(14, 10),
    })
    await addNote(town.app, town.analyst, {
      case: id,
      text: '通信したのは経理-02だけです。',
      forOwner: true,
      now: at(14, 11),
    })
    for (const [stage, minutes] of [
      ['held', 20],
      ['looking', 30],
      ['repaired', 50],
    ] as const) {
      await setStage(town.app, town.analyst, { case: id, stage, now: at(14, minutes) })
    }
    const seen = await town.as(town.yamada.owner, (tx) => ownerIncident(tx, town.yamada.owner, id, at(15)))
    expect(seen.stages.map((stage) => stage.state)).toEqual(['done', 'done', 'done', 'doing'])
    expect(JSON.stringify(seen)).not.toContain('叱らない')
    expect(JSON.stringify(seen)).toContain('経理-02だけ')
    expect(seen.nextContactAt).toBe(at(14, 15))
    expect(seen.entries.find((entry) => entry.kind === 'stage')?.by).toBe('田中')
    expect((await desk((tx) => caseDetail(tx, id, at(15)))).entries.some((entry) => !entry.forOwner)).toBe(
      true,
    )
  })

  test('closing ends the tasks, closes the alert, tells the owner, and happens once', async () => {
    const { alert, notice } = await story({}, at(14))
    const { id } = await caseOf(alert)
    const closing = { case: id, reason: 'resolved' as const, note: '再発なし', now: at(16) }
    await Promise.allSettled([1, 2].map(() => closeCase(town.app, town.analyst, closing)))
    await expect(closeCase(town.app, town.analyst, closing)).rejects.toMatchObject({
      code: 'CASE_ALREADY_CLOSED',
    })
    expect(closed).toEqual([{ alert, reason: 'handled', by: town.analyst.person }])
    expect(await tasksOf(notice)).toEqual([])
    expect(told.filter((kind) => kind === 'case.closed')).toHaveLength(1)
    const seen = await town.as(town.yamada.owner, (tx) => ownerIncident(tx, town.yamada.owner, id, at(17)))
    expect(seen).toMatchObject({
      closing: { at: at(16), reason: 'resolved' },
      nextContactAt: null,
      notice: { state: 'over', choices: [] },
    })
    for (const work of [
      () => addNote(town.app, town.analyst, { case: id, text: 'x', forOwner: false, now: at(17) }),
      () => setStage(town.app, town.analyst, { case: id, stage: 'held', now: at(17) }),
    ]) {
      await expect(work()).rejects.toMatchObject({ code: 'CASE_ALREADY_CLOSED' })
    }
  })

  test('an analyst opens a case for an alert; the second time it is the same case', async () => {
    const { alert } = await story({ detection: 'os.admin.created', severity: 'today' }, at(14))
    const ids = await Promise.all(
      [1, 2, 3].map(() => openCase(town.app, town.analyst, { alert, now: at(14, 10) })),
    )
    expect(new Set(ids).size).toBe(1)
    const opened = await caseOf(alert)
    expect(opened).toMatchObject({ openedBy: '田中', title: { ja: '管理者が1人増えた件' } })
    expect(opened.notices).toHaveLength(1)
    expect(opened.tasks.map((task) => task.kind)).toEqual(['call'])
    const open = await desk((tx) => caseList(tx, { companies: town.analyst.scope }))
    expect(open.map((row) => row.id)).toContain(ids[0])
    expect(open[0]?.severity).toBe('now')
    const over = await desk((tx) => caseList(tx, { companies: town.analyst.scope, state: 'closed' }))
    expect(over.every((row) => row.closedAt !== null)).toBe(true)
  })
})

describe('refused, as if it were not there', () => {
  test('another company’s owner follows nothing, an owner carries nothing', async () => {
    const { alert } = await story({}, at(14))
    const { id } = await caseOf(alert)
    const foreign = { code: 'NOT_FOUND' }
    const other = town.maruhachi.owner
    await expect(town.as(other, (tx) => ownerIncident(tx, other, id, at(15)))).rejects.toMatchObject(foreign)
    expect(await town.as(other, (tx) => ownerIncidents(tx, other))).toEqual([])
    await expect(
      town.as(town.analyst, (tx) => ownerIncident(tx, town.analyst, id, at(15))),
    ).rejects.toMatchObject(foreign)
    expect(await town.as(other, (tx) => listTasks(tx, { companies: [town.yamada.id] }))).toEqual([])
    for (const actor of [
      town.yamada.owner,
      other,
      { ...town.analyst, scope: [town.analyst.organisation, town.maruhachi.id] },
    ]) {
      const now = at(15)
      await expect(openCase(town.app, actor, { alert, now })).rejects.toMatchObject(foreign)
      await expect(
        addNote(town.app, actor, { case: id, text: 'x', forOwner: true, now }),
      ).rejects.toMatchObject(foreign)
      await expect(setStage(town.app, actor, { case: id, stage: 'held', now })).rejects.toMatchObject(foreign)
      await expect(
        closeCase(town.app, actor, { case: id, reason: 'test', note: '', now }),
      ).rejects.toMatchObject(foreign)
    }
  })
})
