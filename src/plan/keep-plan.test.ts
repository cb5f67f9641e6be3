import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Actor } from '../access/index.ts'
import { readActor } from '../access/actor.ts'
import { mustHave, testHouse } from '../access/test-access.ts'
import { within } from '../store/index.ts'
import { keepPlan } from './keep-plan.ts'
import type { Plan } from './plan.ts'
import { findPlan } from './store.ts'

let house: Awaited<ReturnType<typeof testHouse>>
let kimura: Actor
let midori = ''

beforeAll(async () => {
  house = await testHouse()
  midori = await house.addCompany('みどり園芸', 'M-0291')
  kimura = mustHave(await readActor(house.access.app, house.admin.person))
})
afterAll(() => house.database.drop())

const bought = (more: Partial<Plan> = {}): Omit<Plan, 'id'> => ({
  company: house.yamada,
  kind: 'both',
  desk: '電話、24時間',
  watch: '入口1台、パソコン12台',
  dispatch: '年2回まで',
  insurance: '簡易サイバー保険',
  networkPriceYen: 9_800,
  endpointPriceYen: 1_800,
  endpoints: 12,
  startsOn: '2026-04-01',
  termMonths: 24,
  explainedOn: '2026-03-20',
  explainedTo: '山田 一郎',
  ...more,
})
const keep = (plan: Omit<Plan, 'id'>, actor = kimura): Promise<void> =>
  keepPlan(house.access.app, actor, plan)
const planOf = (company: string, scope = [company]): Promise<Plan | undefined> =>
  within(house.access.app, { organisations: scope }, (tx) => findPlan(tx, company))

test('what was bought is kept as it was entered; a newer plan takes its place and the old one stays as history', async () => {
  await keep(bought())
  expect(await planOf(house.yamada)).toMatchObject(bought())
  await keep(bought({ endpoints: 15 }))
  expect(await planOf(house.yamada)).toMatchObject({ endpoints: 15 })
  const { rows } = await house.database.superuser.query('select 1 from plan where company_id = $1', [
    house.yamada,
  ])
  expect(rows).toHaveLength(2)
  expect((await house.trail(house.yamada)).filter((act) => act === 'plan.kept')).toHaveLength(2)
})

test('above the caps of the standard nothing is kept, and every cap that is exceeded is named', async () => {
  await expect(
    keep(bought({ company: midori, networkPriceYen: 10_001, endpointPriceYen: 2_001 })),
  ).rejects.toMatchObject({
    code: 'BAD_INPUT',
    details: { field: 'network', above: ['network', 'endpoint'] },
  })
  expect(await planOf(midori)).toBe(undefined)
})

test('only an administrator of the provider keeps it', async () => {
  const owner: Actor = { ...kimura, kind: 'company', role: 'owner', organisation: house.yamada }
  const elsewhere: Actor = { ...kimura, scope: [kimura.organisation, midori] }
  for (const each of [{ ...kimura, role: 'analyst' as const }, owner, elsewhere]) {
    await expect(keep(bought(), each)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  }
})

test('the plan of 山田製作所 is not seen in the scope of みどり園芸', async () => {
  await keep(bought())
  expect(await planOf(house.yamada, [midori])).toBe(undefined)
})
