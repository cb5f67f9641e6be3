import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '../access/index.ts'
import { completeCompany, type OwnDetails } from '../company/index.ts'
import { makeTown, type Town } from '../notice/test-town.ts'
import type { Tx } from '../store/index.ts'
import { type Entered, enterNumber } from './declare.ts'
import { checkListing, lookForMark } from './desk.ts'
import { declarationInForce, declarationsOf, declarationsOn } from './in-force.ts'
import { acknowledge, stopDeclaring, tellChange } from './keep.ts'
import { keepGoals } from './goal.ts'
import { keepLogo, readLogo } from './logo.ts'
import { remindDaily } from './remind-daily.ts'
import { remindersOf } from './reminders-of.ts'

let town: Town
const now = Date.UTC(2026, 10, 25, 5)
const mails: { to: string; subject: string; text: string }[] = []
const quiet = {
  info: () => undefined,
  warn: () => undefined,
  error: (details: unknown) => console.error(details),
}

beforeAll(async () => {
  town = await makeTown()
})
afterAll(() => town.database.drop())

const asOwner = <T>(work: (tx: Tx, by: { actor: Actor; now: number }) => Promise<T>, at = now): Promise<T> =>
  town.as(town.yamada.owner, (tx) => work(tx, { actor: town.yamada.owner, now: at }))
const asDesk = <T>(work: (tx: Tx, by: { actor: Actor; now: number }) => Promise<T>): Promise<T> =>
  town.as(town.analyst, (tx) => work(tx, { actor: town.analyst, now }))
let later = 0
const enter = (of: Partial<Entered>) =>
  asOwner(
    (tx, by) =>
      enterNumber(tx, by, {
        level: 'SA1',
        number: '40000000000',
        system: 'legacy',
        declaredOn: '2022-06-01',
        earlier: true,
        ...of,
      }),
    now + later++,
  )
const remind = (at = now): Promise<unknown> =>
  remindDaily(
    {
      pool: town.app,
      access: {
        baseUrl: 'http://localhost:8080',
        log: quiet,
        sendMail: (mail) => {
          mails.push(mail)
          return Promise.resolve()
        },
      },
    },
    at,
  )
const reminders = async (): Promise<string[]> =>
  (await asOwner((tx) => remindersOf(tx, town.yamada.id, now))).map((one) => one.id)

const details: OwnDetails = {
  nameKana: 'ヤマダセイサクショ',
  postalCode: '5410041',
  address: '大阪市中央区北浜1-2-3',
  phone: '06-0000-0000',
  url: null,
  industry: 'E',
  capitalYen: 10_000_000,
  representativeTitle: '代表取締役',
  representativeName: '山田 一郎',
  prefecture: '大阪府',
  employees: 8,
  corporateNumber: '７０００-０１２０-５０００２',
  soleProprietor: false,
}

test('the details of a company are kept with a right number, and the trail says what changed', async () => {
  const fields = await asOwner((tx, by) => completeCompany(tx, by, details))
  expect(fields).toContain('corporateNumber')
  expect(await asOwner((tx, by) => completeCompany(tx, by, details))).toEqual([])
  const other = { ...details, corporateNumber: '1180301018771', employees: 9 }
  expect(await asOwner((tx, by) => completeCompany(tx, by, other))).toEqual(['employees'])
})

