import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { day, type Instant } from '../base/time.ts'
import { forgetListeners, listen } from '../store/index.ts'
import { storeCanaryNotice } from './canary-notice.ts'
import { makeNumberCheck } from './check.ts'
import { handDue } from './hand-notice.ts'
import { listNotices } from './list.ts'
import { hearForNotices } from './on.ts'
import { previewNotice } from './preview.ts'
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

async function noticesOf(company: TestCompany, alert: string, now: Instant): Promise<NoticeView[]> {
  return town.as(company.owner, async (tx) => {
    const rows = await tx.rows<{ id: string }>('select id from notice where alert_id = $1 order by made_at', [
      alert,
    ])
    return Promise.all(rows.map((row) => noticeView(tx, row.id, { now })))
  })
}
describe('what nobody may see', () => {
  test('a foreign notice is not there', async () => {
    const alert = await town.raise(town.yamada, {}, at(14))
    const [notice] = await noticesOf(town.yamada, alert, at(14))
    const asked = town.as(town.maruhachi.owner, (tx) => noticeView(tx, notice?.id ?? '', { now: at(14) }))
    await expect(asked).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(
      town.as(town.maruhachi.owner, (tx) => previewNotice(tx, alert, at(14))),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  test('a canary notice is in no list, on no page, under no number, and old ones go', async () => {
    const old = await town.asDetect(town.yamada, (tx) =>
      storeCanaryNotice(tx, town.yamada.id, 'http', at(1) - 2 * day),
    )
    const canary = await town.asDetect(town.yamada, (tx) =>
      storeCanaryNotice(tx, town.yamada.id, 'http', at(14)),
    )
    await handDue(town.detect, at(15))
    expect(handed).not.toContain(canary)
    const rows = await town.as(town.yamada.owner, async (tx) => {
      const stored = await tx.rows<{ id: string; number: string }>(
        'select id, number from notice where canary',
      )
      expect(stored.map((row) => row.id)).toEqual([canary])
      expect(await makeNumberCheck(town.app)(stored[0]?.number ?? '', { ip: '192.0.2.1' }, at(15))).toEqual({
        sent: false,
      })
      return listNotices(tx, { companies: [town.yamada.id], state: 'all' })
    })
    expect(rows.map((row) => row.id)).not.toContain(canary)
    expect(old).not.toBe(canary)
  })

  test('a number says that it was sent, when, how urgent and whose; a wrong or waiting one says no', async () => {
    const check = makeNumberCheck(town.app)
    const alert = await town.raise(town.yamada, {}, at(14))
    const [waiting] = await noticesOf(town.yamada, alert, at(14))
    expect(await check(waiting?.number ?? '', { ip: '192.0.2.2' }, at(14))).toEqual({ sent: false })
    await handDue(town.detect, at(14))
    expect(await check(` ${waiting?.number} `, { ip: '192.0.2.2' }, at(14))).toEqual({
      sent: true,
      date: '2026-11-25',
      severity: 'now',
      code: 'M-0427',
    })
    for (const wrong of ['', 'x', '1234-5678-9', '0000-0000-0']) {
      expect(await check(wrong, { ip: '192.0.2.2' }, at(14))).toEqual({ sent: false })
    }
  })

  test('the eleventh try of an hour from one address is refused, another address is free', async () => {
    const check = makeNumberCheck(town.app)
    for (let tries = 0; tries < 10; tries += 1) await check('1', { ip: '192.0.2.3' }, at(14))
    await expect(check('1', { ip: '192.0.2.3' }, at(14, 59))).rejects.toMatchObject({ code: 'TOO_MANY' })
    expect(await check('1', { ip: '192.0.2.4' }, at(14))).toEqual({ sent: false })
    expect(await check('1', { ip: '192.0.2.3' }, at(15, 1))).toEqual({ sent: false })
  })
})

test('the analyst reads what the owner would read', async () => {
  const alert = await town.raise(town.yamada, { detection: 'ep.log.cleared', device: null }, at(14))
  const preview = await town.as(town.analyst, (tx) => previewNotice(tx, alert, at(14)))
  expect(preview).toMatchObject({ type: 'n05', variant: 'ep.log.cleared', severity: 'now', problems: [] })
  expect(preview.texts.ja.what.at(-1)).toBe('どの機械か、いっしょに探します。')
  expect(preview.characters).toBeLessThanOrEqual(220)
  expect(preview.choices[1]).toMatchObject({
    action: 'contain',
    acts: true,
    then: { ja: 'すぐに切り離して、14時15分までに電話します。' },
  })
})
