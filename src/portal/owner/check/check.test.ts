import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '../../../access/index.ts'
import { answerIds, selfCheckFacts } from '../../../catalogue/index.ts'
import { minute } from '../../../base/time.ts'
import { type TestServer, testServer } from '../../../http/test-server.ts'
import { at, makeTown, type Town } from '../../../notice/test-town.ts'
import { answerRoutes } from '../../public/answer/routes.ts'
import { testOwnerParts } from '../test-parts.ts'
import { checkRoutes } from './routes.ts'

type Sent = { readonly to: string; readonly text: string }

let town: Town
let server: TestServer
let actor: Actor | undefined
let now = at(14, 32)
const mails: Sent[] = []

beforeAll(async () => {
  town = await makeTown()
  const parts = testOwnerParts(town.app, mails)
  const deps = { ...parts, checkNumber: () => Promise.resolve({ sent: false as const }) }
  server = await testServer({
    routes: [...checkRoutes(parts), ...answerRoutes(deps)],
    db: town.app,
    deps: {
      session: () => Promise.resolve(actor && { actor, cookies: [] }),
      clock: () => now,
    },
  })
})
afterAll(async () => {
  await server.close()
  await town.database.drop()
})
beforeEach(() => {
  actor = town.yamada.owner
  now += minute
})

const get = (url: string) => server.inject({ url, headers: { cookie: 'any=1' } })
const whereTo = (answer: { headers: Record<string, unknown> }): string => String(answer.headers['location'])
const post = async (url: string, form: Record<string, string> = {}): Promise<string> => {
  const answer = await server.post(url, form)
  expect([url, answer.statusCode]).toEqual([url, 303])
  return whereTo(answer)
}
const page = async (url: string): Promise<string> => {
  const answer = await get(url)
  expect([url, answer.statusCode]).toEqual([url, 200])
  return answer.body
}
const buttonsOf = (body: string): string[] =>
  [...body.matchAll(/<button class="mm-answer" name="answer" value="(\w+)"/g)].map((match) => match[1] ?? '')
const textOf = (html: string): string => html.replaceAll(/<[^>]*>/g, '').trim()

describe('one person', () => {
  test('needs 25 taps from question 1 to the result, and each leads straight on', async () => {
    let url = await post('/self-check', { edition: '4.0', with: 'self' })
    let taps = 0
    while (url.includes('/questions/') && taps < 40) {
      const body = await page(url)
      expect(buttonsOf(body).length).toBeGreaterThanOrEqual(4)
      expect(body).toContain(`質問 ${taps + 1} / 25`)
      url = await post(url, { answer: taps === 7 ? 'unknown' : taps === 4 ? 'not_done' : 'done' })
      taps += 1
    }
    expect(taps).toBe(25)
    const body = await page(url)
    expect(body).toContain('<span class="mm-score__number">91</span>')
    expect(body).toContain('ほぼできていますが、抜けがあります')
    expect(body).toContain('メールやクラウドの契約先に「メールで送る情報」を聞く')
    expect(body).toContain('20分・0円・5点増えます')
    expect(body).toContain('攻撃の手口を、朝礼で1つ紹介する')
    expect(body).toContain('設問の並びは3.1版によります')
    expect(await page('/self-check')).toContain('91点')
  })

  test('reads no longer than five minutes at 500 characters a minute: questions, examples, buttons and what stands under them', async () => {
    const start = await post('/self-check', { edition: '4.0', with: 'self' })
    const base = start.slice(0, start.lastIndexOf('/'))
    let letters = 0
    for (const key of selfCheckFacts().editions.at(-1)?.order ?? []) {
      const body = await page(`${base}/${key}`)
      const form = /<form class="mm-question"[\s\S]*?<\/form>/.exec(body)?.[0] ?? ''
      const heard = form.replace(/<div class="mm-progress">[\s\S]*?<\/div>/, '')
      letters += [...textOf(heard).replaceAll(/[\s\d]/g, '')].length
      expect([key, [...(/<h1[^>]*>([\s\S]*?)<\/h1>/.exec(form)?.[1] ?? '')].length <= 40]).toEqual([
        key,
        true,
      ])
    }
    expect(letters).toBeGreaterThan(1_000)
    expect(letters / 500).toBeLessThanOrEqual(5)
    await post('/self-check/ending', {
      check: /name="check" value="([\w-]+)"/.exec(await page('/self-check/ending'))?.[1] ?? '',
    })
  })

  test('says honestly which questions only the company’s word decides, and offers 該当しない only where it exists', async () => {
    const start = await post('/self-check', { edition: '3.1', with: 'self' })
    const base = start.slice(0, start.lastIndexOf('/'))
    const declared = await page(`${base}/sc.visitors`)
    expect(declared).toContain('この質問は、会社の申告だけで決まります。')
    expect(buttonsOf(declared)).toEqual([...answerIds])
    expect(declared).toContain('当てはまるものがない')
    const watched = await page(`${base}/sc.updates`)
    expect(watched).not.toContain('会社の申告だけで')
    expect(buttonsOf(watched)).toEqual(['done', 'partly', 'not_done', 'unknown'])
    await post(`${base}/sc.updates`, { answer: 'partly' })
    expect(await page(`${base}/sc.updates`)).toContain('今の答え')
    expect(await page('/self-check')).toContain('25問のうち1問に答えました')
    const wrong = await server.post(`${base}/sc.updates`, { answer: 'not_applicable' })
    expect(wrong.statusCode).toBe(400)
  })
})

