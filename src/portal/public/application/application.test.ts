import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { day, hour } from '../../../base/time.ts'
import { type TestServer, testServer, wednesday } from '../../../http/test-server.ts'
import { policyPage, testRegister, type TestRegister } from '../../../registry/test-register.ts'
import { makeSeal } from '../../../seal/index.ts'
import { applicationRoutes } from './routes.ts'

let it: TestRegister
let server: TestServer
let now = wednesday

beforeAll(async () => {
  it = await testRegister()
  server = await testServer({
    routes: applicationRoutes({
      access: it.parts.access,
      visit: it.parts.visit,
      checkNumber: () => Promise.reject(new Error('not asked here')),
      seal: makeSeal({ pool: it.parts.access.app, secret: 'a secret of the tests, long enough' }),
    }),
    db: it.parts.access.app,
    deps: { clock: () => now },
  })
})
afterAll(async () => {
  await server?.close()
  await it?.drop()
})
beforeEach(async () => {
  now += 2 * hour
  await it.set({ review: false, levels: ['SA1', 'SA2'], openedAt: now - day })
})

type Form = Record<string, string>
const ticks = (edition: 'jou5' | 'jou6'): Form =>
  Object.fromEntries(
    [
      'updates',
      'antivirus',
      'passwords',
      'shares',
      'threat_news',
      ...(edition === 'jou6' ? ['backup'] : []),
    ].map((item) => [`pl.${item}`, 'yes']),
  )
const pledge = { edition: 'jou6', ...ticks('jou6'), pledgedName: '山田 太郎', pledgedTitle: '代表取締役' }
const consent = { declaration: 'yes', listing: 'yes', terms: 'yes' }

/** What 山田製作所 answers, page by page. */
const answers: readonly (readonly [string, Form])[] = [
  ['kind', { kind: 'legal' }],
  [
    'name',
    {
      name: '株式会社山田製作所',
      nameKana: 'やまだ せいさくしょ',
      corporateNumber: '７９９９９ー０１００ー０００１',
    },
  ],
  ['place', { prefecture: '27', town: '東大阪市', street: '長田中1-2-3' }],
  ['business', { industry: 'E', employees: '6-20', url: 'https://www.yamada-ss.example' }],
  ['contact', { person: '佐藤 恵', email: 'Sato@Yamada-ss.example', phone: '' }],
  ['level', { level: 'SA1' }],
  ['pledge', pledge],
  ['consent', consent],
]

const begin = async (): Promise<string> => {
  const answer = await server.post('/registry/apply')
  return String(answer.headers.location).split('/')[3] ?? ''
}
/** Goes through the form and says where each page led. */
async function fill(secret: string, change: Record<string, Form> = {}): Promise<string[]> {
  const led: string[] = []
  for (const [page, form] of answers) {
    const answer = await server.post(`/registry/apply/${secret}/${page}`, { ...form, ...change[page] })
    led.push(
      String(answer.headers.location ?? answer.statusCode)
        .split('/')
        .at(-1) ?? '',
    )
  }
  return led
}
const clear = () => it.database.superuser.query('truncate registry_entry, application cascade')
async function send(secret: string): Promise<string> {
  await server.post(`/registry/apply/${secret}/check`)
  await it.parts.access.settled()
  return it.secretIn('confirm')
}

