import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readActor } from '../access/actor.ts'
import type { Actor } from '../access/index.ts'
import { mustHave, testHouse } from '../access/test-access.ts'
import { within, withoutScope } from '../store/index.ts'
import {
  agreeAddress,
  createDevice,
  createSensor,
  issueToken,
  revokeCredential,
  tokenHash,
} from './create-sensor.ts'
import type { Credential, HeardSensor } from './device.ts'
import { findSensor, listCredentials } from './store.ts'

const now = Date.UTC(2026, 10, 25, 5, 32)
let house: Awaited<ReturnType<typeof testHouse>>
let kimura: Actor
let midori = ''

beforeAll(async () => {
  house = await testHouse()
  midori = await house.addCompany('みどり園芸', 'M-0291')
  kimura = mustHave(await readActor(house.access.app, house.admin.person))
})
afterAll(() => house.database.drop())

const join = (
  company: string,
  more: Partial<Parameters<typeof createSensor>[2]> = {},
  actor = kimura,
): Promise<string> =>
  createSensor(house.access.app, actor, {
    company,
    name: '会社の入口（UTM）',
    source: 'fortigate',
    class: 'utm',
    required: true,
    ...more,
  })
const find = (id: string): Promise<HeardSensor | undefined> =>
  within(house.access.app, { organisations: kimura.scope }, (tx) => findSensor(tx, id, now))
const credentials = (sensor: string): Promise<Credential[]> =>
  within(house.access.app, { organisations: kimura.scope }, (tx) => listCredentials(tx, sensor))
/** Whose token this is, asked as the receivers ask. */
const whose = (token: string): Promise<{ company_id: string; sensor_id: string }[]> =>
  withoutScope(house.database.store.ingest, (tx) =>
    tx.rows('select company_id, sensor_id from sensor_by_token($1)', [tokenHash(token)]),
  )
/** Only 山田製作所 in sight. */
const yamadasOnly = (): Actor => ({ ...kimura, scope: [kimura.organisation, house.yamada] })

describe('a sensor is joined to a company', () => {
  test('and is 準備中 until a rhythm is known', async () => {
    const id = await join(house.yamada, { name: ' 入口 ' })
    expect(await find(id)).toMatchObject({ company: house.yamada, name: '入口', condition: 'preparing' })
    const set = await join(house.yamada, { cadenceSeconds: 60 })
    expect(await find(set)).toMatchObject({ cadenceSeconds: 60, cadenceSource: 'set' })
  })

  test('not without a name, and not with a device of another company', async () => {
    await expect(join(house.yamada, { name: '' })).rejects.toMatchObject({ details: { field: 'name' } })
    const device = await createDevice(house.access.app, kimura, {
      company: midori,
      nickname: '受付-01',
      class: 'pc',
    })
    await expect(join(house.yamada, { device })).rejects.toMatchObject({
      code: 'BAD_INPUT',
      details: { field: 'device' },
    })
  })

  test('only by an administrator who sees that company', async () => {
    const owner: Actor = { ...kimura, kind: 'company', role: 'owner', organisation: house.yamada }
    for (const actor of [{ ...kimura, role: 'analyst' as const }, owner]) {
      await expect(join(house.yamada, {}, actor)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    }
    await expect(join(midori, {}, yamadasOnly())).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('the token of a sensor', () => {
  test('is known to the receivers, and nowhere kept in clear', async () => {
    const sensor = await join(house.yamada)
    const token = await issueToken(house.access.app, kimura, { sensor, now })
    expect(token).toMatch(/^mm_[\w-]{32}$/)
    expect(await whose(token)).toEqual([{ company_id: house.yamada, sensor_id: sensor }])
    const { rows } = await house.database.superuser.query(
      'select t.*, a.detail from sensor_token t left join audit a on a.subject = $2 where t.sensor_id = $1',
      [sensor, sensor],
    )
    expect(rows.length).toBeGreaterThan(0)
    expect(JSON.stringify(rows)).not.toContain(token.slice(8))
    expect(await credentials(sensor)).toMatchObject([{ kind: 'token', hint: token.slice(0, 7) }])
  })

  test('that was revoked is a stranger to the receivers; the other one of the same sensor is not', async () => {
    const sensor = await join(house.yamada)
    const old = await issueToken(house.access.app, kimura, { sensor, now })
    const [credential] = await credentials(sensor)
    const fresh = await issueToken(house.access.app, kimura, { sensor, now })
    await revokeCredential(house.access.app, kimura, { sensor, id: credential?.id ?? '', now })
    expect(await whose(old)).toEqual([])
    expect(await whose(fresh)).toHaveLength(1)
    expect(await credentials(sensor)).toHaveLength(1)
  })

  test('of a sensor that is not in sight is neither made nor revoked', async () => {
    const sensor = await join(midori)
    const token = await issueToken(house.access.app, kimura, { sensor, now })
    const [credential] = await credentials(sensor)
    const actor = yamadasOnly()
    await expect(issueToken(house.access.app, actor, { sensor, now })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    await expect(
      revokeCredential(house.access.app, actor, { sensor, id: credential?.id ?? '', now }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await whose(token)).toHaveLength(1)
  })

  test('is not revoked by way of another sensor', async () => {
    const [utm, other] = [await join(house.yamada), await join(house.yamada)]
    const token = await issueToken(house.access.app, kimura, { sensor: utm, now })
    const [credential] = await credentials(utm)
    await expect(
      revokeCredential(house.access.app, kimura, { sensor: other, id: credential?.id ?? '', now }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await whose(token)).toHaveLength(1)
  })
})

describe('an agreed address', () => {
  const agree = (sensor: string, address: string, port = 5514): Promise<void> =>
    agreeAddress(house.access.app, kimura, { sensor, address, port, now })

  test('makes the lines from there the lines of its sensor; full-width digits are accepted', async () => {
    const sensor = await join(house.yamada)
    await agree(sensor, ' ２０３.0.113.10 ')
    const found = await withoutScope(house.database.store.ingest, (tx) =>
      tx.rows('select sensor_id from sensor_by_address($1, $2)', ['203.0.113.10', 5514]),
    )
    expect(found).toEqual([{ sensor_id: sensor }])
    expect(await credentials(sensor)).toMatchObject([
      { kind: 'address', address: '203.0.113.10', port: 5514 },
    ])
  })

  test('is refused when it is no address or no port', async () => {
    const sensor = await join(house.yamada)
    for (const address of ['203.0.113', 'fgt-yamada', '203.0.113.0/24', '']) {
      await expect(agree(sensor, address)).rejects.toMatchObject({ details: { field: 'address' } })
    }
    for (const port of [0, 65_536, 1.5]) {
      await expect(agree(sensor, '203.0.113.11', port)).rejects.toMatchObject({ details: { field: 'port' } })
    }
  })

  test('that another has is refused without telling whose it is, also when it is another company’s', async () => {
    const [yamadas, midoris] = [await join(house.yamada), await join(midori)]
    await agree(midoris, '203.0.113.20')
    const refused = agreeAddress(house.access.app, yamadasOnly(), {
      sensor: yamadas,
      address: '203.0.113.20',
      port: 5514,
      now,
    })
    await expect(refused).rejects.toMatchObject({ code: 'BAD_INPUT' })
    await refused.catch((thrown: { details: unknown; message: string }) => {
      expect(thrown.details).toEqual({ field: 'address', reason: 'taken' })
      expect(JSON.stringify(thrown) + thrown.message).not.toContain(midori)
    })
    await agree(yamadas, '203.0.113.20', 5515)
    expect(await credentials(yamadas)).toHaveLength(1)
  })
})
