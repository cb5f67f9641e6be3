import { describe, expect, test } from 'vitest'
import type { Visited } from '../visit/index.ts'
import { lackingIn, lookAtPolicy } from './review-policy.ts'
import { policyPage } from './test-register.ts'

const name = '株式会社山田製作所'

describe('the text of a published policy', () => {
  const cases: [string, readonly string[]][] = [
    ['情報セキュリティ基本方針 株式会社山田製作所 2026年4月1日', []],
    ['情報セキュリティ基本方針　㈱山田製作所　令和８年４月１日', []],
    ['セキュリティポリシー 山田 製作所 2026/4/1', []],
    ['Information Security Policy, 株式会社山田製作所, 2026-04-01', []],
    ['情報セキュリティ基本方針 2026年4月1日', ['name']],
    ['情報セキュリティ基本方針 株式会社山田製作所', ['date']],
    ['会社概要 株式会社山田製作所 2026年4月1日', ['title']],
    ['', ['name', 'date', 'title']],
  ]
  test.each(cases)('%s lacks %s', (text, lacking) => {
    expect(lackingIn(text, name)).toEqual(lacking)
  })
})

describe('a look at the page', () => {
  const look = (seen: Visited) =>
    lookAtPolicy(async () => seen, { url: 'https://www.yamada-ss.example/policy', name })

  test('finds a good one good', async () => {
    expect(await look(policyPage(name))).toEqual({ found: 'good' })
  })

  test('says why it could not be seen', async () => {
    expect(await look({ ok: false, why: 'private', url: 'https://10.0.0.1/' })).toEqual({
      found: 'unreachable',
      detail: 'private https://10.0.0.1/',
    })
    expect((await look({ ...policyPage(name), status: 404 } as Visited)).found).toBe('unreachable')
    const broken = await lookAtPolicy(async () => Promise.reject(new Error('no net')), {
      url: 'https://x.example/',
      name,
    })
    expect(broken.found).toBe('unreachable')
  })

  test('a scan is for a person, a page without its parts too', async () => {
    expect((await look({ ...policyPage(name), text: undefined } as Visited)).found).toBe('unreadable')
    const lacking = await look({ ...policyPage(name), text: 'ようこそ' } as Visited)
    expect(lacking).toEqual({
      found: 'lacking',
      detail: 'name date title https://www.yamada-ss.example/policy',
    })
  })
})
