import { makeSeal } from '../../seal/index.ts'
import { makeVisit } from '../../visit/index.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { houseOf, makeEntryLink, sessionOf } from '../../access/index.ts'
import { codeTo, cookiesAfter, testAccess } from '../../access/test-access.ts'
import { fault } from '../../base/fault.ts'
import { hour, minute } from '../../base/time.ts'
import { type TestServer, testServer } from '../../http/test-server.ts'
import { frontRoutes } from '../front/index.ts'
import { publicRoutes } from './index.ts'

let world: Awaited<ReturnType<typeof testAccess>>
let server: TestServer
let now = Date.now()

const setUp = {
  providerName: 'みなと情報サービス',
  adminName: '木村 葵',
  adminEmail: 'kimura@minato.example',
  deskPhone: '０１２０ー０００ー０００',
  deskHours: '24時間・通話無料',
}

const setCookies = (answer: { headers: Record<string, unknown> }): string[] => {
  const set = answer.headers['set-cookie']
  return Array.isArray(set) ? set.map(String) : set === undefined ? [] : [String(set)]
}

beforeAll(async () => {
  world = await testAccess()
  const { access } = world
  server = await testServer({
    routes: [
      ...frontRoutes(),
      ...publicRoutes({
        access,
        seal: makeSeal({ pool: access.app, secret: 'a secret of the tests, long enough' }),
        visit: makeVisit(),
        checkNumber: async (number) => {
          if (number === '0') throw fault('TOO_MANY', { retryAfter: 60 })
          return number === '4817-3302-2'
            ? { sent: true, date: '2026-11-25', severity: 'now', code: 'M-0427' }
            : { sent: false }
        },
      }),
    ],
    db: access.app,
    deps: {
      session: (headers, at) => sessionOf(access, headers, at),
      house: () => houseOf(access, now),
      clock: () => now,
    },
  })
})
afterAll(async () => {
  await server?.close()
  await world?.database.drop()
})

describe('the first run', () => {
  test('the front door leads to it while nothing is set up', async () => {
    expect((await server.inject('/')).headers.location).toBe('/first-run')
    const page = await server.inject('/first-run')
    expect(page.statusCode).toBe(200)
    expect(page.body).toContain('始めるための番号')
  })

  test('without the code of the terminal nothing is made; what was typed stays', async () => {
    const answer = await server.post('/first-run', { ...setUp, code: 'AAAAA-AAAAA' })
    expect(answer.statusCode).toBe(422)
    expect(answer.body).toContain('<title>エラー：みまもりを始める準備')
    expect(answer.body).toContain('value="木村 葵"')
    expect(answer.body).toContain('href="#f-code"')
  })

  test('with it the administrator is in at once, and the page is gone', async () => {
    const answer = await server.post('/first-run', { ...setUp, code: world.access.setUpCode.toLowerCase() })
    expect(answer.headers.location).toBe('/queue')
    const headers = new Headers({ cookie: cookiesAfter(setCookies(answer)) })
    expect((await sessionOf(world.access, headers, now))?.actor.role).toBe('admin')
    expect((await server.inject('/first-run')).statusCode).toBe(404)
    expect((await server.post('/first-run', { ...setUp, code: world.access.setUpCode })).statusCode).toBe(404)
    expect((await server.inject('/')).body).toContain('0120-000-000')
  })
})

