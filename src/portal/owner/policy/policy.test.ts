import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '../../../access/index.ts'
import { saveDetail } from '../../../company/index.ts'
import { readPdf } from '../../../document/test-read.ts'
import { type TestServer, testServer } from '../../../http/test-server.ts'
import { at, makeTown, type Town } from '../../../notice/test-town.ts'
import { askedQuestions, startDraft } from '../../../policy/draft.ts'
import { testOwnerParts } from '../test-parts.ts'
import { policyRoutes } from './routes.ts'

let town: Town
let server: TestServer
let actor: Actor | undefined
const mails: unknown[] = []
const now = at(10, 0)

beforeAll(async () => {
  town = await makeTown()
  const parts = testOwnerParts(town.app, mails)
  server = await testServer({
    routes: policyRoutes(parts),
    db: town.app,
    deps: { session: () => Promise.resolve(actor && { actor, cookies: [] }), clock: () => now },
  })
  const { owner, id } = town.yamada
  const rest = {
    nameKana: null,
    postalCode: null,
    address: null,
    url: null,
    industry: null,
    capitalYen: null,
  }
  const representative = { representativeTitle: '代表取締役', representativeName: '山田 一郎' }
  await town.as(owner, (tx) =>
    saveDetail(
      tx,
      { ...rest, ...representative, phone: '045-000-0000', company: id },
      { person: owner.person, now },
    ),
  )
  actor = owner
})
afterAll(async () => {
  await server.close()
  await town.database.drop()
})

const get = (url: string) => server.inject({ url, headers: { cookie: 'any=1' } })
const post = (url: string, form: Record<string, string> = {}) => server.post(url, form)
const whereTo = (answer: { headers: Record<string, unknown> }): string => String(answer.headers['location'])
const postMany = (url: string, pairs: [string, string][]) =>
  server.inject({
    method: 'POST',
    url,
    payload: new URLSearchParams(pairs).toString(),
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      origin: 'http://localhost:8080',
      'sec-fetch-site': 'same-origin',
      cookie: 'any=1',
    },
  })
const standardArticles: [string, string][] = [
  'management',
  'structure',
  'staff',
  'law',
  'incident',
  'measures',
].map((key) => ['articles', `po.${key}`])

/** What a phone without JavaScript sends for each question. */
const answers: Record<string, [string, string][]> = {
  name: [['company_name', '株式会社山田製作所']],
  called: [['short_name', '当社']],
  representative: [
    ['representative_title', '代表取締役'],
    ['representative_name', '山田 一郎'],
  ],
  assets: [
    ['assets', '0'],
    ['assets', '1'],
    ['own_assets', '金型の設計図、 見積書'],
  ],
  officer: [['officer_title', '総務部長 <b>佐藤</b>']],
  contact: [['contact', '電話 045-000-0000']],
  articles: standardArticles,
  dates: [['established_on', '2026-11-25']],
}
let version = ''

describe('the wizard', () => {
  test('shows four tasks and the text as it would read, before anything was answered', async () => {
    const page = (await get('/policy')).body
    for (const text of ['会社のこと', '守る情報', 'だれが責任者か', '約束すること', 'あと3問', 'はじめる'])
      expect(page).toContain(text)
    expect(page).toContain('令和8年（2026年）11月25日 制定')
    expect(page).not.toContain('<script')
  })

  test('asks one question a page with the answer filled in, and marks its place in the text', async () => {
    const page = (await get('/policy/questions/name')).body
    expect(page).toContain('質問 1 / 8')
    expect(page).toContain('value="株式会社山田製作所"')
    expect(page).toContain('<mark>株式会社山田製作所</mark>')
    expect((await get('/policy/questions/nothing')).statusCode).toBe(404)
  })

  test('needs as many presses as there are questions, each leading to the next', async () => {
    let place = '/policy/questions/name'
    const walked: string[] = []
    while (place.startsWith('/policy/questions/')) {
      const id = place.slice('/policy/questions/'.length)
      walked.push(id)
      place = whereTo(await postMany(place, answers[id] ?? []))
    }
    const draft = startDraft(
      { name: '', employees: 0, representativeTitle: null, representativeName: null, phone: null },
      'ja',
      '2026-11-25',
    )
    expect(walked).toEqual(askedQuestions(draft).map((one) => one.id))
    expect(place).toBe('/policy/check')
  })

  test('gives back what is wrong with all that was typed', async () => {
    const empty = await post('/policy/questions/officer', { officer_title: '  ' })
    expect(empty.statusCode).toBe(422)
    expect(empty.body).toContain('エラー：')
    expect((await postMany('/policy/questions/assets', [])).body).toContain('一つは選んでください')
    const day = await post('/policy/questions/dates', { established_on: '2026-11-25', revised_on: '昨日' })
    expect(day.statusCode).toBe(422)
    expect(day.body).toContain('value="昨日"')
  })

  test('says at once when no article is left on a subject, and lets it stand', async () => {
    const without = standardArticles.filter(([, key]) => key !== 'po.structure')
    const told = whereTo(await postMany('/policy/questions/articles', without))
    expect(told).toBe('/policy/questions/articles?lacking=seen')
    expect((await get(told)).body).toContain('今の選び方では、社内の体制に触れていません')
    const on = await postMany('/policy/questions/articles', [...without, ['lacking', 'seen']])
    expect(whereTo(on)).toBe('/policy/questions/dates')
    expect((await get('/policy/check')).body).toContain('社内の体制に触れていません')
    await postMany('/policy/questions/articles', standardArticles)
  })

  test('from the check one change leads straight back', async () => {
    expect((await get('/policy/questions/contact?from=check')).body).toContain('name="from" value="check"')
    const back = await post('/policy/questions/contact', { contact: '電話 045-000-0000', from: 'check' })
    expect(whereTo(back)).toBe('/policy/check')
  })
})

