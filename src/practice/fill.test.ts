import { afterAll, beforeAll, expect, test } from 'vitest'
import { houseOf } from '../access/index.ts'
import { readActor } from '../access/actor.ts'
import { mustHave, testAccess } from '../access/test-access.ts'
import { listCompanies, listPeople, listSites } from '../company/index.ts'
import { listCredentials, listDevices, listSensors } from '../device/index.ts'
import { findPlan } from '../plan/index.ts'
import { within } from '../store/index.ts'
import { practiceCompanies } from './cast.ts'
import { fillPractice } from './fill.ts'

const now = Date.UTC(2026, 10, 25, 5, 32)
let world: Awaited<ReturnType<typeof testAccess>>

beforeAll(async () => {
  world = await testAccess()
  await fillPractice({ access: world.access, app: world.access.app }, now)
  await world.access.settled()
})
afterAll(() => world.database.drop())

test('one provider with its two people watches three firms, each with people, a place, a plan, devices and sensors', async () => {
  expect(await houseOf(world.access, now)).toMatchObject({
    practice: true,
    provider: { name: 'みなと情報サービス' },
  })
  const { rows } = await world.database.superuser.query<{ id: string; name: string }>(
    "select id, name from person where role in ('admin', 'analyst') order by role",
  )
  expect(rows.map((row) => row.name)).toEqual(['木村 葵', '高橋 由紀'])
  const takahashi = mustHave(await readActor(world.access.app, mustHave(rows[1]).id))
  await within(world.access.app, { organisations: takahashi.scope }, async (tx) => {
    const companies = await listCompanies(tx)
    expect(companies.map((each) => each.code)).toEqual(['M-0291', 'M-0338', 'M-0427'])
    for (const company of companies) {
      const cast = mustHave(practiceCompanies.find((each) => each.code === company.code))
      expect((await listPeople(tx, company.id)).map((each) => each.email)).toEqual(
        cast.people.map((each) => each.email),
      )
      expect(await listSites(tx, company.id)).toMatchObject([cast.site])
      expect(await findPlan(tx, company.id)).toMatchObject({ ...cast.plan, startsOn: '2026-05-09' })
      expect(await listDevices(tx, company.id)).toHaveLength(cast.sensors.length)
      const sensors = await listSensors(tx, [company.id], now)
      expect(sensors.map((each) => each.condition)).toEqual(cast.sensors.map(() => 'preparing'))
    }
  })
})

test('what speaks from an agreed address has it agreed, and no token is left behind', async () => {
  const { rows: companies } = await world.database.superuser.query<{ id: string }>('select id from company')
  const kinds: string[] = []
  for (const { id } of companies) {
    await within(world.access.app, { organisations: [id] }, async (tx) => {
      for (const sensor of await listSensors(tx, [id], now)) {
        kinds.push(...(await listCredentials(tx, sensor.id)).map((each) => each.kind))
      }
    })
  }
  expect(kinds).toEqual(['address', 'address', 'address'])
})

test('an installation that is set up is not filled again', async () => {
  await expect(fillPractice({ access: world.access, app: world.access.app }, now)).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
  const { rows } = await world.database.superuser.query('select 1 from company')
  expect(rows).toHaveLength(3)
})
