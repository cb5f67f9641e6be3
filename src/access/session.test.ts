import { getMigrations } from 'better-auth/db/migration'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { hour, minute, second } from '../base/time.ts'
import { newId } from '../store/index.ts'
import { readActor } from './actor.ts'
import { houseOf, readHouse } from './house.ts'
import { enterAs, enterWithCode, forget, leave, recordRefused, sessionOf } from './session.ts'
import { setUpInstallation } from './set-up.ts'
import { authOptions } from './sign-in.ts'
import { cookiesAfter, mustHave, testAccess, testHouse } from './test-access.ts'

const from = { headers: new Headers(), ip: '203.0.113.5', userAgent: 'an old phone' }

let world: Awaited<ReturnType<typeof testHouse>>
beforeAll(async () => {
  world = await testHouse()
})
afterAll(() => world?.database.drop())
beforeEach(() => forget(world.access))

test('the tables of the sign-in library are those of sql/', async () => {
  const plan = await getMigrations(
    authOptions({
      pool: world.database.store.signIn,
      secret: 'only to compare the tables, never to sign',
      baseUrl: 'http://localhost',
      sendCode: async () => undefined,
    }),
  )
  expect(plan.toBeCreated).toEqual([])
  expect(plan.toBeAdded).toEqual([])
  expect(plan.toBeAddedIndexes).toEqual([])
})

test('the sign-in role sees no table of a company, and the others no session', async () => {
  await expect(world.database.store.signIn.query('select * from public.person')).rejects.toThrow(/permission/)
  await expect(world.access.app.query('select * from sign_in.session')).rejects.toThrow(/permission/)
})

describe('the first run', () => {
  test('makes the world.provider whose installation it is, once', async () => {
    expect(await readHouse(world.access.app)).toEqual({
      practice: false,
      provider: { id: world.provider, name: 'みなと情報サービス' },
      deskPhone: '0120-000-000',
      deskHours: '24時間',
    })
    const again = setUpInstallation(
      world.access,
      {
        providerName: '別の会社',
        adminName: 'だれか',
        adminEmail: 'x@y.example',
        deskPhone: '1',
        deskHours: '1',
      },
      Date.now(),
    )
    await expect(again).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const { rows } = await world.database.superuser.query('select 1 from organisation where name = $1', [
      '別の会社',
    ])
    expect(rows).toEqual([])
  })

  test('whose house it is, is remembered for a moment only', async () => {
    const now = Date.now()
    expect((await houseOf(world.access, now))?.deskPhone).toBe('0120-000-000')
    await world.database.superuser.query(`update installation set desk_phone = '0120-111-111'`)
    expect((await houseOf(world.access, now + second))?.deskPhone).toBe('0120-000-000')
    expect((await houseOf(world.access, now + 6 * second))?.deskPhone).toBe('0120-111-111')
  })
})

describe('whom a person acts for', () => {
  test('an owner sees the own company alone', async () => {
    expect(await readActor(world.access.app, world.sato)).toEqual({
      person: world.sato,
      organisation: world.yamada,
      organisationName: '山田製作所',
      kind: 'company',
      role: 'owner',
      name: '佐藤',
      language: 'ja',
      scope: [world.yamada],
      code: 'M-0427',
    })
  })

  test('a world.provider sees the companies under contract, until the contract ends', async () => {
    const hokuto = await world.addCompany('北斗設計', 'M-0362')
    const seen = async () => mustHave(await readActor(world.access.app, world.admin.person)).scope
    expect(await seen()).toEqual(expect.arrayContaining([world.provider, world.yamada, hokuto]))
    await world.database.superuser.query('update relation set ended_at = now() where to_id = $1', [hokuto])
    expect(await seen()).not.toContain(hokuto)
  })

  test('a stranger acts for nobody', async () => {
    expect(await readActor(world.access.app, newId())).toBeUndefined()
  })
})