describe('a result', () => {
  const newest = async (): Promise<string> =>
    /href="(\/self-check\/results\/[\w-]+)"/.exec(await page('/self-check'))?.[1] ?? ''

  test('has a list by whom to ask with a message ready to send, and closes a to-do by a new answer', async () => {
    const base = await newest()
    const asking = await page(`${base}/asking`)
    expect(asking).toContain('メールやクラウドの契約先')
    expect(asking).toContain('株式会社山田製作所の山田です。')
    expect(asking).toContain('href="mailto:?subject=')
    const toDo = await page(`${base}/questions/sc.mail_protect`)
    expect(toDo).toContain('今は、どうですか')
    const back = await post(`${base}/questions/sc.mail_protect`, { answer: 'done' })
    const body = await page(back)
    expect(body).toContain('いまは96点です')
    expect(body).toContain('山田さんが「している」と答え直しました')
    expect(body).toContain('<span class="mm-score__number">91</span>')
    expect(await page(`${base}/asking`)).toContain('「わからない」の答えはありません')
    expect(await page(`${base}/comparison`)).toContain('前回の結果はありません')
  })

  test('is printed as a PDF, in both languages', async () => {
    const base = await newest()
    for (const language of ['ja', 'en'] as const) {
      actor = { ...town.yamada.owner, language }
      const answer = await get(`${base}/pdf`)
      expect(answer.headers['content-type']).toContain('application/pdf')
      expect(answer.rawPayload.subarray(0, 5).toString()).toBe('%PDF-')
    }
  })

  test('of another company, its questions and its sheets are not there', async () => {
    const base = await newest()
    const going =
      /href="(\/self-check\/sheets\/[\w-]+\/questions\/[\w.]+)"/.exec(await page('/self-check'))?.[1] ?? ''
    actor = town.maruhachi.owner
    for (const url of [base, `${base}/pdf`, `${base}/asking`, `${base}/comparison`, going]) {
      expect([url, (await get(url)).statusCode]).toEqual([url, 404])
    }
    expect((await server.post(going, { answer: 'done' })).statusCode).toBe(404)
  })
})

describe('several people', () => {
  test('are asked by a link, answer without an account, and one person joins their sheets by name', async () => {
    actor = town.maruhachi.owner
    expect(await post('/self-check', { edition: '4.0', with: 'others' })).toBe('/self-check/together')
    const fields = { name: '川田', language: 'ja' }
    const taken = await server.post('/self-check/together', { ...fields, place: '', email: 'x' })
    expect(taken.statusCode).toBe(422)
    expect(
      await post('/self-check/together', { ...fields, place: '川崎', email: 'kawada@maruhachi.example' }),
    ).toBe('/self-check/together?done=invited')
    const handed = await server.post('/self-check/together', { ...fields, place: '横浜', email: '' })
    expect(handed.body).toContain('<svg')
    const again = await server.post('/self-check/together', { ...fields, place: '横浜', email: '' })
    expect(again.body).toContain('この拠点・部署のシートは、もうあります')
    const secrets = [mails[0]?.text ?? '', handed.body].map((text) => /\/answer\/([\w-]{43})/.exec(text)?.[1])
    actor = undefined
    for (const [nth, secret] of secrets.entries()) {
      expect(await page(`/answer/${secret}`)).toContain('丸八運送の自社診断')
      let url = `/answer/${secret}/sc.updates`
      for (let taps = 0; taps < 25; taps++) {
        const body = await page(url)
        expect(body).not.toContain('見守りの記録：')
        url = await post(url, { answer: nth === 0 || taps > 0 ? 'done' : 'unknown' })
      }
      expect(url).toBe(`/answer/${secret}`)
      expect(await page(url)).toContain('ありがとうございました')
    }
    actor = town.maruhachi.owner
    const joining = await page('/self-check/joining')
    expect(joining).toContain('横浜：わからない（川田）、川崎：している（川田）')
    const check = /name="check" value="([\w-]+)"/.exec(joining)?.[1] ?? ''
    const result = await post('/self-check/joining', { check, 'pick-sc.updates': '' })
    const body = await page(result)
    expect(body).toContain('<span class="mm-score__number">95</span>')
    expect(body).toContain('平均すると97点')
    expect(body).toContain('八田さんが確定しました')
    actor = undefined
    expect(await page(`/answer/${secrets[0]}`)).toContain('この診断は、もう終わりました')
  })

  test('with a revoked or unknown link see that it does not work', async () => {
    actor = undefined
    const answer = await get(`/answer/${'x'.repeat(43)}`)
    expect(answer.statusCode).toBe(404)
    expect(answer.body).toContain('このリンクは使えません')
    expect((await server.post(`/answer/${'x'.repeat(43)}/sc.updates`, { answer: 'done' })).statusCode).toBe(
      404,
    )
  })
})

test('every page is light and carries no script of its own', async () => {
  actor = town.maruhachi.owner
  const result = /href="(\/self-check\/results\/[\w-]+)"/.exec(await page('/self-check'))?.[1] ?? ''
  for (const url of ['/self-check', result, `${result}/comparison`, `${result}/asking`]) {
    const body = await page(url)
    expect([url, body.length < 60 * 1024, body.includes('<script'), body.includes(' style=')]).toEqual([
      url,
      true,
      false,
      false,
    ])
  }
})