describe('signing in', () => {
  const ask = async (email: string, to = '') => {
    const answer = await server.post('/sign-in', { email, to })
    await world.access.settled()
    return answer
  }

  test('by the number from the mail, and on to where one wanted to go', async () => {
    const asked = await ask('Kimura@Minato.example', '/cases?month=2026-11')
    expect(asked.headers.location).toBe('/sign-in/code')
    const cookie = cookiesAfter(setCookies(asked))
    const page = await server.inject({ url: '/sign-in/code', headers: { cookie } })
    expect(page.body).toContain('kimura@minato.example に')
    expect(page.body).toContain('autocomplete="one-time-code"')
    const code = codeTo(world.mails, 'kimura@minato.example')
    const entered = await server.post(
      '/sign-in/code',
      { code: `${code.slice(0, 3)} ${code.slice(3)}` },
      { cookie },
    )
    expect(entered.statusCode).toBe(303)
    expect(entered.headers.location).toBe('/cases?month=2026-11')
    expect(setCookies(entered).join()).toMatch(/mm\.session_token=.+HttpOnly/i)
  })

  test('an address that nobody here has gets the same answer, and no mail', async () => {
    const before = world.mails.length
    const [known, unknown] = [await ask('kimura@minato.example'), await ask('nobody@minato.example')]
    expect(world.mails.length).toBe(before + 1)
    expect(unknown.statusCode).toBe(known.statusCode)
    expect(unknown.headers.location).toBe(known.headers.location)
    const cookie = cookiesAfter(setCookies(unknown))
    const wrong = await server.post('/sign-in/code', { code: '123456' }, { cookie })
    expect(wrong.statusCode).toBe(422)
    expect(wrong.body).toContain('番号が違うか、時間が過ぎたか')
  })

  test('a fourth try is refused in the same words, even with the right number', async () => {
    now += hour
    const cookie = cookiesAfter(setCookies(await ask('kimura@minato.example')))
    const code = codeTo(world.mails, 'kimura@minato.example')
    const wrong = code === '000000' ? '111111' : '000000'
    const tries = [wrong, wrong, wrong, code]
    for (const typed of tries) {
      const answer = await server.post('/sign-in/code', { code: typed }, { cookie })
      expect(answer.statusCode).toBe(422)
      expect(answer.body).toContain('番号が違うか、時間が過ぎたか')
      expect(answer.body).not.toContain(`value="${typed}"`)
    }
  })

  test('something that is no address is told at the field', async () => {
    const answer = await server.post('/sign-in', { email: 'kimura' })
    expect(answer.statusCode).toBe(422)
    expect(answer.body).toContain('aria-invalid="true"')
    expect(answer.body).toContain('メールアドレスの形を確かめてください')
  })

  test('one mailbox is not filled: the sixth number in ten minutes is refused', async () => {
    now += hour
    for (let n = 0; n < 5; n++) expect((await ask('takahashi@minato.example')).statusCode).toBe(303)
    const answer = await ask('takahashi@minato.example')
    expect(answer.statusCode).toBe(429)
    expect(answer.headers['retry-after']).toBe('600')
    expect(answer.body).toContain('少し待ってください')
    now += 10 * minute
    expect((await ask('takahashi@minato.example')).statusCode).toBe(303)
  })

  test('one place cannot ask for many: another place still can', async () => {
    now += hour
    for (let n = 0; n < 30; n++) expect((await ask(`p${n}@minato.example`)).statusCode).toBe(303)
    expect((await ask('p31@minato.example')).statusCode).toBe(429)
    const elsewhere = await server.inject({
      method: 'POST',
      url: '/sign-in',
      remoteAddress: '198.51.100.4',
      payload: 'email=p32%40minato.example',
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'http://localhost:8080' },
    })
    expect(elsewhere.statusCode).toBe(303)
  })

  test('the way on never leaves us', async () => {
    now += hour
    const asked = await ask('kimura@minato.example', 'https://evil.example/')
    const cookie = cookiesAfter(setCookies(asked))
    const code = codeTo(world.mails, 'kimura@minato.example')
    expect((await server.post('/sign-in/code', { code }, { cookie })).headers.location).toBe('/queue')
  })

  test('without having asked, the second page leads to the first', async () => {
    expect((await server.inject('/sign-in/code')).headers.location).toBe('/sign-in')
    expect((await server.post('/sign-in/code', { code: '1' })).headers.location).toBe('/sign-in')
    const broken = { cookie: 'mm-asked=%7B%22email%22%3A1%7D' }
    expect((await server.post('/sign-in/code', { code: '1' }, broken)).headers.location).toBe('/sign-in')
  })
})