describe('a number by mail', () => {
  test('lets the person of the address in, and is kept in the trail', async () => {
    const code = await world.codeFor('sato@yamada.example')
    const mail = world.mails.at(-1)
    expect(mail?.subject).toBe(`サインインの番号：${code}｜みまもり`)
    expect(mail?.organisation).toBe(world.yamada)
    expect(`${mail?.text}${mail?.html}`).not.toContain('http')
    const entered = mustHave(await enterWithCode(world.access, { email: 'sato@yamada.example', code }, from))
    expect(entered.home).toBe('/home')
    const cookie = entered.cookies.join()
    expect(cookie).toMatch(/HttpOnly/i)
    expect(cookie).toMatch(/SameSite=Lax/i)
    expect(cookie).not.toMatch(/Secure/i)
    const headers = new Headers({ cookie: cookiesAfter(entered.cookies) })
    expect((await sessionOf(world.access, headers, Date.now()))?.actor.person).toBe(world.sato)
    expect(await world.trail(world.yamada)).toContain('signed-in')
    const { rows } = await world.database.superuser.query(
      'select "ipAddress", "userAgent" from sign_in.session',
    )
    expect(rows).toContainEqual({ ipAddress: '203.0.113.5', userAgent: 'an old phone' })
  })

  test('is not sent to an address that nobody here has', async () => {
    const before = world.mails.length
    await world.access.signIn.requestCode('stranger@elsewhere.example')
    await world.access.settled()
    expect(world.mails.length).toBe(before)
  })

  test('is stored as a hash only', async () => {
    const code = await world.codeFor('sato@yamada.example')
    const { rows } = await world.database.superuser.query<{ value: string }>(
      'select value from sign_in.verification',
    )
    expect(rows.some((row) => row.value.includes(code))).toBe(false)
  })

  test('works once', async () => {
    const code = await world.codeFor('sato@yamada.example')
    expect(await enterWithCode(world.access, { email: 'sato@yamada.example', code }, from)).toBeDefined()
    expect(await enterWithCode(world.access, { email: 'sato@yamada.example', code }, from)).toBeUndefined()
  })

  test('is lost after three wrong tries, and the refusals are kept in the trail', async () => {
    const code = await world.codeFor('sato@yamada.example')
    const wrong = code === '000000' ? '111111' : '000000'
    for (let tries = 0; tries < 3; tries++) {
      expect(
        await enterWithCode(world.access, { email: 'sato@yamada.example', code: wrong }, from),
      ).toBeUndefined()
    }
    expect(await enterWithCode(world.access, { email: 'sato@yamada.example', code }, from)).toBeUndefined()
    await world.access.settled()
    expect(
      (await world.trail(world.yamada)).filter((act) => act === 'sign-in-refused').length,
    ).toBeGreaterThanOrEqual(4)
  })

  test('is too old after ten minutes', async () => {
    const code = await world.codeFor('sato@yamada.example')
    await world.database.superuser.query(
      `update sign_in.verification set "expiresAt" = "expiresAt" - interval '10 minutes 1 second'`,
    )
    expect(await enterWithCode(world.access, { email: 'sato@yamada.example', code }, from)).toBeUndefined()
  })
})

describe('a session', () => {
  const enter = async (person: string): Promise<Headers> => {
    const entered = mustHave(await enterAs(world.access, person, { ...from, how: 'link' }))
    return new Headers({ cookie: cookiesAfter(entered.cookies) })
  }

  test('ends when the person leaves', async () => {
    const headers = await enter(world.sato)
    const actor = mustHave(await sessionOf(world.access, headers, Date.now())).actor
    await leave(world.access, actor, headers)
    expect(await sessionOf(world.access, headers, Date.now())).toBeUndefined()
    expect(await world.trail(world.yamada)).toContain('signed-out')
  })

  test('of a world.provider ends after 12 hours, of an owner it does not', async () => {
    const owner = await enter(world.sato)
    const staff = await enter(world.admin.person)
    const later = Date.now() + 12 * hour + minute
    expect(await sessionOf(world.access, staff, later - 2 * minute)).toBeDefined()
    expect(await sessionOf(world.access, staff, later)).toBeUndefined()
    expect(await sessionOf(world.access, owner, later)).toBeDefined()
  })

  test('with a forged or changed cookie is none', async () => {
    const cookie = (await enter(world.sato)).get('cookie') ?? ''
    const changed = new Headers({ cookie: cookie.replace(/.{6}$/, 'AAAAAA') })
    expect(await sessionOf(world.access, changed, Date.now())).toBeUndefined()
    expect(
      await sessionOf(world.access, new Headers({ cookie: 'mm.session_token=x' }), Date.now()),
    ).toBeUndefined()
  })

  test('over https has a cookie that never travels in the open', async () => {
    const secure = await testAccess('https://mimamori.example')
    try {
      const { person } = await setUpInstallation(
        secure.access,
        { providerName: 'p', adminName: 'a', adminEmail: 'a@p.example', deskPhone: '1', deskHours: '1' },
        Date.now(),
      )
      const entered = mustHave(await enterAs(secure.access, person, { ...from, how: 'first-run' }))
      expect(entered.cookies.join()).toMatch(/^__Secure-mm\.session_token=.*Secure/)
      const headers = new Headers({ cookie: cookiesAfter(entered.cookies) })
      expect((await sessionOf(secure.access, headers, Date.now()))?.actor.person).toBe(person)
    } finally {
      await secure.database.drop()
    }
  })

  test('a refused page is kept in the own trail', async () => {
    await recordRefused(world.access, mustHave(await readActor(world.access.app, world.sato)), {
      method: 'GET',
      path: '/queue',
    })
    expect(await world.trail(world.yamada)).toContain('refused')
  })
})
