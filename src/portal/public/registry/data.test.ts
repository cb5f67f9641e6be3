import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { enterMany } from '../../../registry/index.ts'
import { wednesday, yamadaEntry } from '../../../registry/test-shelf.ts'
import { withoutScope } from '../../../store/index.ts'
import { allowed } from './door.ts'
import { baseUrl, caller, type TestPages, testPages, textOf } from './test-pages.ts'

let it: TestPages
beforeAll(async () => {
  it = await testPages()
})
afterAll(() => it.drop())

const get = (url: string) => it.get(url)
const post = (form: Record<string, string>) => it.server.post('/registry/check', form, caller())
const api = (body: unknown, headers = caller()) =>
  it.server.inject({
    method: 'POST',
    url: '/api/registry/v1/check',
    headers: { 'content-type': 'application/json', ...headers },
    payload: typeof body === 'string' ? body : JSON.stringify(body),
  })

describe('the files', () => {
  test('hold what the filters say, with licence and date in each row, and no formulas', async () => {
    await it.shelf.enter({
      name: '=HYPERLINK("http://x.example","山")',
      prefecture: '47',
      corporateNumber: undefined,
    })
    const answer = await get('/registry/data.csv?prefecture=47')
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8')
    expect(answer.headers['content-disposition']).toContain('OSK-2026-11-25.csv')
    const [head, row, ...rest] = answer.body.split('\r\n')
    expect(head).toMatch(/^\ufeffnumber,name,name_kana,corporate_number,.*,licence,as_of$/)
    expect(row).toContain('"\'=HYPERLINK(""http://x.example"",""山"")"')
    expect(row).toMatch(/CC BY 4\.0,2026-11-25T14:32:00\+09:00$/)
    expect(rest).toEqual([''])
  })

  test('as JSON have licence and date at their head and the public fields only', async () => {
    const data = (await get('/registry/data.json?q=%E5%B1%B1%E7%94%B0%E8%A3%BD%E4%BD%9C%E6%89%80')).json()
    expect(data).toMatchObject({
      registry: { code: 'OSK' },
      licence: { name: 'CC BY 4.0' },
      as_of: '2026-11-25T14:32:00+09:00',
    })
    expect(data.entries).toHaveLength(1)
    expect(Object.keys(data.entries[0]).sort()).toEqual(
      'number name name_kana corporate_number sole_proprietor prefecture prefecture_name town industry industry_name level pledge_edition declared_on self_check_on policy_url status status_since replaces replaced_by updated_at url'
        .split(' ')
        .sort(),
    )
  })

  test('hold every entry once, however many there are', async () => {
    const entries = Array.from({ length: 4_500 }, (_, n) => ({
      ...yamadaEntry,
      name: `北浜${n}`,
      corporateNumber: undefined,
      prefecture: '05',
    }))
    await withoutScope(it.shelf.database.store.app, (tx) =>
      enterMany(tx, entries, { code: 'OSK', now: wednesday }),
    )
    const answer = await get('/registry/data.csv?prefecture=05')
    const numbers = answer.body
      .split('\r\n')
      .slice(1, -1)
      .map((line) => line.split(',')[0])
    expect(numbers).toHaveLength(4_500)
    expect(new Set(numbers).size).toBe(4_500)
    expect((await get('/registry/data.json?prefecture=05')).json().entries).toHaveLength(4_500)
  })

  test('are packed for who takes that', async () => {
    const answer = await it.server.inject({
      url: '/registry/data.csv?prefecture=05',
      headers: { 'accept-encoding': 'gzip', ...caller() },
    })
    expect(answer.headers['content-encoding']).toBe('gzip')
    expect(answer.rawPayload.length).toBeLessThan(200_000)
  })
})

