import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestServer, testServer } from '../../../http/test-server.ts'
import { at, makeTown, type Town } from '../../../notice/test-town.ts'
import {
  answerPolicyQuestion,
  approvePolicy,
  askedQuestions,
  type Doing,
  draftOf,
  hashOf,
  keyedText,
  switchPolicyPage,
} from '../../../policy/index.ts'
import { published } from './published.tsx'

let town: Town
let server: TestServer
let path = ''
const now = at(10, 0)

beforeAll(async () => {
  town = await makeTown()
  server = await testServer({ routes: [published], db: town.app })
  const { owner } = town.yamada
  const doing: Doing = { actor: owner, now, lang: 'ja' }
  path = await town.as(owner, async (tx) => {
    let draft = await draftOf(tx, doing)
    const values = {
      representative_name: '山田 一郎',
      contact: '電話 045-000-0000',
      officer_title: '<b>総務</b>',
    }
    for (const { id: question } of askedQuestions(draft))
      draft = await answerPolicyQuestion(tx, doing, { question, values })
    const approval = { name: '山田一郎', title: '代表取締役', shown: hashOf(keyedText(draft)) }
    expect(await approvePolicy(tx, doing, approval)).toMatchObject({ ok: true })
    const { page } = await switchPolicyPage(tx, doing, true)
    return `/published/${page?.code ?? ''}`
  })
})
afterAll(async () => {
  await server.close()
  await town.database.drop()
})

test('anybody reads name, title, date and the whole text, and search engines may too', async () => {
  const shown = await server.inject(path)
  expect(shown.statusCode).toBe(200)
  for (const text of [
    '株式会社山田製作所',
    '情報セキュリティ基本方針',
    '令和8年（2026年）11月25日 制定',
    '6. 対策の実施',
    'お問い合わせ：電話 045-000-0000',
    '責任者を&lt;b>総務&lt;/b>とし',
  ])
    expect(shown.body).toContain(text)
  expect(shown.body).not.toMatch(/noindex|<script/)
  expect(shown.headers['x-robots-tag']).toBe(undefined)
})

test('an address typed from paper in capitals works', async () => {
  expect((await server.inject(path.replace(/[^/]*$/, (code) => code.toUpperCase()))).statusCode).toBe(200)
})

test('a page that was switched off, and one that never was, are not found', async () => {
  const { owner } = town.yamada
  await town.as(owner, (tx) => switchPolicyPage(tx, { actor: owner, now, lang: 'ja' }, false))
  expect((await server.inject(path)).statusCode).toBe(404)
  expect((await server.inject('/published/aaaa-aaaa')).statusCode).toBe(404)
  expect((await server.inject(`/published/${'x'.repeat(3_000)}`)).statusCode).toBe(404)
})
