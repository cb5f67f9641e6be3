import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '../access/index.ts'
import { day, hour, minute } from '../base/time.ts'
import { at, makeTown, type Town } from '../notice/test-town.ts'
import {
  answerPolicyQuestion,
  approvePolicy,
  askedQuestions,
  draftOf,
  hashOf,
  keyedText,
  switchPolicyPage,
} from '../policy/index.ts'
import { quiet } from '../store/index.ts'
import type { Visited } from '../visit/index.ts'
import { checkPageNow, namePage } from './check-page.ts'
import { checkPublications } from './check-publications.ts'
import { confirmPage, pagesForPerson } from './need-person.ts'
import { publicationOf } from './show.ts'
import { findNamed, listLooks } from './store.ts'
import { goodPage, pageWith, testVisit } from './test-page.ts'

let town: Town
let now = at(10)
const site = testVisit(pageWith(goodPage))
const url = 'https://yamada.example/policy'
const down: Visited = { ok: false, why: 'unreachable', url }

beforeAll(async () => {
  town = await makeTown()
})
afterAll(() => town.database.drop())
beforeEach(async () => {
  await town.database.superuser.query('delete from publication_check; delete from publication')
  site.next = pageWith(goodPage)
  site.asked.length = 0
  now = at(10)
})

const owner = (): Actor => town.yamada.owner
const parts = () => ({ pool: town.app, visit: site.visit })
const name = (actor = owner(), address: string | undefined = url, company = town.yamada.id) =>
  namePage(town.app, actor, { company, url: address, publishedOn: '2026-04-01', now })
const host = () =>
  namePage(town.app, owner(), { company: town.yamada.id, url: undefined, publishedOn: undefined, now })
async function approveAndOpen(): Promise<void> {
  const doing = { actor: owner(), now, lang: 'ja' } as const
  await town.as(owner(), async (tx) => {
    let draft = await draftOf(tx, doing)
    const values = { officer_title: '総務部長', representative_name: '山田 一郎', contact: '045-000-0000' }
    for (const { id: question } of askedQuestions(draft))
      draft = await answerPolicyQuestion(tx, doing, { question, values })
    const shown = hashOf(keyedText(draft))
    const approval = { name: '山田 一郎', title: '代表取締役', shown }
    expect(await approvePolicy(tx, doing, approval)).toMatchObject({ ok: true })
    await switchPolicyPage(tx, doing, true)
  })
}
const look = () => checkPageNow(parts(), owner(), { company: town.yamada.id, now })
const daily = () => checkPublications({ ...parts(), log: quiet }, now)
const stand = () => town.as(owner(), (tx) => publicationOf(tx, town.yamada.id))

