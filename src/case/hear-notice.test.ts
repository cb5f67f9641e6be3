import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { day, type Instant, minute } from '../base/time.ts'
import { answerNotice, handDue, hearForNotices, homeNotices } from '../notice/index.ts'
import { at, makeTown, type TestAlert, type TestCompany, type Town } from '../notice/test-town.ts'
import { forgetListeners, listen, moment, newId, tell, type Tx } from '../store/index.ts'
import { doneTask } from './do-task.ts'
import type { CloseAlert } from './hear-notice.ts'
import { hearForCases } from './on.ts'
import { type CaseView, caseDetail } from './show.ts'
import { listTasks, type TaskRow } from './task-list.ts'
import { setStage } from './work-case.ts'

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
const press = (notice: string, answer: string, now: Instant): ReturnType<typeof answerNotice> =>
  answerNotice(town.app, { by: { actor: town.yamada.owner }, notice, answer, now })

describe('an いますぐ at 山田製作所', () => {
  test('the program opens one case and a person phones within fifteen minutes', async () => {
    const held = { kind: 'gateway-block', at: at(14, 31), by: 'device' }
    const { alert, notice } = await story({ held }, at(14, 31, 22))
    const opened = await caseOf(alert)
    expect(opened).toMatchObject({
      severity: 'now',
      openedBy: null,
      title: { ja: '経理-02が犯人のコンピューターと通信した件' },
      closing: null,
    })
    expect(opened.number).toMatch(/^C-\d{4}-\d$/)
    expect(opened.notices.map((each) => each.id)).toEqual([notice])
    expect(opened.entries.map((each) => each.kind)).toEqual(['alert', 'act', 'opening', 'notice'])
    const [call, ...more] = opened.tasks
    expect(more).toEqual([])
    expect(call).toMatchObject({
      kind: 'call',
      severity: 'now',
      dueAt: at(14, 46, 22),
      callWhom: { name: '山田', phone: '090-0000-0000' },
    })
    expect(call?.noticeNumber).toMatch(/^\d{4}-\d{4}-\d$/)
    await town.grow(
      town.yamada,
      { alert: alert, held: { kind: 'device-isolated', at: at(14, 35), by: 'provider' } },
      at(14, 35),
    )
    await handDue(town.detect, at(14, 35))
    const grown = await caseOf(alert)
    expect(grown.id).toBe(opened.id)
    expect(grown.notices).toHaveLength(2)
    expect(grown.tasks).toHaveLength(1)
    expect(grown.tasks[0]?.dueAt).toBe(at(14, 46, 22))
  })

  test('an answer moves the case: timeline, the call it promised, what is to be checked', async () => {
    const { alert, notice } = await story({}, at(14))
    await press(notice, 'unplugged', at(14, 5))
    const moved = await caseOf(alert)
    expect(moved.entries.at(-1)).toMatchObject({
      kind: 'answer',
      by: '山田',
      forOwner: true,
      text: { ja: '「外しました」と答えがありました。' },
    })
    expect(moved.tasks.map((task) => [task.kind, task.dueAt])).toEqual([
      ['call', at(14, 15)],
      ['recheck', at(14, 20)],
    ])
    expect(moved.tasks[0]?.text.ja).toBe('答え「外しました」について、株式会社山田製作所に電話する')
    await press(notice, 'help', at(14, 7))
    expect((await caseOf(alert)).entries.at(-1)?.text.en).toBe(
      'The answer was changed to “I cannot - call me”.',
    )
  })

  test('consent to contain is work for now, once', async () => {
    const { alert, notice } = await story({ detection: 'ep.log.cleared' }, at(14))
    await press(notice, 'unknown', at(14, 5))
    await press(notice, 'ours', at(14, 6))
    await press(notice, 'unknown', at(14, 7))
    const contain = (await caseOf(alert)).tasks.filter((task) => task.kind === 'contain')
    expect(contain.map((task) => task.dueAt)).toEqual([at(14, 5)])
    await doneTask(town.app, town.analyst, { task: contain[0]?.id ?? '', outcome: 'done', now: at(14, 9) })
    await press(notice, 'ours', at(14, 10))
    await press(notice, 'unknown', at(14, 11))
    const after = await caseOf(alert)
    expect(after.tasks.filter((task) => task.kind === 'contain')).toHaveLength(1)
    expect(after.stages.map((stage) => stage.state)).toEqual(['done', 'doing', 'next', 'next'])
    expect(after.stages[0]).toMatchObject({ at: at(14, 9), by: '田中' })
  })

  test('an act pressed on a mailed page only makes the call that asks', async () => {
    const { alert, notice } = await story({ detection: 'ep.log.cleared' }, at(14))
    await answerNotice(town.app, {
      by: { actor: town.yamada.member },
      notice,
      answer: 'unknown',
      now: at(14, 5),
    })
    const moved = await caseOf(alert)
    expect(moved.tasks.map((task) => [task.kind, task.text.ja])).toEqual([
      ['call', '「心当たりがない」の答えを、株式会社山田製作所に電話で確かめてから行う'],
    ])
    expect(moved.entries.at(-1)?.text.ja).toContain('電話で確かめます')
  })

  test('the home stays red until it is held, though there is an answer', async () => {
    const { alert, notice } = await story({}, at(14))
    await press(notice, 'unplugged', at(14, 5))
    const urgent = async (): Promise<string[]> =>
      (await town.as(town.yamada.owner, (tx) => homeNotices(tx, town.yamada.id))).urgent.map((row) => row.id)
    expect(await urgent()).toContain(notice)
    await setStage(town.app, town.analyst, { case: (await caseOf(alert)).id, stage: 'held', now: at(14, 20) })
    expect(await urgent()).not.toContain(notice)
  })
})

