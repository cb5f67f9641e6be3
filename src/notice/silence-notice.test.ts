import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { day, type Instant } from '../base/time.ts'
import { forgetListeners, listen, moment, newId, tell } from '../store/index.ts'
import { handDue } from './hand-notice.ts'
import { homeNotices, listNotices } from './list.ts'
import { hearForNotices } from './on.ts'
import { type NoticeView, noticeView } from './show.ts'
import { at, makeTown, type TestCompany, type Town } from './test-town.ts'

let town: Town
const handed: string[] = []

beforeAll(async () => {
  town = await makeTown()
})
afterAll(() => town.database.drop())
beforeEach(() => {
  forgetListeners()
  hearForNotices()
  handed.length = 0
  listen('notice.handed', async (_tx, message) => {
    handed.push(message.id)
    await Promise.resolve()
  })
})

describe('silence', () => {
  async function silence(
    company: TestCompany,
    sensorClass: string,
    since: Instant,
    now: Instant,
  ): Promise<string> {
    return town.asDetect(company, async (tx) => {
      const id = newId()
      const sensor = newId()
      await town.as({ ...company.owner }, (app) =>
        app.run(`insert into sensor (id, company_id, name, class) values ($1, $2, 'UTM', $3)`, [
          sensor,
          company.id,
          sensorClass,
        ]),
      )
      await tx.run(
        'insert into silence (id, company_id, sensor_id, since, found_at, owner_at) values ($1, $2, $3, $4, $5, $5)',
        [id, company.id, sensor, moment(since), moment(now)],
      )
      await tell(tx, { kind: 'silence.found', company: company.id, id }, now)
      return id
    })
  }

  test('a silent gateway is 今日中, a server too, a PC after days 今週中', async () => {
    const now = at(9, 30)
    await silence(town.maruhachi, 'utm', at(9, 12), now)
    await silence(town.maruhachi, 'server', at(8, 20), now)
    await silence(town.maruhachi, 'pc', at(8) - 5 * day, now)
    await handDue(town.detect, at(9, 33))
    const rows = await town.as(town.maruhachi.owner, (tx) =>
      listNotices(tx, { companies: [town.maruhachi.id] }),
    )
    expect(rows.map((row) => `${row.type} ${row.severity} ${row.title.ja}`).sort()).toEqual([
      'n16 today 会社の入口を見守れていません',
      'n18 today UTMを見守れていません',
      'n18 week UTMを5日間見守れていません',
    ])
    const home = await town.as(town.maruhachi.owner, (tx) => homeNotices(tx, town.maruhachi.id))
    expect(home.urgent).toEqual([])
    expect(home.toSee.map((row) => row.severity)).toEqual(['today', 'today', 'week'])
  })

  test('heard again before it was told, it is taken back; afterwards it is over and nothing can be pressed', async () => {
    const [early, late] = [
      await silence(town.maruhachi, 'utm', at(10), at(10, 15)),
      await silence(town.maruhachi, 'utm', at(10), at(10, 15)),
    ]
    const end = (id: string, now: Instant): Promise<void> =>
      town.asDetect(town.maruhachi, async (tx) => {
        await tx.run('update silence set ended_at = $2 where id = $1', [id, moment(now)])
        await tell(tx, { kind: 'silence.ended', company: town.maruhachi.id, id }, now)
      })
    await end(early, at(10, 16))
    await handDue(town.detect, at(10, 20))
    await end(late, at(10, 25))
    const state = (id: string): Promise<NoticeView> =>
      town.as(town.maruhachi.owner, async (tx) => {
        const row = await tx.one<{ id: string }>('select id from notice where silence_id = $1', [id])
        return noticeView(tx, row?.id ?? '', { now: at(10, 30) })
      })
    expect((await state(early)).state).toBe('withdrawn')
    expect(await state(late)).toMatchObject({ state: 'over', choices: [] })
  })
})
