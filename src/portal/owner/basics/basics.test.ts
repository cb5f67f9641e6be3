import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { pledgeFacts } from '../../../catalogue/index.ts'
import { day } from '../../../base/time.ts'
import { type TestServer, testServer } from '../../../http/test-server.ts'
import { at, makeTown, type Town } from '../../../notice/test-town.ts'
import type { Actor } from '../../../access/index.ts'
import { confirmPledge, hashOf, tickItem } from '../../../pledge/index.ts'
import { moment, newId } from '../../../store/index.ts'
import { testOwnerParts } from '../test-parts.ts'
import { basicsRoutes } from './routes.ts'

let town: Town
let server: TestServer
let asked: Actor
const now = at(14, 32)

beforeAll(async () => {
  town = await makeTown()
  server = await testServer({
    routes: basicsRoutes(testOwnerParts(town.app)),
    db: town.app,
    deps: { session: () => Promise.resolve({ actor: asked, cookies: [] }), clock: () => now },
  })
})
afterAll(async () => {
  await server.close()
  await town.database.drop()
})
beforeEach(async () => {
  asked = town.yamada.owner
  for (const table of [
    'pledge_tick',
    'pledge',
    'to_do_closing',
    'evidence_observation',
    'evidence_gathered',
    'evidence_record',
    'sensor_health',
    'alert',
  ])
    await run(`delete from ${table}`)
  await run('update device set retired_at = null')
})

const run = (text: string, values: unknown[] = []): Promise<unknown> =>
  town.database.superuser.query(text, values)