describe('a one-time link', () => {
  const admin = async (): Promise<string> => {
    const { rows } = await world.database.superuser.query<{ id: string }>(
      `select id from person where role = 'admin'`,
    )
    return rows[0]?.id ?? ''
  }

  test('shows one button; only pressing it lets in, once; afterwards it says so', async () => {
    const link = await makeEntryLink(world.access, await admin(), { ttlMs: hour, now })
    const page = await server.inject(link)
    expect(page.statusCode).toBe(200)
    expect(page.body).toContain(`action="${link}"`)
    expect(setCookies(page)).toEqual([])
    const entered = await server.post(link)
    expect(entered.headers.location).toBe('/queue')
    const headers = new Headers({ cookie: cookiesAfter(setCookies(entered)) })
    expect((await sessionOf(world.access, headers, now))?.actor.name).toBe('木村 葵')
    const again = await server.post(link)
    expect(again.statusCode).toBe(410)
    expect(again.body).toContain('もう使えません')
    expect((await server.inject(link)).statusCode).toBe(410)
  })

  test('pressed from another site lets nobody in', async () => {
    const link = await makeEntryLink(world.access, await admin(), { ttlMs: hour, now })
    const answer = await server.post(
      link,
      {},
      { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
    )
    expect(answer.statusCode).toBe(403)
    expect((await server.inject(link)).statusCode).toBe(200)
  })

  test('signing out takes the session away', async () => {
    const link = await makeEntryLink(world.access, await admin(), { ttlMs: hour, now })
    const cookie = cookiesAfter(setCookies(await server.post(link)))
    const left = await server.post('/sign-out', {}, { cookie })
    expect(left.body).toContain('サインアウトしました')
    expect(left.body).not.toContain('サインアウトする')
    expect(await sessionOf(world.access, new Headers({ cookie }), now)).toBeUndefined()
  })
})

describe('is it genuine', () => {
  test('a number that we sent is told with its day, urgency and company code', async () => {
    const { body } = await server.post('/check', { number: '4817-3302-2' })
    expect(body).toContain('私たちが送りました')
    expect(body).toContain('11月25日')
    expect(body).toContain('いますぐ')
    expect(body).toContain('M-0427')
  })

  test('any other is told plainly, with the phone; too many tries are stopped', async () => {
    expect((await server.post('/check', { number: '1' })).body).toContain('送っていません')
    expect((await server.post('/check', { number: '0' })).statusCode).toBe(429)
    expect((await server.post('/check', {})).statusCode).toBe(422)
  })
})

describe('the front door', () => {
  const pages = [
    '/',
    '/security-action',
    '/programmes',
    '/service',
    '/chain',
    '/check',
    '/privacy',
    '/sign-in',
  ]

  test('has the four doors in the order of the policy', async () => {
    const { body } = await server.inject('/')
    const doors = [...body.matchAll(/class="mm-door" href="([^"]+)"/g)].map((match) => match[1])
    expect(doors).toEqual(['/security-action', '/programmes', '/service', '/chain'])
  })

  test.each(pages)(
    '%s stands in both languages, weighs little, and claims nothing that is not so',
    async (url) => {
      for (const lang of ['ja', 'en']) {
        const answer = await server.inject({
          url,
          headers: { cookie: `mm-lang=${lang}`, 'accept-encoding': 'gzip' },
        })
        expect(answer.statusCode).toBe(200)
        expect(answer.rawPayload.length).toBeLessThan(10_000)
        const { body } = await server.inject({ url, headers: { cookie: `mm-lang=${lang}` } })
        expect(body).toContain(`<html lang="${lang}">`)
        expect(body.match(/<h1/g)).toHaveLength(1)
        expect(body).not.toMatch(/認定|取得|undefined|\[object|NaN/)
        expect(body).not.toMatch(/<script|style=|onclick/)
      }
    },
  )
})
