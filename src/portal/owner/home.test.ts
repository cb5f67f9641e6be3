import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { minute, second } from '../../base/time.ts'
import { type TestServer, testServer } from '../../http/test-server.ts'
import { handDue, hearForNotices } from '../../notice/index.ts'
import { at, makeTown, type TestCompany, type Town } from '../../notice/test-town.ts'
import { forgetListeners, moment, newId } from '../../store/index.ts'
import { ownerRoutes } from './index.ts'
import { testOwnerParts } from './test-parts.ts'

let town: Town
let server: TestServer
let asked: TestCompany
let now = at(14, 32)

beforeAll(async () => {
  town = await makeTown()
  server = await testServer({
    routes: ownerRoutes(testOwnerParts(town.app)),
    db: town.app,
    deps: {
      session: () => Promise.resolve({ actor: asked.owner, cookies: [] }),
      clock: () => now,
    },
  })
})
afterAll(async () => {
  await server.close()
  await town.database.drop()
})
beforeEach(async () => {
  forgetListeners()
  hearForNotices()
  asked = town.yamada
  now = at(14, 32)
  for (const table of ['notice_delivery', 'notice', 'alert', 'sensor_health', 'sensor_hour', 'canary']) {
    await run(`delete from ${table}`)
  }
  await run("delete from sensor where class = 'utm'")
  await run('update sensor set cadence_seconds = null, cadence_source = null')
})

const run = (text: string, values: unknown[] = []): Promise<unknown> =>
  town.database.superuser.query(text, values)

async function canaryClosed(sentAt: number): Promise<void> {
  await run("insert into canary (receiver, sent_at, closed_at, closed_sent_at) values ('http', $1, $1, $1)", [
    moment(sentAt),
  ])
}

async function heard(sensor: string, lastAt: number, cadence: number): Promise<void> {
  await run("update sensor set cadence_seconds = $2, cadence_source = 'set' where id = $1", [sensor, cadence])
  await run(
    `insert into sensor_health (sensor_id, company_id, first_received_at, last_received_at)
     select id, company_id, $2, $2 from sensor where id = $1`,
    [sensor, moment(lastAt)],
  )
}

/** An entrance and the PC of 経理 that were heard; the entrance last at `utmAt`. */
async function watched(company: TestCompany, utmAt = now - 20 * second): Promise<void> {
  const utm = newId()
  await run(
    "insert into sensor (id, company_id, name, source, class) values ($1, $2, '会社の入口', 'fortigate', 'utm')",
    [utm, company.id],
  )
  await heard(utm, utmAt, 60)
  await heard(company.sensor, now - minute, 120)
  await run(
    'insert into sensor_hour (sensor_id, company_id, hour, lines, upto_batch) values ($1, $2, $3, 9, 1)',
    [utm, company.id, moment(at(14))],
  )
}

async function page(): Promise<{ state: string; body: string }> {
  const answer = await server.inject({ url: '/home', headers: { cookie: 'any=1' } })
  expect(answer.statusCode).toBe(200)
  return { state: /data-state="([\w-]+)"/.exec(answer.body)?.[1] ?? 'none', body: answer.body }
}
/** The words of a page, without tags and without places to break. */
const textOf = (body: string): string => body.replace(/<wbr\/?>/g, '').replace(/<[^>]+>/g, ' ')

describe('the home of an owner', () => {
  test('準備中: nothing was heard yet, and nobody says that all is well', async () => {
    await canaryClosed(now - minute)
    const { state, body } = await page()
    expect(state).toBe('preparing')
    expect(textOf(body)).toContain('見守りの準備中です')
    expect(textOf(body)).toContain('合図のリズムを覚えています：経理-02')
    expect(textOf(body)).not.toContain('困りごとはありません')
  })

  test('困りごとなし: with when it was last made sure, and the signs of 24 hours', async () => {
    await watched(asked)
    await canaryClosed(now - minute)
    const { state, body } = await page()
    expect(state).toBe('calm')
    expect(textOf(body)).toContain('いま、困りごとはありません')
    expect(textOf(body).replace(/\s+/g, '')).toContain('最後に確認した時刻：今日14:31（1分前）')
    expect(textOf(body)).toContain('パソコン1台のうち1台を見守っています')
    expect(body).toContain('<svg')
  })

  test('見守れていません: the entrance has been silent, with since when and what to look at', async () => {
    await watched(asked, now - 20 * minute)
    await canaryClosed(now - minute)
    const { state, body } = await page()
    expect(state).toBe('unwatched')
    expect(textOf(body)).toContain('会社の入口を20分見守れていません')
    expect(textOf(body)).toContain('最後の合図は今日14:12です')
    expect(textOf(body)).toContain('電源のランプ')
  })

  test('見守れていません: our own canary is late or never went, and the owner has nothing to do', async () => {
    await watched(asked)
    for (const sentAt of [undefined, now - 10 * minute]) {
      if (sentAt !== undefined) await canaryClosed(sentAt)
      const { state, body } = await page()
      expect(state).toBe('unwatched')
      expect(textOf(body)).toContain('私たちの側の不具合です')
      expect(textOf(body)).not.toContain('電源のランプ')
    }
  })

  test('見てほしいこと: a notice of today leads the page, and links to the whole of it', async () => {
    await watched(asked)
    await canaryClosed(now - minute)
    await town.raise(asked, { severity: 'today', detection: 'os.admin.created' }, now - 10 * minute)
    await handDue(town.detect, now)
    const { state, body } = await page()
    expect(state).toBe('see')
    expect(textOf(body)).toContain('見てほしいことが1つあります')
    expect(body).toMatch(/href="\/notices\/[\da-f-]{36}"/)
  })

  test('いますぐ: the act, what not to do and the buttons stand first, though other things are silent', async () => {
    await watched(asked, now - 20 * minute)
    await town.raise(asked, { severity: 'now' }, now - 2 * minute)
    await handDue(town.detect, now)
    const { state, body } = await page()
    expect(state).toBe('now')
    expect(textOf(body)).toContain('経理-02を今すぐネットから外してください')
    expect(textOf(body)).toContain('電源を切らないでください')
    expect(textOf(body)).toContain('見守れていないものがあります：会社の入口')
    expect(body).toMatch(/action="\/notices\/[\da-f-]{36}\/answers"/)
    expect(body).toContain('value="unplugged"')
  })

  test('what happens at 山田製作所 is nothing that 丸八運送 sees', async () => {
    await town.raise(town.yamada, { severity: 'now' }, now - 2 * minute)
    await handDue(town.detect, now)
    asked = town.maruhachi
    const { state, body } = await page()
    expect(state).toBe('preparing')
    expect(textOf(body)).not.toContain('今すぐネットから外してください')
    expect(textOf(body)).not.toContain('山田製作所')
  })
})