describe('own wording', () => {
  test('a button beside an article keeps the ticks and opens its text, never an empty box', async () => {
    const pressed = await postMany('/policy/questions/articles', [...standardArticles, ['edit', 'po.law']])
    expect(whereTo(pressed)).toBe('/policy/articles/po.law')
    const page = (await get('/policy/articles/po.law')).body
    expect(page).toMatch(/<textarea[^>]*>情報に関わる法令や国の指針/)
    expect(page).not.toContain('標準の文に戻す')
  })

  test('is kept as typed, shown as text, and can be taken back', async () => {
    const text = '{{company_name}} <script>alert(1)</script> #panic("x")'
    await post('/policy/articles/po.law', { title: '法令', text })
    const page = (await get('/policy/questions/articles')).body
    expect(page).toContain('{{company_name}} &lt;script>alert(1)&lt;/script>')
    expect((await get('/policy/articles/po.law')).body).toContain('標準の文に戻す')
    const back = await post('/policy/articles/po.law/standard')
    expect((await get(whereTo(back))).body).toContain('標準の文に戻しました')
    expect((await get('/policy/questions/articles')).body).not.toContain('alert(1)')
    expect((await get('/policy/articles/po.other')).statusCode).toBe(404)
  })
})

describe('the approval', () => {
  const shownIn = (page: string): string => /name="shown" value="([0-9a-f]{64})"/.exec(page)?.[1] ?? ''

  test('shows the whole text, asks for the name that the policy gives, and keeps it', async () => {
    const page = (await get('/policy/approve')).body
    expect(page).toContain('総務部長 &lt;b>佐藤&lt;/b>')
    expect(page).toContain('金型の設計図、見積書')
    const form = { title: '代表取締役', name: '山田　一郎', confirm: 'yes', shown: shownIn(page) }
    expect((await post('/policy/approve', { ...form, confirm: '' })).body).toContain('印を付けてください')
    expect((await post('/policy/approve', { ...form, name: '佐藤' })).body).toContain(
      '方針に載る代表者の名前は「山田 一郎」です',
    )
    expect((await post('/policy/approve', { ...form, shown: 'a'.repeat(64) })).body).toContain(
      '文が変わりました',
    )
    const done = whereTo(await post('/policy/approve', form))
    expect(done).toMatch(/^\/policy\/versions\/[0-9a-f-]{36}\?done=approved$/)
    version = done.replace(/\?.*/, '')
    const confirmation = (await get(done)).body
    for (const text of ['第1版を決めました', '次にすること', 'ポスター', form.shown])
      expect(confirmation).toContain(text)
    expect((await post('/policy/approve', form)).body).toContain('新しい版は作りませんでした')
  })

  test('is not for a member, who may prepare', async () => {
    actor = town.yamada.member
    expect((await get('/policy/approve')).statusCode).toBe(404)
    expect((await post('/policy/hosting', { open: 'yes' })).statusCode).toBe(404)
    expect((await post('/policy/review', { act: 'same' })).statusCode).toBe(404)
    expect((await get('/policy/check')).statusCode).toBe(200)
    expect((await get(version)).statusCode).toBe(200)
    actor = town.yamada.owner
  })
})