describe('an application, page by page', () => {
  beforeAll(clear)

  test('the first page says what it is, what becomes public, and that it certifies nothing', async () => {
    const { body } = await server.inject('/registry/apply')
    expect(body).toContain('大阪サイバー宣言登録簿')
    expect(body).toContain('認証・認定ではありません')
    expect(body).toContain('担当者の名前、メール、電話')
  })

  test('each page leads to the next, the last to all answers', async () => {
    const secret = await begin()
    expect(secret.length).toBeGreaterThanOrEqual(43)
    expect(await fill(secret)).toEqual([
      'name',
      'place',
      'business',
      'contact',
      'level',
      'pledge',
      'consent',
      'check',
    ])
    const { body } = await server.inject(`/registry/apply/${secret}/check`)
    for (const shown of ['株式会社山田製作所', '7999901000001', '東大阪市', '6か条', '代表取締役 山田 太郎'])
      expect(body).toContain(shown)
    expect(body).toContain('変更<span class="mm-hidden">法人番号</span>')
  })

  test('then a mail, its button, and the number in the same sitting', async () => {
    await clear()
    const secret = await begin()
    await fill(secret)
    const sent = await server.post(`/registry/apply/${secret}/check`)
    expect(sent.headers.location).toBe(`/registry/apply/${secret}/sent`)
    expect((await server.inject(String(sent.headers.location))).body).toContain('sato@yamada-ss.example')
    await it.parts.access.settled()
    const link = `/registry/confirm/${it.secretIn('confirm')}`
    for (let n = 0; n < 3; n++) expect((await server.inject(link)).statusCode).toBe(200)
    const done = await server.post(link)
    const state = await server.inject(String(done.headers.location))
    expect(state.body).toContain('登録簿に載りました')
    expect(state.body).toMatch(/OSK-[0-9A-Z]{9}/)
    expect(state.body).toContain('バッジを受け取る')
    const again = await server.post(link)
    expect([again.statusCode, again.body.includes('もう使えません')]).toEqual([410, true])
    expect((await server.inject(`/registry/apply/${secret}/check`)).statusCode).toBe(410)
  })

  test('a page out of turn leads to the one that is missing', async () => {
    const secret = await begin()
    const early = await server.inject(`/registry/apply/${secret}/check`)
    expect(early.headers.location).toBe(`/registry/apply/${secret}/kind`)
    expect((await server.post(`/registry/apply/${secret}/check`)).headers.location).toBe(
      `/registry/apply/${secret}/kind`,
    )
    expect((await server.inject(`/registry/apply/${secret}/nothing`)).headers.location).toContain('/kind')
  })

  test('changing one answer leads straight back to all of them', async () => {
    const secret = await begin()
    await fill(secret)
    const page = await server.inject(`/registry/apply/${secret}/place`)
    expect(page.body).toContain('value="東大阪市"')
    expect(page.body).toContain(`href="/registry/apply/${secret}/check"`)
    const changed = await server.post(`/registry/apply/${secret}/place`, {
      prefecture: '27',
      town: '堺市',
      street: '1-1',
    })
    expect(changed.headers.location).toBe(`/registry/apply/${secret}/check`)
  })
})

describe('what is wrong is told at its field', () => {
  const refused = async (page: string, form: Form, upTo = page): Promise<string> => {
    const secret = await begin()
    for (const [earlier, right] of answers) {
      if (earlier === upTo) break
      await server.post(`/registry/apply/${secret}/${earlier}`, right)
    }
    const answer = await server.post(`/registry/apply/${secret}/${page}`, form)
    expect(answer.statusCode).toBe(422)
    expect(answer.body).toContain('<title>エラー：')
    return answer.body
  }

  test('a corporate number with a wrong check digit', async () => {
    const body = await refused('name', { name: '株式会社山田製作所', corporateNumber: '7999901000002' })
    expect(body).toContain('href="#f-corporateNumber"')
    expect(body).toContain('id="f-corporateNumber-error"')
    expect(body).toContain('value="株式会社山田製作所"')
  })

  test.each<[string, Form, string]>([
    ['name', { name: '', corporateNumber: '7999901000001' }, 'name'],
    ['name', { name: '山', nameKana: '山田', corporateNumber: '7999901000001' }, 'nameKana'],
    ['place', { prefecture: '48', town: '東大阪市', street: '1' }, 'prefecture'],
    ['place', { prefecture: '27', town: '', street: '1' }, 'town'],
    ['place', { prefecture: '27', town: '東大阪市' }, 'street'],
    ['business', { industry: 'Z', employees: '6-20' }, 'industry'],
    ['business', { industry: 'E', employees: '7' }, 'employees'],
    ['business', { industry: 'E', employees: '6-20', url: 'javascript:alert(1)' }, 'url'],
    ['contact', { person: '佐藤', email: 'sato' }, 'email'],
    ['contact', { person: '', email: 'sato@yamada-ss.example' }, 'person'],
    ['pledge', { ...pledge, 'pl.backup': '' }, 'pl.backup'],
    ['pledge', { ...pledge, pledgedTitle: '' }, 'pledgedTitle'],
    ['consent', { ...consent, terms: '' }, 'terms'],
  ])('%s %o: %s', async (page, form, named) => {
    const body = await refused(page, form)
    expect(body).toContain(`href="#f-${named}"`)
    expect(body).toContain(`id="f-${named}-error"`)
  })

  test('two stars: an old self-check and a policy without https', async () => {
    const secret = await begin()
    await fill(secret, { level: { level: 'SA2' } })
    const page = `/registry/apply/${secret}/self-check`
    const old = await server.post(page, { selfCheckOn: '2025-01-01', policyUrl: 'http://x.example/' })
    expect(old.body).toContain('href="#f-selfCheckOn"')
    expect(old.body).toContain('href="#f-policyUrl"')
    expect((await server.inject(page)).body).toContain('この登録簿の決まりで、制度の決まりではありません')
  })
})