describe('山田製作所 declared years ago', () => {
  test('an earlier declaration is written down with what its time knew: five items', async () => {
    expect(await enter({ declaredOn: '2016-01-01' })).toMatchObject({ ok: false, why: 'before_system' })
    expect(await enter({ declaredOn: '2026-04-01' })).toMatchObject({ ok: false, why: 'after_system' })
    expect(await enter({ declaredOn: '2026-12-31' })).toMatchObject({ ok: false, why: 'future' })
    expect(await enter({})).toMatchObject({ ok: true, declaration: { state: 'declared' } })
    expect(await enter({})).toMatchObject({ ok: false, why: 'same' })
    expect(await asOwner((tx) => declarationInForce(tx, town.yamada.id))).toMatchObject({
      registry: 'ipa',
      level: 'SA1',
      system: 'legacy',
      pledgeEdition: 'jou5',
      officialId: '40000000000',
    })
  })

  test('with a subsidy that takes only new numbers, the old one is spoken of; and the sixth item', async () => {
    expect(await reminders()).toEqual(['a.edition_changed'])
    await asOwner((tx, by) => keepGoals(tx, by, ['dx_ai_2026', 'nothing']))
    expect(await reminders()).toEqual(['a.legacy_id', 'a.edition_changed'])
  })

  test('one mail goes out for it, once, in the owner’s language', async () => {
    await remind()
    await remind()
    await remind(now + 86_400_000)
    expect(mails.map((mail) => mail.subject)).toEqual(['【宣言】見てほしいことが2つあります'])
    expect(mails[0]?.text).toContain('今の番号は、この補助金では使えません')
    expect(mails[0]?.text).toContain('http://localhost:8080/stars')
  })

  test('a number of the new system takes its place; both stay, and the reminder goes', async () => {
    const entered = await enter({ number: '50000000000', system: '2026', declaredOn: '2026-11-20' })
    expect(entered).toMatchObject({ ok: true })
    const all = await asOwner((tx) => declarationsOf(tx, town.yamada.id))
    expect(all.map((one) => [one.declared?.officialId, one.state, one.endedOn])).toEqual([
      ['40000000000', 'superseded', '2026-11-20'],
      ['50000000000', 'declared', undefined],
    ])
    const on = (day: string) => asOwner((tx) => declarationsOn(tx, town.yamada.id, day))
    expect((await on('2026-11-19')).map((one) => one.system)).toEqual(['legacy'])
    expect((await on('2026-11-20')).map((one) => one.system)).toEqual(['2026'])
    expect(await on('2022-05-31')).toEqual([])
    expect(await reminders()).not.toContain('a.legacy_id')
  })

  test('a new address is to be told at IPA too, until the company says that it did', async () => {
    await asOwner((tx, by) => completeCompany(tx, by, { ...details, address: '大阪市北区中之島4-5-6' }))
    expect(await reminders()).toContain('a.details_changed')
    await expect(asOwner((tx, by) => tellChange(tx, by, '2026-12-24'))).rejects.toMatchObject({
      code: 'BAD_INPUT',
    })
    await asOwner((tx, by) => tellChange(tx, by, '2026-11-25'))
    expect(await reminders()).not.toContain('a.details_changed')
  })

  test('a person of the desk looks it up in IPA’s list; nobody else keeps that', async () => {
    const [, one] = await asOwner((tx) => declarationsOf(tx, town.yamada.id))
    const found = { declaration: one?.id ?? '', listed: 'differs' } as const
    await expect(asOwner((tx, by) => checkListing(tx, by, found))).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    await asDesk((tx, by) => checkListing(tx, by, found))
    const again = (await asOwner((tx) => declarationsOf(tx, town.yamada.id)))[1]
    expect(again?.listed?.result).toBe('differs')
    expect(again?.state).toBe('declared')
  })
})

test('the owner alone confirms, declares and stops; a member and another company do not', async () => {
  for (const actor of [town.yamada.member, town.analyst]) {
    const by = { actor, now }
    const refused = { code: 'NOT_FOUND' }
    await expect(
      town.as(actor, (tx) => acknowledge(tx, by, { kind: 'wording', text: 'x' })),
    ).rejects.toMatchObject(refused)
    await expect(
      town.as(actor, (tx) => keepLogo(tx, by, { name: 'a.png', bytes: new Uint8Array() })),
    ).rejects.toMatchObject(refused)
  }
  const [, mine] = await asOwner((tx) => declarationsOf(tx, town.yamada.id))
  const { owner } = town.maruhachi
  const stop = { declaration: mine?.id ?? '', reason: 'よその会社', stoppedOn: '2026-11-25' }
  await expect(town.as(owner, (tx) => stopDeclaring(tx, { actor: owner, now }, stop))).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
  expect(await town.as(owner, (tx) => declarationsOf(tx, town.yamada.id))).toEqual([])
  expect(await town.as(owner, (tx) => declarationInForce(tx, owner.organisation))).toBe(undefined)
})

test('the mark file is kept for the company alone, byte for byte; a drawing with scripts is not', async () => {
  const bytes = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 255])
  const keep = (name: string, of: Uint8Array) => asOwner((tx, by) => keepLogo(tx, by, { name, bytes: of }))
  expect(await keep('二つ星.png', bytes)).toBe(true)
  expect(await keep('mark.svg', Buffer.from('<svg/>'))).toBe(false)
  const kept = await asOwner((tx) => readLogo(tx, town.yamada.id))
  expect(kept).toMatchObject({ name: '二つ星.png', type: 'image/png' })
  expect([...(kept?.bytes ?? [])]).toEqual([...bytes])
  const { owner } = town.maruhachi
  expect(await town.as(owner, (tx) => readLogo(tx, town.yamada.id))).toBe(undefined)
})

test('it ends on a day with a reason; a mark that is shown after that is spoken of until it is gone', async () => {
  const one = (await asOwner((tx) => declarationsOf(tx, town.yamada.id))).find(
    (each) => each.state === 'declared',
  )
  const stop = (stoppedOn: string) =>
    asOwner((tx, by) =>
      stopDeclaring(tx, by, { declaration: one?.id ?? '', reason: '事業をたたむ', stoppedOn }),
    )
  await expect(stop('2026-11-19')).rejects.toMatchObject({ code: 'BAD_INPUT' })
  await stop('2026-11-25')
  expect(await asOwner((tx) => declarationInForce(tx, town.yamada.id))).toBe(undefined)
  const look = (shown: boolean) =>
    asDesk((tx, by) =>
      lookForMark(tx, { ...by, now: now + (shown ? 0 : 1) }, { declaration: one?.id ?? '', shown }),
    )
  await look(true)
  expect(await reminders()).toContain('a.logo_after_stop')
  await look(false)
  expect(await reminders()).not.toContain('a.logo_after_stop')
})
