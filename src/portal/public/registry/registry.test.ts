import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestServer } from '../../../http/test-server.ts'
import { changeEntryStatus, type EntryStatus } from '../../../registry/index.ts'
import { wednesday } from '../../../registry/test-shelf.ts'
import { withoutScope } from '../../../store/index.ts'
import { type TestDatabase, testDatabase } from '../../../store/test-database.ts'
import { serverOn, type TestPages, testPages, textOf } from './test-pages.ts'

let it: TestPages
let empty: TestDatabase
let without: TestServer

beforeAll(async () => {
  it = await testPages()
  empty = await testDatabase()
  without = await serverOn(empty)
})
afterAll(async () => {
  await it.drop()
  await without.close()
  await empty.drop()
})

const get = (url: string, lang: 'ja' | 'en' = 'ja') => it.get(url, lang)
const setStatus = (number: string, status: EntryStatus, reason?: string) =>
  withoutScope(it.shelf.database.store.app, (tx) =>
    changeEntryStatus(tx, { number, status, reason }, { by: 'registry', now: wednesday }),
  )

describe('the search page', () => {
  test('lists everything unfiltered, the box first, and links to each entry', async () => {
    const answer = await get('/registry')
    expect(answer.statusCode).toBe(200)
    expect(answer.body).toContain(`href="/registry/entries/${it.yamada}"`)
    expect(answer.body.indexOf('name="q"')).toBeLessThan(answer.body.indexOf('name="prefecture"'))
    expect(answer.body).not.toContain('<script')
    expect(textOf(answer.body)).toContain('1件のうち 1件目から1件目')
  })

  test.each(['山田', 'やまだ', 'ﾔﾏﾀﾞ', '（株）山田製作所', '7999901000001'])(
    'finds %s without a script',
    async (typed) => {
      expect((await get(`/registry?q=${encodeURIComponent(typed)}`)).body).toContain(it.yamada)
    },
  )

  test('keeps the box and the filters beside the answer, and carries both to the files and the next page', async () => {
    const { body } = await get('/registry?q=%E5%B1%B1%E7%94%B0&prefecture=27&level=SA2')
    expect(body).toContain('value="山田"')
    expect(body).toMatch(/<option value="27" selected/)
    expect(body).toContain('/registry/data.csv?q=%E5%B1%B1%E7%94%B0&amp;prefecture=27&amp;level=SA2')
  })

  test.each([
    ['zzz', 'この名前の宣言は、この登録簿に載っていません'],
    ['51234567890', 'IPAが出した自己宣言ID'],
    ['OSK-00000000Z', '番号のどこかの文字が違います'],
    ['6000012070001', 'この法人番号の宣言は'],
    ['1234567890123', '法人番号としては正しくありません'],
  ])('without a hit for %s says why, and what it does not mean', async (typed, words) => {
    const text = textOf((await get(`/registry?q=${typed}`)).body)
    expect(text).toContain(words)
    expect(text).toContain('その会社が何もしていないという意味ではありません')
  })

  test('shows what is typed as text', async () => {
    const { body } = await get('/registry?q=%22%3E%3Cimg%20src%3Dx%3E')
    expect(body).not.toContain('<img src=x')
  })

  test('reads in English too', async () => {
    expect(textOf((await get('/registry', 'en')).body)).toContain('1–1 of 1')
  })

  test('where no register runs says so and what there is', async () => {
    const answer = await without.inject('/registry')
    expect(answer.statusCode).toBe(200)
    expect(textOf(answer.body)).toContain('登録簿は準備中です')
    for (const path of [
      '/registry/check',
      '/registry/api',
      '/registry/data.csv',
      '/registry/entries/OSK-000000000',
    ])
      expect((await without.inject(path)).statusCode, path).toBe(404)
    expect((await without.inject('/api/registry/v1/entries')).statusCode).toBe(404)
  })
})

describe('the page of an entry', () => {
  test('says in its first line that it holds, and never that somebody certified it', async () => {
    const { body } = await get(`/registry/entries/${it.yamada}`)
    const text = textOf(body.slice(body.indexOf('<main')))
    expect(text).toMatch(/^一覧に戻る株式会社山田製作所は、二つ星を自己宣言しています。/)
    expect(text).toContain('IPAによる認証・認定ではありません')
    expect(text).toContain('2026年11月18日')
    expect(body).toContain('rel="nofollow noopener noreferrer"')
    expect(body).toContain('id="badge"')
  })

  test('is reached by a number in any writing, at one address', async () => {
    for (const typed of [it.yamada.toLowerCase(), it.yamada.replace('-', ''), it.yamada.slice(4)]) {
      expect((await get(`/registry/entries/${typed}`)).headers.location).toBe(
        `/registry/entries/${it.yamada}`,
      )
    }
  })

  test('of one that is suspended, stopped or replaced says so in its first line', async () => {
    const number = await it.shelf.enter({ name: '丸八運送株式会社', corporateNumber: undefined })
    await setStatus(number, 'suspended', '住所の確認中')
    const paused = textOf((await get(`/registry/entries/${number}`)).body.split('<main')[1] ?? '')
    expect(paused).toContain('丸八運送株式会社の自己宣言は、2026年11月25日から止まっています。')
    expect(paused).toContain('住所の確認中')
    await setStatus(number, 'stopped', '会社が宣言をやめました')
    const ended = textOf((await get(`/registry/entries/${number}`)).body.split('<main')[1] ?? '')
    expect(ended).toContain('2026年11月25日に終わっています。')
    expect(ended).toContain('2026年11月20日から2026年11月25日まで')
    const old = await it.shelf.enter({ name: '大川商店', corporateNumber: undefined, level: 'SA1' })
    const newer = await it.shelf.enter({ name: '大川商店', corporateNumber: undefined, replaces: old })
    const { body } = await get(`/registry/entries/${old}`)
    expect(textOf(body)).toContain('新しい宣言に置き換わりました。')
    expect(body).toContain(`href="/registry/entries/${newer}"`)
  })

  test('of a number that nobody has explains itself', async () => {
    for (const number of ['OSK-000000000', 'OSK-00000000Z', '51234567890', '%E5%B1%B1', 'x'.repeat(150)]) {
      const answer = await get(`/registry/entries/${number}`)
      expect(answer.statusCode, number).toBe(404)
      expect(textOf(answer.body)).toContain('この番号の宣言は見つかりません。')
    }
  })
})