describe('many at once', () => {
  test('on the page: each line, what it was taken for, and how it stands', async () => {
    const text = textOf(
      (await post({ numbers: `山田,7999901000001\n51234567890\n1234\nOSK-000000000`, as: 'page' })).body,
    )
    expect(text).toContain('4件の結果')
    expect(text).toContain('株式会社山田製作所')
    expect(text).toContain('IPAの一覧で調べてください')
    expect(text).toContain('読めません')
    expect(text).toContain('載っていません')
  })

  test('as a file', async () => {
    const answer = await post({ numbers: `7999901000001\n=1+1`, as: 'csv' })
    const lines = answer.body.split('\r\n')
    expect(lines[0]).toMatch(/^\ufeffline,typed,result,others,number,/)
    expect(lines[1]).toContain(`1,7999901000001,active,0,${it.yamada}`)
    expect(lines[2]).toMatch(/^2,'=1\+1,unreadable,0,/)
  })

  test('from a file of any encoding', async () => {
    const boundary = 'x123'
    // 「会社,7999901000001」 in Shift_JIS.
    const file = Buffer.concat([Buffer.from([0x89, 0xef, 0x8e, 0xd0]), Buffer.from(',7999901000001\r\n')])
    const payload = Buffer.concat([
      Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="numbers"\r\n\r\n\r\n`),
      Buffer.from(
        `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\ncontent-type: text/csv\r\n\r\n`,
      ),
      file,
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ])
    const headers = {
      'content-type': `multipart/form-data; boundary=${boundary}`,
      origin: baseUrl,
      'sec-fetch-site': 'same-origin',
    }
    const answer = await it.server.inject({
      method: 'POST',
      url: '/registry/check',
      payload,
      headers: { ...headers, ...caller() },
    })
    expect(answer.statusCode).toBe(200)
    expect(answer.body).toContain(it.yamada)
  })

  test('refuses an empty form and names the line over the limit', async () => {
    const none = await post({ numbers: ' \n' })
    expect(none.statusCode).toBe(422)
    expect(textOf(none.body)).toContain('番号を1行に1つずつ')
    const over = await post({ numbers: '7999901000001\n'.repeat(10_001) })
    expect(over.statusCode).toBe(422)
    expect(textOf(over.body)).toContain('10,001行目で、10,000件を超えました')
  })

  test('ten thousand numbers are answered within the time', async () => {
    const began = performance.now()
    const answer = await post({ numbers: '7999901000001\n'.repeat(10_000), as: 'csv' })
    expect(answer.body.split('\r\n')).toHaveLength(10_002)
    expect(performance.now() - began).toBeLessThan(5_000)
  })
})

describe('the interface for programs', () => {
  test('gives one entry with its history, by a number in any writing', async () => {
    const data = (await get(`/api/registry/v1/entries/${it.yamada.toLowerCase()}`)).json()
    expect(data.entry).toMatchObject({
      number: it.yamada,
      status: 'active',
      url: `${baseUrl}/registry/entries/${it.yamada}`,
    })
    expect(data.history).toEqual([
      { kind: 'entered', at: '2026-11-25T14:32:00+09:00', by: 'registry', level: 'SA2', reason: null },
    ])
    expect((await get('/api/registry/v1/entries/OSK-000000000')).statusCode).toBe(404)
  })

  test('gives the list in parts, each entry once, until there is no next', async () => {
    const seen: string[] = []
    let url: string | null = '/api/registry/v1/entries?prefecture=05&limit=1000'
    while (url !== null) {
      const data: { entries: { number: string }[]; next: string | null } = (await get(url)).json()
      seen.push(...data.entries.map((entry) => entry.number))
      url = data.next === null ? null : data.next.replace(baseUrl, '')
    }
    expect(seen).toHaveLength(4_500)
    expect(new Set(seen).size).toBe(4_500)
  })

  test.each([
    ['?prefecture=99', 'Cannot read: prefecture'],
    ['?from=2026-02-30', 'Cannot read: from'],
    ['?limit=0', 'limit must be a whole number from 1 to 1000'],
    ['?limit=5000', 'limit must be'],
    ['?after=%00', 'after must be'],
  ])('refuses %s and says why', async (query, words) => {
    const answer = await get(`/api/registry/v1/entries${query}`)
    expect(answer.statusCode).toBe(400)
    expect(answer.json().error).toContain(words)
  })

  test('checks many, in their order, and says which it cannot know', async () => {
    const data = (
      await api({ keys: [it.yamada, '7999901000001', '51234567890', '山田', 'OSK-000000000'] })
    ).json()
    expect(data.results.map((one: { result: string }) => one.result)).toEqual([
      'active',
      'active',
      'official',
      'unreadable',
      'absent',
    ])
    expect(data.results[0].entry.number).toBe(it.yamada)
  })

  test.each([
    ['{', 400, 'not JSON'],
    [[1], 400, 'keys must be a list'],
    [{ keys: ['a', 5] }, 400, 'keys[1] must be a text'],
    [{ keys: ['a'.repeat(201)] }, 400, 'keys[0] must be a text of at most 200'],
    [{ keys: Array.from({ length: 10_001 }, () => '1') }, 413, 'keys[10000] is over the limit of 10000'],
  ])('refuses a body that it cannot take: %#', async (body, status, words) => {
    const answer = await api(body)
    expect(answer.statusCode).toBe(status)
    expect(answer.json().error).toContain(words)
  })

  test('has a limit for each address and says when to come again', async () => {
    const from = { 'x-forwarded-for': '203.0.113.7' }
    for (let n = 0; n < allowed.checks; n++) expect((await api({ keys: [] }, from)).statusCode).toBe(200)
    const over = await api({ keys: [] }, from)
    expect(over.statusCode).toBe(429)
    expect(over.json().retry_after_seconds).toBeGreaterThan(0)
    expect((await api({ keys: [] })).statusCode).toBe(200)
  })

  test('is explained on a page', async () => {
    const text = textOf((await get('/registry/api')).body)
    expect(text).toContain('/api/registry/v1/check')
    expect(text).toContain('10,000')
  })
})