describe('the promise', () => {
  test('offers the older edition, with five items', async () => {
    const secret = await begin()
    await fill(secret)
    const six = await server.inject(`/registry/apply/${secret}/pledge`)
    expect(six.body.match(/name="pl\./g)).toHaveLength(6)
    const five = await server.inject(`/registry/apply/${secret}/pledge?edition=jou5`)
    expect(five.body.match(/name="pl\./g)).toHaveLength(5)
    const kept = await server.post(`/registry/apply/${secret}/pledge`, {
      ...pledge,
      edition: 'jou5',
      'pl.backup': '',
    })
    expect(kept.headers.location).toContain('/check')
  })
})

describe('a sole proprietor', () => {
  beforeAll(clear)
  test('is asked for no number and no street, and is shown with a town only by leave', async () => {
    const secret = await begin()
    await server.post(`/registry/apply/${secret}/kind`, { kind: 'sole' })
    expect((await server.inject(`/registry/apply/${secret}/name`)).body).not.toContain('corporateNumber')
    const place = (await server.inject(`/registry/apply/${secret}/place`)).body
    expect([place.includes('name="street"'), place.includes('name="townListed"')]).toEqual([false, true])
  })
})

describe('two stars', () => {
  beforeEach(clear)
  const apply = async (): Promise<string> => {
    const secret = await begin()
    await fill(secret, { level: { level: 'SA2' } })
    await server.post(`/registry/apply/${secret}/self-check`, {
      selfCheckOn: '2026-11-01',
      policyUrl: 'https://www.yamada-ss.example/policy',
    })
    await server.post(`/registry/apply/${secret}/consent`, consent)
    const done = await server.post(`/registry/confirm/${await send(secret)}`)
    return String(done.headers.location)
  }

  test('with a policy that can be seen are in the register a moment later', async () => {
    it.visited = () => policyPage('株式会社山田製作所')
    const state = await apply()
    await it.parts.access.settled()
    expect((await server.inject(state)).body).toContain('登録簿に載りました')
  })

  test('without one wait for a person, and the page says until when', async () => {
    it.visited = (url) => ({ ok: false, why: 'unreachable', url })
    const state = await apply()
    await it.parts.access.settled()
    const { body } = await server.inject(state)
    expect(body).toContain('担当者が確かめています')
    expect(body).toMatch(/12月\d日までに/)
    expect(body).not.toContain('unreachable')
  })
})

describe('limits', () => {
  test('one mailbox gets five mails an hour at most', async () => {
    const secret = await begin()
    await fill(secret, { contact: { person: '佐藤', email: 'five@yamada-ss.example', phone: '' } })
    const statuses: number[] = []
    for (let n = 0; n < 6; n++)
      statuses.push((await server.post(`/registry/apply/${secret}/check`)).statusCode)
    expect(statuses).toEqual([303, 303, 303, 303, 303, 429])
  })

  test('one place cannot begin forms without end', async () => {
    let last = 0
    for (let n = 0; n < 31; n++) last = (await server.post('/registry/apply')).statusCode
    expect(last).toBe(429)
  })
})

describe('a register that is not open', () => {
  test('takes nothing, and says so', async () => {
    await it.set({ openedAt: undefined })
    expect((await server.inject('/registry/apply')).statusCode).toBe(404)
    expect((await server.inject('/registry/apply')).body).toContain('まだ開かれていません')
    expect((await server.post('/registry/apply')).statusCode).toBe(404)
  })
})

test('every page stands in both languages, weighs little and claims nothing that is not so', async () => {
  const secret = await begin()
  await fill(secret)
  const pages = ['kind', 'name', 'place', 'business', 'contact', 'level', 'pledge', 'consent', 'check']
  const all = [
    '/registry/apply',
    '/registry/change',
    ...pages.map((page) => `/registry/apply/${secret}/${page}`),
  ]
  for (const url of all)
    for (const lang of ['ja', 'en']) {
      const { body, statusCode } = await server.inject({ url, headers: { cookie: `mm-lang=${lang}` } })
      expect([url, statusCode]).toEqual([url, 200])
      expect(body.match(/<h1/g)).toHaveLength(1)
      expect(body.length).toBeLessThan(40_000)
      expect(body).not.toMatch(/undefined|\[object|NaN|<script|style=/)
    }
})
