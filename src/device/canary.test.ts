import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readActor } from '../access/actor.ts'
import { mustHave, testHouse } from '../access/test-access.ts'
import { minute } from '../base/time.ts'
import { listCompanies } from '../company/index.ts'
import { within, withoutScope } from '../store/index.ts'
import { beatCanaries, canaryCompany, ensureCanaries, markCanaryClosed } from './canary.ts'
import { tokenHash } from './create-sensor.ts'
import type { Sender } from './doors.ts'
import { canaries, listSensors } from './store.ts'

const now = Date.UTC(2026, 10, 25, 5, 32)
let house: Awaited<ReturnType<typeof testHouse>>
let company = ''

beforeAll(async () => {
  house = await testHouse()
  company = await canaryCompany(house.access.app, house.provider)
})
afterAll(() => house.database.drop())

const known = (token: string): Promise<unknown[]> =>
  withoutScope(house.database.store.ingest, (tx) =>
    tx.rows('select company_id from sensor_by_token($1)', [tokenHash(token)]),
  )

describe('the company of the canary', () => {
  test('is made once and is never listed, nor are its sensors', async () => {
    expect(await canaryCompany(house.access.app, house.provider)).toBe(company)
    await ensureCanaries(house.access.app, company, now)
    const kimura = mustHave(await readActor(house.access.app, house.admin.person))
    const seen = await within(
      house.access.app,
      { organisations: [...kimura.scope, company] },
      async (tx) => ({
        companies: (await listCompanies(tx)).map((each) => each.id),
        sensors: await listSensors(tx, [company], now),
      }),
    )
    expect(seen.companies).toEqual([house.yamada])
    expect(seen.sensors).toEqual([])
  })

  test('has one sensor a receiver, and fresh tokens at each start; the old ones are out of force', async () => {
    const first = await ensureCanaries(house.access.app, company, now)
    const second = await ensureCanaries(house.access.app, company, now + minute)
    for (const receiver of ['http', 'syslog-udp', 'syslog-tcp'] as const) {
      expect(await known(first[receiver])).toEqual([])
      expect(await known(second[receiver])).toEqual([{ company_id: company }])
    }
    const { rows } = await house.database.superuser.query<{ canary: string }>(
      'select canary from sensor where company_id = $1 order by canary',
      [company],
    )
    expect(rows.map((row) => row.canary)).toEqual(['http', 'syslog-tcp', 'syslog-udp'])
  })
})

describe('a beat', () => {
  /** Keeps what is sent; UDP cannot be reached. */
  function fakeSender(): { sender: Sender; said: string[] } {
    const said: string[] = []
    const keep = (way: string, lines: readonly string[]): Promise<void> => {
      said.push(...lines.map((line) => `${way} ${line}`))
      return Promise.resolve()
    }
    const sender: Sender = {
      http: (_token, _source, lines) => keep('http', lines),
      tcp: (_from, lines) => keep('tcp', lines),
      udp: () => Promise.reject(new Error('unreachable')),
      close: () => undefined,
    }
    return { sender, said }
  }

  test('leaves through every receiver and is remembered; one that cannot be reached fails nothing', async () => {
    const tokens = await ensureCanaries(house.access.app, company, now)
    const { sender, said } = fakeSender()
    await beatCanaries({ app: house.access.app, tokens, sender, now })
    expect(said).toHaveLength(2)
    expect(said[0]).toContain(`mimamori canary ${now}-http`)
    expect(said[1]).toContain(
      `[mimamori@32473 t="${tokens['syslog-tcp']}"] mimamori canary ${now}-syslog-tcp`,
    )
    const beats = await withoutScope(house.access.app, canaries)
    expect(beats).toEqual(
      ['http', 'syslog-tcp', 'syslog-udp'].map((receiver) => ({ receiver, sentAt: now, closedSentAt: null })),
    )
  })

  test('an older canary that closes late does not turn the newest back', async () => {
    const close = (sentAt: number): Promise<void> =>
      within(house.database.store.detect, { organisations: [company] }, (tx) =>
        markCanaryClosed(tx, 'http', { sentAt, at: now + 3 * minute }),
      )
    await close(now + minute)
    await close(now)
    const beats = await withoutScope(house.access.app, canaries)
    expect(beats.find((each) => each.receiver === 'http')).toMatchObject({ closedSentAt: now + minute })
  })

  test('a moment that a wrong clock wrote into the future does not outlive the clock', async () => {
    const close = (sentAt: number, at: number): Promise<void> =>
      within(house.database.store.detect, { organisations: [company] }, (tx) =>
        markCanaryClosed(tx, 'http', { sentAt, at }),
      )
    const wrong = now + 10_000 * minute
    await close(wrong, wrong)
    await close(now + 5 * minute, now + 5 * minute)
    const beats = await withoutScope(house.access.app, canaries)
    expect(beats.find((each) => each.receiver === 'http')).toMatchObject({ closedSentAt: now + 5 * minute })
  })
})