const get = (url: string) => server.inject({ url, headers: { cookie: 'any=1' } })
const textOf = (body: string): string =>
  body
    .replace(/<wbr\/?>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
async function page(url: string): Promise<string> {
  const answer = await get(url)
  expect(answer.statusCode, url).toBe(200)
  expect(answer.body.length, url).toBeLessThan(60 * 1024)
  return textOf(answer.body)
}
const five = (): readonly string[] => pledgeFacts().editions[0]?.order ?? []
const six = (): readonly string[] => pledgeFacts().editions[1]?.order ?? []

async function tick(items: readonly string[], actor = asked): Promise<void> {
  for (const item of items) await tickItem(town.app, actor, { item, ticked: true, now })
}
async function promise(edition: 'jou5' | 'jou6', actor = asked): Promise<void> {
  const text = `${edition} の文`
  await tick(edition === 'jou5' ? five() : six(), actor)
  await confirmPledge(town.app, actor, {
    edition,
    name: '山田 一郎',
    title: '代表取締役',
    text,
    shownHash: hashOf(text),
    now,
  })
}
async function hashOnPage(url = '/basics/confirmation'): Promise<string> {
  return /name="hash" value="([\da-f]{64})"/.exec((await get(url)).body)?.[1] ?? ''
}
const who = { name: '山田 一郎', position: '代表取締役', authority: 'yes', declares: 'yes' }

describe('the basic items', () => {
  test('are counted from the edition, each with minutes and yen, and link to their pages', async () => {
    const body = await page('/basics')
    expect(body).toContain('基本の取り組み（6つ）')
    expect(body).toContain('6つのうち0つに印が付きました')
    expect(body).toContain('約60分・15,000円')
    expect((await get('/basics')).body).toContain('href="/basics/pl.backup"')
  })

  test('a page shows why, the steps for the devices the company has, and no others', async () => {
    const body = await page('/basics/pl.updates')
    expect(body).toContain('なぜ必要か')
    expect(body).toContain('パソコン：経理-02')
    expect(body).toContain('Windows Update')
    expect(body).not.toContain('複合機・プリンター')
    expect(body).toContain('この質問に関する記録はありません')
    expect(body).toContain('約30分・0円')
  })

  test('the record is told with the names of the devices that are behind', async () => {
    await run(
      `insert into sensor_health (sensor_id, company_id, first_received_at, last_received_at) values ($1, $2, $3, $4)`,
      [town.yamada.sensor, town.yamada.id, moment(now - 90 * day), moment(now - 60_000)],
    )
    await run('insert into evidence_gathered (company_id, upto) values ($1, $2)', [
      town.yamada.id,
      moment(now),
    ])
    await run(
      `insert into evidence_observation (company_id, signal, item_key, item_name, state, at, sensor_id)
       values ($1, 'endpoint_protection', $2, '経理-02', 'bad', $3, $4)`,
      [town.yamada.id, `device:${town.yamada.device}`, moment(now - day), town.yamada.sensor],
    )
    const body = await page('/basics/pl.antivirus')
    expect(body).toContain('1台中0台で対策が動いています。止まっているのは1台です。')
    expect(body).toMatch(/該当するもの：\s*経理-02/)
    expect(body).toContain('この約束と違うところがあります')
    asked = town.maruhachi.owner
    expect(await page('/basics/pl.antivirus')).toContain('この質問に関する記録はありません')
  })

  test('an item of no edition is not there', async () => {
    expect((await get('/basics/pl.nothing')).statusCode).toBe(404)
    expect((await server.post('/basics/pl.nothing/tick', { ticked: 'yes' })).statusCode).toBe(404)
  })

  test('a mark is set and taken back by a button', async () => {
    const set = await server.post('/basics/pl.shares/tick', { ticked: 'yes' })
    expect(set.headers.location).toBe('/basics#items')
    expect(await page('/basics')).toContain('6つのうち1つに印が付きました')
    expect(await page('/basics/pl.shares')).toContain('山田さんが11月25日に印を付けました')
    await server.post('/basics/pl.shares/tick', { ticked: '' })
    expect(await page('/basics')).toContain('6つのうち0つ')
  })
})

describe('the promise', () => {
  test('with items not marked, the page names them and shows no form', async () => {
    await tick(six().slice(1))
    const answer = await get('/basics/confirmation')
    expect(textOf(answer.body)).toContain('まだ印の付いていない項目があります')
    expect(answer.body).toContain('href="/basics/pl.updates"')
    expect(answer.body).not.toContain('name="hash"')
  })

  test('the whole text is read, and needs a name, a title, authority, and that it is no certification', async () => {
    await tick(six())
    const body = await page('/basics/confirmation')
    expect(body).toContain('株式会社山田製作所は、次の6つに取り組むことを宣言します。')
    expect(body).toContain('6. データの写しを取る：')
    expect(body).toContain('認証や認定ではありません')
    const hash = await hashOnPage()
    const refused = await server.post('/basics/confirmation', { ...who, hash, position: '', declares: '' })
    expect(refused.statusCode).toBe(422)
    expect(textOf(refused.body)).toContain('役職を入力してください')
    const unticked = await server.post('/basics/confirmation', { ...who, hash, authority: '' })
    expect(textOf(unticked.body)).toContain('ここに印を付けてください')
    expect(await page('/basics/done')).toContain('まだ約束はありません')
  })

  test('pressed, it is kept word for word and shown with its fingerprint', async () => {
    await tick(six())
    const hash = await hashOnPage()
    const answer = await server.post('/basics/confirmation', { ...who, hash })
    expect(answer.headers.location).toBe('/basics/done')
    const done = await page('/basics/done')
    expect(done).toContain('代表取締役 山田 一郎さんが約束しました')
    expect(done).toContain('株式会社山田製作所は、次の6つに取り組むことを宣言します。')
    expect(done.replaceAll(' ', '')).toContain(hash)
    expect(await page('/basics')).toContain('代表取締役 山田 一郎さんが、6つを約束しました')
    expect((await get('/basics/confirmation')).headers.location).toBe('/basics/done')
  })

  test('of another text than the one shown is not kept', async () => {
    await tick(six())
    const answer = await server.post('/basics/confirmation', { ...who, hash: hashOf('another') })
    expect(answer.statusCode).toBe(422)
    expect(textOf(answer.body)).toContain('文が新しくなりました')
  })

  test('a member sees the text, and who can promise it', async () => {
    asked = town.yamada.member
    await tick(six())
    const body = await page('/basics/confirmation')
    expect(body).toContain('owner’s rights')
    expect((await server.post('/basics/confirmation', { ...who, hash: 'x' })).statusCode).not.toBe(303)
  })

  test('of five items may still be made, when those five are marked', async () => {
    await tick(five())
    expect((await get('/basics')).body).toContain('/basics/confirmation?edition=jou5')
    const hash = await hashOnPage('/basics/confirmation?edition=jou5')
    const answer = await server.post('/basics/confirmation', { ...who, hash, edition: 'jou5' })
    expect(answer.headers.location).toBe('/basics/done')
    expect(await page('/basics/done')).toContain('次の5つに取り組む')
  })

  test('a company that promised five gets one page with just the new item', async () => {
    await promise('jou5')
    expect(await page('/basics')).toContain('新しい項目が1つ加わりました')
    const body = await page('/basics/confirmation')
    expect(body).toContain('これまでの5つに加えて、次の1つに取り組むことを宣言します')
    expect(body).toContain('データの写しを取る')
    expect(body).not.toContain('OSとソフトを新しくしておく')
    const answer = await server.post('/basics/confirmation', { ...who, hash: await hashOnPage() })
    expect(answer.headers.location).toBe('/basics/done')
    expect(await page('/basics')).toContain('6つを約束しました')
    expect(await page('/basics/done')).toContain('前の約束')
  })

  test('of 山田製作所 is nothing that 丸八運送 sees', async () => {
    await promise('jou6')
    asked = town.maruhachi.owner
    expect(await page('/basics/done')).toContain('まだ約束はありません')
    expect(await page('/basics')).toContain('6つのうち0つ')
  })
})

describe('the list of things to do', () => {
  test('shows three first, the rest folded, with minutes and yen for all', async () => {
    const body = await page('/to-dos')
    expect(body).toContain('次にすること、三つだけ')
    expect(body).toContain('ほかにすること（3）')
    expect(body).toMatch(/残り6件。最初の一歩だけなら、合わせて約\d時間\d+分・20,000円です/)
    expect(await page('/to-dos/print')).toContain('□ データの写しを取る')
  })

  test('what the record shows otherwise is closed with a day and a name', async () => {
    await promise('jou6')
    expect(await page('/to-dos')).toContain('今すぐすることは、ありません')
    await run(
      `insert into sensor_health (sensor_id, company_id, first_received_at, last_received_at) values ($1, $2, $3, $3)`,
      [town.yamada.sensor, town.yamada.id, moment(now)],
    )
    await town.raise(town.yamada, { detection: 'auth.brute.success' }, now - day)
    expect(await page('/to-dos')).toContain('この90日に、なりすましの疑いが1件ありました')
    expect(await page('/to-dos/closing?key=ev.passwords')).toContain(
      'パスワードを強くする：見守りの記録を良くする',
    )
    const late = await server.post('/to-dos/closing', { key: 'ev.passwords', doneOn: '2026-12-24' })
    expect(textOf(late.body)).toContain('今日までの日付を入れてください')
    const done = await server.post('/to-dos/closing', { key: 'ev.passwords', doneOn: '2026-11-24' })
    expect(done.headers.location).toBe('/to-dos?done=closed')
    expect(await page('/to-dos')).toContain('2026年11月24日に山田さんが済ませました')
    expect((await get('/to-dos/closing?key=ev.passwords')).statusCode).toBe(404)
  })

  test('a device out of use asks for the record that it was erased', async () => {
    await run('update device set retired_at = $2 where id = $1', [town.yamada.device, moment(now - day)])
    expect(await page('/to-dos')).toContain('経理-02を消した記録を残す')
    const url = `/to-dos/erasures/${town.yamada.device}`
    asked = town.maruhachi.owner
    expect((await get(url)).statusCode).toBe(404)
    expect((await server.post(url, { doneOn: '2026-11-24' })).statusCode).toBe(404)
    asked = town.yamada.owner
    await page(url)
    expect((await server.post(url, { doneOn: '2026-11-24' })).headers.location).toBe('/to-dos?done=erased')
    expect(await page('/to-dos')).not.toContain('消した記録を残す')
  })

  test('a test restore is kept from the page of backups', async () => {
    const form = { restored: '会計データ', restoredOn: '2026-11-20' }
    const wrong = await server.post('/basics/restore-tests', { ...form, restored: '' })
    expect(wrong.statusCode).toBe(422)
    expect(textOf(wrong.body)).toContain('戻したものを入力してください')
    await server.post('/basics/restore-tests', form)
    expect(await page('/basics/pl.backup?done=restored')).toContain(
      '戻す練習の記録は、1組のうち1組にあります',
    )
  })
})

describe('in English', () => {
  test('every page has its words', async () => {
    asked = { ...town.yamada.owner, language: 'en' }
    await run(`insert into device (id, company_id, nickname, class) values ($1, $2, 'nas-1', 'nas')`, [
      newId(),
      town.yamada.id,
    ])
    for (const url of [
      '/basics',
      ...six().map((key) => `/basics/${key}`),
      '/to-dos',
      '/to-dos/print',
      '/basics/done',
    ]) {
      const body = (await page(url)).replace(
        /Mimamori|みまもり|株式会社山田製作所|経理-02|日本語|みなと情報サービス/g,
        '',
      )
      expect(body, url).toMatch(/[a-z]/)
    }
    expect(await page('/basics/pl.backup')).toContain('Two disks in one NAS are no backup')
    await run("delete from device where nickname = 'nas-1'")
  })
})
