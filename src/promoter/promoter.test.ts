import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { at, makeTown, type Town } from '../notice/test-town.ts'
import { within } from '../store/index.ts'
import { addOffer, addPromoter, endOffer, listPromoters, type Offer, offersFor, qualifies } from './index.ts'

const offer: Offer = {
  id: '1',
  promoter: '1',
  promoterName: '北浜損害保険',
  title: 'サイバー保険の相談が無料',
  text: '担当者がうかがいます。',
  level: 'SA1',
  prefectures: [],
  industries: [],
  startsOn: '2026-11-01',
  endsOn: '2026-12-31',
  contact: '06-0000-0000',
}
const firm = { level: 'SA1', prefecture: '27', industry: 'E' } as const

describe('an offer is for a firm', () => {
  test.for<[string, Partial<Offer>, Parameters<typeof qualifies>[1], string, boolean]>([
    ['that declared as highly as it asks', {}, firm, '2026-11-25', true],
    ['not one that has not declared', {}, { ...firm, level: undefined }, '2026-11-25', false],
    ['not one star where it asks for two', { level: 'SA2' }, firm, '2026-11-25', false],
    ['two stars where it asks for one', {}, { ...firm, level: 'SA2' }, '2026-11-25', true],
    ['on its first day', {}, firm, '2026-11-01', true],
    ['not before', {}, firm, '2026-10-31', false],
    ['on its last day', {}, firm, '2026-12-31', true],
    ['not after', {}, firm, '2027-01-01', false],
    ['without an end', { endsOn: null }, firm, '2030-01-01', true],
    ['in its prefecture', { prefectures: ['27'] }, firm, '2026-11-25', true],
    ['not in another', { prefectures: ['13'] }, firm, '2026-11-25', false],
    [
      'not where the prefecture is unknown',
      { prefectures: ['27'] },
      { ...firm, prefecture: undefined },
      '2026-11-25',
      false,
    ],
    ['not of another trade', { industries: ['D'] }, firm, '2026-11-25', false],
  ])('%s', ([, change, of, today, expected]) => {
    expect(qualifies({ ...offer, ...change }, of, today)).toBe(expected)
  })
})

describe('promoters', () => {
  let town: Town
  beforeAll(async () => {
    town = await makeTown()
  })
  afterAll(() => town.database.drop())
  const now = at(14, 32)

  test('are listed by the provider alone, and their offers end', async () => {
    const it = {
      name: '北浜損害保険',
      kind: 'insurer',
      ownDeclaration: 'OSK-00000000-0',
      since: '2026-04-01',
      url: null,
    } as const
    await expect(addPromoter(town.app, town.yamada.owner, { ...it, now })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    const promoter = await addPromoter(town.app, town.analyst, { ...it, now })
    const id = await addOffer(town.app, town.analyst, { ...offer, promoter, now })
    const wrong = { ...offer, promoter, now, endsOn: '2026-10-01' }
    await expect(addOffer(town.app, town.analyst, wrong)).rejects.toMatchObject({ code: 'BAD_INPUT' })
    const list = () => within(town.app, { organisations: [] }, (tx) => listPromoters(tx))
    expect(await list()).toMatchObject([{ name: it.name, offers: [{ id }] }])
    const company = town.yamada.id
    const found = await within(town.app, { organisations: [company] }, (tx) => offersFor(tx, company, now))
    expect(found).toEqual({ offers: [], moreWithTwoStars: 1 })
    await endOffer(town.app, town.analyst, { id, now })
    expect(await list()).toMatchObject([{ offers: [] }])
  })
})
