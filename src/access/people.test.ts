import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { day, hour, minute } from '../base/time.ts'
import { readActor } from './actor.ts'
import { isEntryLink, makeEntryLink, useEntryLink } from './entry-link.ts'
import { endPerson, invitePerson } from './people.ts'
import { enterAs, forget, sessionOf } from './session.ts'
import { sweepSignIn } from './sweep.ts'
import { cookiesAfter, mustHave, testHouse } from './test-access.ts'

const from = { headers: new Headers(), ip: '203.0.113.5', userAgent: 'an old phone' }

let world: Awaited<ReturnType<typeof testHouse>>
beforeAll(async () => {
  world = await testHouse()
})
afterAll(() => world?.database.drop())
beforeEach(() => forget(world.access))

describe('people', () => {
  test('who are invited are told where to sign in; the inviter gets no way in', async () => {
    const { person } = await invitePerson(
      world.access,
      world.admin,
      {
        organisation: world.yamada,
        role: 'member',
        name: '鈴木',
        email: 'suzuki@yamada.example',
        language: 'en',
      },
      Date.now(),
    )
    await world.access.settled()
    const mail = mustHave(world.mails.find(({ to }) => to === 'suzuki@yamada.example'))
    expect(mail.subject).toBe('You can now sign in to Mimamori | 山田製作所')
    expect(mail.text).toContain('http://localhost:8080/sign-in')
    expect(mail.text).not.toContain('/enter/')
    expect((await readActor(world.access.app, person))?.role).toBe('member')
  })

  test('an address is somebody’s only once', async () => {
    const again = invitePerson(
      world.access,
      world.admin,
      {
        organisation: world.provider,
        role: 'analyst',
        name: '高橋',
        email: 'SATO@yamada.example',
        language: 'ja',
      },
      Date.now(),
    )
    await expect(again).rejects.toMatchObject({ code: 'BAD_INPUT', details: { field: 'email' } })
  })

  test('whose access ended are out at once, everywhere; the address is free again', async () => {
    const add = () =>
      invitePerson(
        world.access,
        world.admin,
        {
          organisation: world.yamada,
          role: 'member',
          name: '田中',
          email: 'tanaka@yamada.example',
          language: 'ja',
        },
        Date.now(),
      )
    const { person } = await add()
    const entered = mustHave(await enterAs(world.access, person, { ...from, how: 'link' }))
    const headers = new Headers({ cookie: cookiesAfter(entered.cookies) })
    expect(await sessionOf(world.access, headers, Date.now())).toBeDefined()
    const owner = mustHave(await readActor(world.access.app, world.sato))
    await endPerson(world.access, owner, person, Date.now())
    expect(await sessionOf(world.access, headers, Date.now())).toBeUndefined()
    expect(await readActor(world.access.app, person)).toBeUndefined()
    expect((await add()).person).not.toBe(person)
  })

  test('the last owner and oneself stay', async () => {
    await expect(endPerson(world.access, world.admin, world.sato, Date.now())).rejects.toMatchObject({
      code: 'BAD_INPUT',
    })
    await expect(endPerson(world.access, world.admin, world.admin.person, Date.now())).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
  })

  test('of another company cannot be ended or seen', async () => {
    const other = await world.addCompany('東雲硝子', 'M-0999')
    const { person } = await invitePerson(
      world.access,
      { ...world.admin, scope: [...world.admin.scope, other] },
      {
        organisation: other,
        role: 'owner',
        name: '中村',
        email: 'nakamura@shinonome.example',
        language: 'ja',
      },
      Date.now(),
    )
    const owner = mustHave(await readActor(world.access.app, world.sato))
    await expect(endPerson(world.access, owner, person, Date.now())).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
  })
})

describe('a one-time link', () => {
  const link = async (ttlMs = hour, now = Date.now()): Promise<string> =>
    (await makeEntryLink(world.access, world.sato, { ttlMs, now })).replace('/enter/', '')

  test('lets in once; looking at it changes nothing', async () => {
    const secret = await link()
    const now = Date.now()
    for (let looks = 0; looks < 5; looks++) expect(await isEntryLink(world.access, secret, now)).toBe(true)
    expect(await useEntryLink(world.access, secret, now)).toBe(world.sato)
    expect(await useEntryLink(world.access, secret, now)).toBeUndefined()
    expect(await isEntryLink(world.access, secret, now)).toBe(false)
  })

  test('pressed twice at once lets in once', async () => {
    const secret = await link()
    const both = await Promise.all([1, 2, 3].map(() => useEntryLink(world.access, secret, Date.now())))
    expect(both.filter(Boolean)).toEqual([world.sato])
  })

  test('is too old after its time, and only its hash is kept', async () => {
    const now = Date.now()
    const secret = await link(minute, now)
    expect(await useEntryLink(world.access, secret, now + minute)).toBeUndefined()
    const { rows } = await world.database.superuser.query<{ hash: Buffer }>(
      'select hash from sign_in.entry_link',
    )
    expect(rows.every((row) => row.hash.length === 32 && !row.hash.toString().includes(secret))).toBe(true)
  })
})

test('what lets nobody in any more is swept away, and nothing else', async () => {
  const now = Date.now()
  const entered = mustHave(await enterAs(world.access, world.sato, { ...from, how: 'link' }))
  const headers = new Headers({ cookie: cookiesAfter(entered.cookies) })
  const old = await makeEntryLink(world.access, world.sato, { ttlMs: minute, now: now - 2 * day })
  const fresh = await makeEntryLink(world.access, world.sato, { ttlMs: hour, now })
  expect(await sweepSignIn(world.access, now)).toBeGreaterThanOrEqual(1)
  const { rows } = await world.database.superuser.query(
    'select 1 from sign_in.entry_link where expires_at < now()',
  )
  expect(rows).toEqual([])
  expect(await isEntryLink(world.access, old.replace('/enter/', ''), now)).toBe(false)
  expect(await isEntryLink(world.access, fresh.replace('/enter/', ''), now)).toBe(true)
  expect(await sessionOf(world.access, headers, now)).toBeDefined()
})
