import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readActor } from '../access/actor.ts'
import type { Actor } from '../access/index.ts'
import { mustHave, testHouse } from '../access/test-access.ts'
import { hour, minute } from '../base/time.ts'
import { moment, newId, within } from '../store/index.ts'
import { changeDevice, createDevice, createSensor, endDevice } from './create-sensor.ts'
import { findDevice, findDeviceByName, hoursOf, listDevices, listSensors } from './store.ts'

const now = Date.UTC(2026, 10, 25, 5, 32)
let house: Awaited<ReturnType<typeof testHouse>>
let kimura: Actor
let sato: Actor
let midori = ''

beforeAll(async () => {
  house = await testHouse()
  midori = await house.addCompany('みどり園芸', 'M-0291')
  kimura = mustHave(await readActor(house.access.app, house.admin.person))
  sato = mustHave(await readActor(house.access.app, house.sato))
})
afterAll(() => house.database.drop())

const make = (more: Partial<Parameters<typeof createDevice>[2]> = {}, actor: Actor = sato): Promise<string> =>
  createDevice(house.access.app, actor, { company: house.yamada, nickname: '経理-02', class: 'pc', ...more })
const find = (id: string) =>
  within(house.access.app, { organisations: kimura.scope }, (tx) => findDevice(tx, id))
const member = (): Actor => ({ ...sato, role: 'member' })
const midorisOwner = (): Actor => ({ ...sato, organisation: midori, scope: [midori] })

describe('a device', () => {
  test('is added by the owner or the provider, not by a member or another company', async () => {
    const id = await make({ place: ' 2階 経理 ', person: '', knownAs: [' KEIRI-02 ', '', '192.168.27.52'] })
    expect(await find(id)).toMatchObject({
      nickname: '経理-02',
      place: '2階 経理',
      person: null,
      knownAs: ['keiri-02', '192.168.27.52'],
    })
    await make({}, kimura)
    for (const actor of [member(), midorisOwner()]) {
      await expect(make({}, actor)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    }
  })

  test('is renamed by its owner, and keeps the names of log lines that were not asked for', async () => {
    const id = await make({ knownAs: ['keiri-02'] })
    await changeDevice(house.access.app, sato, { id, nickname: '経理の机', class: 'pc', place: '3階' })
    expect(await find(id)).toMatchObject({ nickname: '経理の机', place: '3階', knownAs: ['keiri-02'] })
    for (const actor of [member(), midorisOwner()]) {
      await expect(
        changeDevice(house.access.app, actor, { id, nickname: '別の名', class: 'pc' }),
      ).rejects.toMatchObject({ code: 'NOT_FOUND' })
    }
    expect(await find(id)).toMatchObject({ nickname: '経理の机' })
  })

  test('has a nickname of one to eight characters, as people count them', async () => {
    const id = await make({ nickname: '𠮷田さんのノート' })
    expect(await find(id)).toMatchObject({ nickname: '𠮷田さんのノート' })
    for (const nickname of ['吉田さんのノート2', '', ' ']) {
      await expect(make({ nickname })).rejects.toMatchObject({ details: { field: 'nickname' } })
    }
    await expect(make({ class: 'fridge' })).rejects.toMatchObject({ details: { field: 'class' } })
  })

  test('is taken off the watch with its sensors by the owner; its record stays', async () => {
    const id = await make({ nickname: '古いPC' })
    await createSensor(house.access.app, kimura, {
      company: house.yamada,
      device: id,
      name: '古いPCの記録',
      source: 'windows',
      class: 'pc',
      required: false,
    })
    const end = (actor: Actor): Promise<void> => endDevice(house.access.app, actor, { id, now })
    for (const actor of [member(), midorisOwner(), { ...kimura, role: 'analyst' as const }]) {
      await expect(end(actor)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    }
    await end(sato)
    expect(await find(id)).toMatchObject({ nickname: '古いPC', retiredAt: now })
    const left = await within(house.access.app, { organisations: [house.yamada] }, async (tx) => ({
      devices: (await listDevices(tx, house.yamada)).map((each) => each.nickname),
      sensors: (await listSensors(tx, [house.yamada], now)).map((each) => each.name),
    }))
    expect(left.devices).not.toContain('古いPC')
    expect(left.sensors).not.toContain('古いPCの記録')
  })
})

describe('the device that a log line speaks of', () => {
  const called = (names: string[], company = house.yamada, scope = kimura.scope) =>
    within(house.access.app, { organisations: scope }, (tx) => findDeviceByName(tx, company, names))

  test('is found by host name, address or nickname, in any case', async () => {
    const id = await make({ nickname: 'NAS-09', class: 'nas', knownAs: ['nas-yamada', '192.168.27.99'] })
    for (const names of [['NAS-Yamada'], ['192.168.27.99'], ['nas-09'], ['other', 'nas-yamada']]) {
      expect(await called(names)).toMatchObject({ id })
    }
    expect(await called(['192.168.27.98'])).toBe(undefined)
    expect(await called([])).toBe(undefined)
  })

  test('is not one of another company, and not one out of use', async () => {
    const id = await make({ nickname: '設計-01', knownAs: ['sekkei-01'] })
    expect(await called(['sekkei-01'], midori)).toBe(undefined)
    expect(await called(['sekkei-01'], house.yamada, [midori])).toBe(undefined)
    await endDevice(house.access.app, sato, { id, now })
    expect(await called(['sekkei-01'])).toBe(undefined)
  })
})

test('the hours of a sensor are 24 numbers, the running hour last', async () => {
  const sensor = await createSensor(house.access.app, kimura, {
    company: house.yamada,
    name: '入口',
    source: 'fortigate',
    class: 'utm',
    required: true,
  })
  const running = now - (now % hour)
  for (const [at, lines] of [
    [running, 7],
    [running - 3 * hour, 5],
    [running - 23 * hour, 3],
    [running - 24 * hour, 99],
  ] as const) {
    await house.database.superuser.query(
      'insert into sensor_hour (sensor_id, company_id, hour, lines, upto_batch) values ($1, $2, $3, $4, 1)',
      [sensor, house.yamada, moment(at), lines],
    )
  }
  const read = (scope: readonly string[]): Promise<number[]> =>
    within(house.access.app, { organisations: scope }, (tx) => hoursOf(tx, sensor, now + minute))
  const hours = await read(kimura.scope)
  expect(hours).toHaveLength(24)
  expect([hours[23], hours[20], hours[0]]).toEqual([7, 5, 3])
  expect(hours.reduce((sum, lines) => sum + lines, 0)).toBe(15)
  expect(await read([newId()])).toEqual(Array(24).fill(0))
})