describe('the documents', () => {
  test.each([
    ['pdf', 'application/pdf'],
    ['poster', 'application/pdf'],
    ['docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    ['html', 'text/html; charset=utf-8'],
    ['text', 'text/plain; charset=utf-8'],
  ])('%s comes as a file with a name', async (kind, type) => {
    const file = await get(`${version}/${kind}`)
    expect(file.statusCode).toBe(200)
    expect(file.headers['content-type']).toBe(type)
    expect(file.headers['content-disposition']).toContain("filename*=UTF-8''%E6%83%85")
    expect(file.rawPayload.length).toBeGreaterThan(500)
  })

  test('the PDF says what was approved', async () => {
    const { pages } = await readPdf((await get(`${version}/pdf`)).rawPayload)
    expect(pages.join('')).toContain('総務部長 <b>佐藤</b>')
  })

  test('the message to the staff goes to oneself', async () => {
    expect((await get(`${version}/staff-mail`)).body).toContain('「読みました」と返事をください')
    await post(`${version}/staff-mail`)
    expect(mails).toHaveLength(1)
    expect(mails[0]).toMatchObject({
      organisation: town.yamada.id,
      subject: expect.stringContaining('基本方針'),
    })
  })

  test('who read it is counted', async () => {
    const wrong = await post(`${version}/readers`, { people: '１８', confirmed: '19' })
    expect(wrong.body).toContain('働く人の数までです')
    const done = await post(`${version}/readers`, { people: '１８', confirmed: '17' })
    expect((await get(whereTo(done))).body).toContain('18人中17人が読みました')
  })
})

describe('the page for everybody', () => {
  test('is switched on and off at one address, with its code to print', async () => {
    const opened = await post('/policy/hosting', { open: 'yes' })
    const page = (await get(whereTo(opened))).body
    const path = /href="(\/published\/[a-z2-9-]{9})"/.exec(page)?.[1] ?? ''
    expect(page).toContain(`http://localhost:8080${path}`)
    expect(page).toContain('aria-label="名刺や見積書に載せる二次元コード"')
    const closed = (await get(whereTo(await post('/policy/hosting', { open: 'no' })))).body
    expect(closed).toContain('公開をやめました')
    expect(closed).not.toContain(path)
  })
})

describe('a year later', () => {
  test('only what changed is shown, and taking it in leads to a check of just that', async () => {
    await town.as(town.yamada.owner, (tx) =>
      tx.run(`update company_detail set representative_name = '山田 花子' where company_id = $1`, [
        town.yamada.id,
      ]),
    )
    const page = (await get('/policy/review')).body
    expect(page).toContain('<del>代表取締役 山田 一郎</del>')
    expect(page).toContain('加えるとよい約束')
    expect(page).not.toContain('情報に関わる法令')
    expect(whereTo(await post('/policy/review', { act: 'take' }))).toBe('/policy/check')
    const check = (await get('/policy/check')).body
    expect(check).toContain('前の版から変わるところ')
    expect(check).toContain('令和8年（2026年）11月25日 改定')
    expect((await get('/policy')).body).toContain('まだ決めていない変更があります')
  })

  test('nothing to change is kept with the day', async () => {
    const done = whereTo(await post('/policy/review', { act: 'same' }))
    expect((await get(done)).body).toContain('変わりないことを残しました')
  })
})

test('another company finds neither the version nor its documents', async () => {
  actor = town.maruhachi.owner
  for (const way of ['', '/pdf', '/docx', '/html', '/text', '/poster', '/staff-mail'])
    expect((await get(version + way)).statusCode).toBe(404)
  expect((await post(`${version}/readers`, { people: '2', confirmed: '1' })).statusCode).toBe(404)
  expect((await get('/policy')).body).toContain('丸八運送')
  expect((await get('/policy')).body).not.toContain('山田')
  actor = town.yamada.owner
})

test('in English the policy and its pages are English', async () => {
  actor = { ...town.maruhachi.owner, language: 'en' }
  await post('/policy/language', { lang: 'en' })
  const page = (await server.inject({ url: '/policy', headers: { cookie: 'any=1; mimamori-lang=en' } })).body
  expect(page).toContain('Basic Policy on Information Security')
  expect(page).toContain('Role of management')
  actor = town.yamada.owner
})