describe('今日中', () => {
  test('a person phones unless they answer; the answer ends the call', async () => {
    const { notice } = await story({ detection: 'mail.phish.clicked', severity: 'today' }, at(14))
    expect((await tasksOf(notice)).map((task) => [task.kind, task.dueAt, task.text.ja])).toEqual([
      ['call', at(15, 3), '返事がなければ、株式会社山田製作所に電話する'],
    ])
    await press(notice, 'not-entered', at(14, 10))
    expect(await tasksOf(notice)).toEqual([])
    expect(closed).toMatchObject([{ reason: 'permitted', by: town.yamada.owner.person }])
  })

  test('the owner who explained it may still say that it was a mistake: then a case is opened', async () => {
    const { alert, notice } = await story({ detection: 'mail.phish.clicked', severity: 'today' }, at(14))
    await press(notice, 'not-entered', at(14, 10))
    await press(notice, 'entered', at(14, 12))
    const opened = await caseOf(alert)
    expect(opened.severity).toBe('today')
    expect(opened.tasks.map((task) => [task.kind, task.dueAt])).toContainEqual(['call', at(15, 12)])
  })

  test('what we promised to do for the owner is due in three days', async () => {
    const { notice } = await story({ detection: 'backup.failed', severity: 'week' }, at(14))
    await press(notice, 'for-me', at(14, 10))
    expect((await tasksOf(notice)).map((task) => [task.kind, task.dueAt])).toEqual([
      ['act-for-owner', at(14, 10) + 3 * day],
    ])
  })

  test('an entry that may be closed is closed, and somebody phones', async () => {
    const { notice } = await story({ detection: 'auth.brute.rdp', severity: 'today' }, at(14))
    await press(notice, 'close', at(14, 10))
    expect((await tasksOf(notice)).map((task) => task.kind).sort()).toEqual(['call', 'close-entry'])
  })

  test('closed by the analyst, nobody needs to phone', async () => {
    const { alert, notice } = await story({ detection: 'mail.phish.clicked', severity: 'today' }, at(14))
    await desk((tx) =>
      closeAlert(
        tx,
        { company: town.yamada.id, alert, by: town.analyst.person, reason: 'handled', note: '' },
        at(14, 5),
      ),
    )
    expect(await tasksOf(notice)).toEqual([])
  })
})

test('a silence that ends ends what was to be looked at, and whoever answered is told that it is back', async () => {
  const { yamada } = town
  const silence = newId()
  const sensor = newId()
  await town.as(yamada.owner, (tx) =>
    tx.run(`insert into sensor (id, company_id, name, class) values ($1, $2, 'UTM', 'utm')`, [
      sensor,
      yamada.id,
    ]),
  )
  await town.asDetect(yamada, async (tx) => {
    await tx.run(
      'insert into silence (id, company_id, sensor_id, since, found_at, owner_at) values ($1, $2, $3, $4, $5, $5)',
      [silence, yamada.id, sensor, moment(at(9, 12)), moment(at(9, 27))],
    )
    await tell(tx, { kind: 'silence.found', company: yamada.id, id: silence }, at(9, 27))
  })
  await handDue(town.detect, at(9, 30))
  const row = await desk((tx) =>
    tx.one<{ id: string }>('select id from notice where silence_id = $1', [silence]),
  )
  const notice = row?.id ?? ''
  expect((await tasksOf(notice)).map((task) => task.kind)).toEqual(['call'])
  await press(notice, 'lamp-off', at(9, 35))
  expect((await tasksOf(notice)).map((task) => task.kind)).toEqual(['recheck'])
  await town.asDetect(yamada, async (tx) => {
    await tx.run('update silence set ended_at = $2 where id = $1', [silence, moment(at(9, 40))])
    await tell(tx, { kind: 'silence.ended', company: yamada.id, id: silence }, at(9, 40))
  })
  expect(await tasksOf(notice)).toEqual([])
  await handDue(town.detect, at(9, 40))
  const back = await desk((tx) =>
    tx.rows<{ type: string; title: string; mails: number }>(
      `select n.type, n.texts->'ja'->>'title' as title, (select count(*)::int from notice_delivery d where d.notice_id = n.id and d.channel = 'mail') as mails
       from notice n where n.type = 'n22'`,
    ),
  )
  expect(back).toEqual([{ type: 'n22', title: '会社の入口の見守りが戻りました', mails: 1 }])
})
