import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { minute } from '../../../base/time.ts'
import { type TestServer, testServer, wednesday } from '../../../http/test-server.ts'
import { testRegister, type TestRegister } from '../../../registry/test-register.ts'
import { makeSeal } from '../../../seal/index.ts'
import { statisticsRoutes } from './routes.ts'

let it: TestRegister
let server: TestServer
let now = wednesday

beforeAll(async () => {
  it = await testRegister()
  server = await testServer({
    routes: statisticsRoutes({
      access: it.parts.access,
      visit: it.parts.visit,
      checkNumber: () => Promise.reject(new Error('not asked here')),
      seal: makeSeal({ pool: it.parts.access.app, secret: 'a secret of the tests, long enough' }),
    }),
    db: it.parts.access.app,
    deps: { clock: () => now },
  })
})
afterAll(async () => {
  await server?.close()
  await it?.drop()
})

/** Entries in 大阪府 (3, one with two stars), 東京都 (2) and one of 沖縄県 that has ended. */
async function plant(): Promise<void> {
  const entries: [string, string, string, string | null, string, string][] = [
    ['1', '27', 'SA1', 'E', '2026-11-01', 'active'],
    ['2', '27', 'SA1', 'E', '2026-10-31', 'active'],
    ['3', '27', 'SA2', null, '2020-01-01', 'active'],
    ['4', '13', 'SA1', 'G', '2026-10-01', 'active'],
    ['5', '13', 'SA2', 'E', '2024-12-01', 'active'],
    ['6', '47', 'SA1', 'E', '2026-11-02', 'stopped'],
  ]
  for (const [n, prefecture, level, industry, on, status] of entries)
    await it.database.superuser.query(
      `insert into registry_entry (number, name, prefecture, level, industry, pledge_edition, declared_on, status, status_since,
         updated_at, name_key, kana_key, grams) values ($1, $2, $3, $4, $5, 'jou6', $6, $7, now(), now(), 'k', '', '{}')`,
      [`OSK-00000000${n}`, `会社${n}`, prefecture, level, industry, on, status],
    )
  now += 2 * minute
}

const page = async (query = '', lang = 'ja') =>
  (await server.inject({ url: `/registry/statistics${query}`, headers: { cookie: `mm-lang=${lang}` } })).body

describe('the page of the counts', () => {
  test('of an empty register says so, without drawings', async () => {
    const body = await page()
    expect(body).toContain('まだ登録がありません')
    expect(body).not.toContain('<svg')
  })

  test('shows the map with 47 tiles and their numbers, and the same in a table', async () => {
    await plant()
    const body = await page()
    expect(body).toContain('全部で5件')
    expect(body.match(/data-code="\d\d"/g)).toHaveLength(47)
    expect(body).toMatch(/data-code="27"><rect[^>]*><\/rect><text[^>]*>大阪<\/text><text[^>]*>3<\/text>/)
    expect(body).toMatch(/data-step="0" data-code="47"/)
    expect(body).toContain('いちばん多いのは大阪府で、3件です。')
    expect(body).toContain('<title id="map-title">都道府県ごとの登録の数</title>')
    expect(body).toContain('大阪府 3、東京都 2')
    expect(body).toContain('href="/registry?prefecture=27"')
    expect(body).toContain('業種の記載なし')
    expect(body).toContain('少ない数も隠さず')
    expect(body).toContain('先月は2件、その前の月は0件')
  })

  test('is narrowed to one level, and kept so in the file', async () => {
    const body = await page('?level=SA2')
    expect(body).toContain('全部で2件')
    expect(body).toContain('href="/registry/statistics.csv?level=SA2"')
    expect(await page('?level=SA9')).toContain('全部で5件')
  })

  test('stands in both languages, without script or inline style, and weighs little', async () => {
    for (const lang of ['ja', 'en']) {
      const body = await page('', lang)
      expect(body.match(/<h1/g)).toHaveLength(1)
      expect(body).not.toMatch(/undefined|\[object|NaN|<script|style=/)
      expect(body.length).toBeLessThan(60_000)
    }
    const answer = await server.inject({
      url: '/registry/statistics',
      headers: { 'accept-encoding': 'gzip' },
    })
    expect(answer.rawPayload.length).toBeLessThan(10_000)
  })

  test('is not there where no register is', async () => {
    const empty = await testServer({
      routes: statisticsRoutes({
        access: it.parts.access,
        visit: it.parts.visit,
        checkNumber: () => Promise.reject(new Error('not asked here')),
        seal: makeSeal({ pool: it.parts.access.app, secret: 'a secret of the tests, long enough' }),
      }),
      db: it.parts.access.app,
    })
    await it.database.superuser.query('truncate registry')
    expect((await empty.inject('/registry/statistics')).statusCode).toBe(404)
    expect((await empty.inject('/registry/statistics.csv')).statusCode).toBe(404)
    await it.set({})
    await empty.close()
  })
})

describe('the file of the counts', () => {
  test('holds each count with licence and time, and nothing else', async () => {
    const answer = await server.inject('/registry/statistics.csv')
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8')
    expect(answer.body.codePointAt(0)).toBe(0xfeff)
    const [head, ...rows] = answer.body.slice(1).trim().split(/\r?\n/)
    expect(head).toBe('by,code,name,level,count,licence,as_of')
    expect(rows.some((row) => row.startsWith('prefecture,27,大阪府,SA1,2,CC BY 4.0,2026-11-25T'))).toBe(true)
    const sum = (by: string): number =>
      rows
        .map((row) => row.split(','))
        .filter(([dimension]) => dimension === by)
        .reduce((all, [, , , , count]) => all + Number(count), 0)
    expect([sum('prefecture'), sum('industry'), sum('month')]).toEqual([5, 5, 5])
  })
})