describe('the address of the published policy', () => {
  test('nobody named one: there is none', async () => {
    expect(await stand()).toBeUndefined()
    expect(await look()).toBeUndefined()
  })

  test('is named, not yet looked at, then looked at by the button', async () => {
    await name()
    expect(await stand()).toEqual({
      url,
      hosted: false,
      status: 'unchecked',
      failedDays: 0,
      lacking: [],
      wordingHits: 0,
      publishedOn: '2026-04-01',
    })
    now += minute
    expect(await look()).toMatchObject({ outcome: 'ok', status: 200, lacking: [] })
    expect(await stand()).toMatchObject({ status: 'ok', checkedAt: now, failedDays: 0 })
    const { rows } = await town.database.superuser.query<{ act: string }>(
      `select act from audit where act like 'publication.%' order by at`,
    )
    expect(rows.map((row) => row.act)).toEqual(['publication.named', 'publication.checked'])
  })

  test('is changed only by people of the company, and only to an https address', async () => {
    for (const actor of [town.maruhachi.owner, town.analyst])
      await expect(name(actor)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    for (const address of ['http://yamada.example/', 'javascript:alert(1)', 'https://a b'])
      await expect(name(owner(), address)).rejects.toMatchObject({ code: 'BAD_INPUT' })
    await expect(
      checkPageNow(parts(), town.maruhachi.owner, { company: town.yamada.id, now }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(site.asked).toEqual([])
  })

  test('a new address begins anew; the looks at the old one stay', async () => {
    await name()
    now += minute
    await look()
    const old = await town.as(owner(), (tx) => findNamed(tx, town.yamada.id))
    now += minute
    await name(owner(), 'https://yamada.example/new')
    expect(await stand()).toMatchObject({ url: 'https://yamada.example/new', status: 'unchecked' })
    const looks = await town.as(owner(), (tx) =>
      listLooks(tx, { company: town.yamada.id, publication: old?.id ?? '' }, 9),
    )
    expect(looks).toMatchObject([{ outcome: 'ok', confirmed: false }])
  })

  test('what was found on a page that was changed meanwhile is not kept', async () => {
    await name()
    const slow = {
      pool: town.app,
      visit: async () => {
        now += minute
        await name(owner(), 'https://yamada.example/new')
        return pageWith(goodPage)
      },
    }
    await checkPageNow(slow, owner(), { company: town.yamada.id, now })
    expect(await stand()).toMatchObject({ status: 'unchecked', url: 'https://yamada.example/new' })
  })

  test('claims on the page are told, and do not make it worse', async () => {
    await name()
    site.next = pageWith(`${goodPage}\nSECURITY ACTION 二つ星を取得しました。`)
    await look()
    expect(await stand()).toMatchObject({ status: 'ok', wordingHits: 1 })
  })

  test('the page that Mimamori hosts counts once it is open, without a visit', async () => {
    await host()
    expect(await stand()).toMatchObject({ hosted: true, status: 'down', url: '' })
    await approveAndOpen()
    expect(await stand()).toMatchObject({ hosted: true, status: 'ok', lacking: [], wordingHits: 0 })
    expect((await stand())?.url).toMatch(/^\/published\//)
    expect(await look()).toBeUndefined()
    expect(await daily()).toEqual({ checked: 0, failed: 0 })
    await town.database.superuser.query('delete from publication')
    expect(await stand()).toMatchObject({ hosted: true, status: 'ok' })
    await name()
    expect(await stand()).toMatchObject({ hosted: false, status: 'unchecked', url })
  })
})

describe('the daily look', () => {
  test('is one a day in Japan, however often it is started', async () => {
    await name()
    expect(await daily()).toEqual({ checked: 1, failed: 0 })
    now += hour
    expect(await daily()).toEqual({ checked: 0, failed: 0 })
    now = at(23, 59)
    expect(await daily()).toEqual({ checked: 0, failed: 0 })
    now += 2 * minute
    expect(await daily()).toEqual({ checked: 1, failed: 0 })
  })

  test('a page that was well is down after three failed days, and well again at once', async () => {
    await name()
    await daily()
    site.next = down
    for (const failedDays of [1, 2]) {
      now += day
      await daily()
      expect(await stand()).toMatchObject({ status: 'ok', failedDays })
    }
    now += day
    await daily()
    expect(await stand()).toMatchObject({ status: 'down', failedDays: 3, checkedAt: now })
    now += day
    site.next = pageWith(goodPage)
    await daily()
    expect(await stand()).toMatchObject({ status: 'ok', failedDays: 0 })
  })

  test('several failed looks on one day are one failed day', async () => {
    await name()
    await daily()
    site.next = pageWith('ない', { status: 404 })
    for (let times = 0; times < 4; times++) {
      now += minute
      await look()
    }
    expect(await stand()).toMatchObject({ status: 'ok', failedDays: 1 })
  })

  test('a page that was never seen is down at once; one that lacks something lacks it at once', async () => {
    await name()
    site.next = down
    await daily()
    expect(await stand()).toMatchObject({ status: 'down', failedDays: 1 })
    now += day
    site.next = pageWith(goodPage.replace('令和8年4月1日 制定', ''))
    await daily()
    expect(await stand()).toMatchObject({ status: 'lacks', lacking: ['date'], failedDays: 2 })
  })

  test('asks one site for one page at a time, and goes on where one company fails', async () => {
    await name()
    await namePage(town.app, town.maruhachi.owner, {
      company: town.maruhachi.id,
      url: 'https://yamada.example/maruhachi',
      publishedOn: undefined,
      now,
    })
    let running = 0
    let most = 0
    const visit = async (asked: string): Promise<Visited> => {
      running += 1
      most = Math.max(most, running)
      await new Promise((done) => setImmediate(done))
      running -= 1
      if (asked === url) throw new Error('the database is away')
      return pageWith('準備中')
    }
    expect(await checkPublications({ pool: town.app, visit, log: quiet }, now)).toEqual({
      checked: 1,
      failed: 1,
    })
    expect(most).toBe(1)
    const theirs = await town.as(town.maruhachi.owner, (tx) => publicationOf(tx, town.maruhachi.id))
    expect(theirs).toMatchObject({ status: 'lacks', lacking: ['name', 'date', 'title'] })
    expect(await stand()).toMatchObject({ status: 'unchecked' })
  })
})

describe('a scanned policy', () => {
  const waiting = () => town.as(town.analyst, pagesForPerson)
  const scan = (bytes: string): Visited =>
    pageWith(undefined, { type: 'application/pdf', bytes: new TextEncoder().encode(bytes) })

  test('waits for the desk, stands as long as the file is the same, and waits again when it changes', async () => {
    await name()
    site.next = scan('first')
    await look()
    expect(await stand()).toMatchObject({ status: 'needs_person', failedDays: 0 })
    const [page] = await waiting()
    expect(page).toMatchObject({ company: town.yamada.id, companyName: '株式会社山田製作所', url })
    const confirm = (actor: Actor) =>
      confirmPage(town.app, actor, { company: town.yamada.id, check: page?.check ?? '', now })
    await expect(confirm(owner())).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(confirm({ ...town.analyst, scope: [] })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    now += minute
    await confirm(town.analyst)
    expect(await stand()).toMatchObject({ status: 'ok' })
    expect(await waiting()).toEqual([])
    await expect(confirm(town.analyst)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    now += day
    await daily()
    expect(await stand()).toMatchObject({ status: 'ok', checkedAt: now })
    now += day
    site.next = scan('second')
    await daily()
    expect(await stand()).toMatchObject({ status: 'needs_person' })
    expect(await waiting()).toHaveLength(1)
  })
})
