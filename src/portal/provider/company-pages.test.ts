import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { mustHave } from '../../access/test-access.ts'
import { at } from '../../notice/test-town.ts'
import { type Desk, makeDesk } from './test-desk.ts'

let desk: Desk
const now = at(14, 32)

beforeAll(async () => {
  desk = await makeDesk(now)
})
afterAll(() => desk.close())
beforeEach(() => {
  desk.role = 'admin'
})

const get = (url: string) => desk.server.inject({ url, headers: { cookie: 'any=1' } })
const post = (url: string, form: Record<string, string> = {}) => desk.server.post(url, form)
const yamada = (): string => desk.town.yamada.id
const whereTo = (answer: { headers: Record<string, unknown> }): string => String(answer.headers['location'])

describe('a new company', () => {
  test('is made by its form and then stands in the list, with what is left to do', async () => {
    const made = await post('/companies', { name: 'みどり園芸株式会社', employees: '９' })
    expect(made.statusCode).toBe(303)
    expect(whereTo(made)).toMatch(/^\/companies\/[\da-f-]{36}\?done=made$/)
    const page = await get(whereTo(made))
    expect(page.statusCode).toBe(200)
    expect(page.body).toContain('会社を作りました')
    expect(page.body).toContain('連絡を受ける人を足す')
    expect((await get('/companies')).body).toContain('みどり園芸株式会社')
    expect((await get('/companies?q=%E3%81%BF%E3%81%A9%E3%82%8A')).body).not.toContain('丸八運送')
  })

  test('with a wrong number comes back with what was typed and says what is wrong', async () => {
    const answer = await post('/companies', { name: '丸八 "倉庫"', corporateNumber: '7000012050003' })
    expect(answer.statusCode).toBe(422)
    expect(answer.body).toContain('<title>エラー：会社を作る')
    expect(answer.body).toContain('法人番号の検査数字が合いません')
    expect(answer.body).toContain('value="7000012050003"')
    expect(answer.body).toContain('value="丸八 &quot;倉庫&quot;"')
    expect(answer.body).toContain('href="#f-corporateNumber"')
    expect((await get('/companies')).body).not.toContain('倉庫')
  })

  test('is no business of an analyst: neither the form nor its sending', async () => {
    desk.role = 'analyst'
    expect((await get('/companies/new')).statusCode).toBe(404)
    expect((await post('/companies', { name: '丸八倉庫' })).statusCode).toBe(404)
    expect((await get('/companies')).body).not.toContain('href="/companies/new"')
  })
})

describe('the forms that fill a company', () => {
  test('a person with half an address comes back; a whole one is invited; the same again is taken', async () => {
    const person = { name: '佐藤 恵', role: 'member', contactOrder: '3', phone: '０９０ー００００ー０００２' }
    const url = `/companies/${yamada()}/people`
    const refused = await post(url, { ...person, email: 'sato@' })
    expect(refused.statusCode).toBe(422)
    expect(refused.body).toContain('<title>エラー：人を足す')
    expect(refused.body).toContain('value="佐藤 恵"')
    const kept = await post(url, { ...person, email: 'Sato@yamada.example' })
    expect(whereTo(kept)).toContain('done=invited')
    expect((await get(whereTo(kept))).body).toContain('佐藤 恵さんを足しました')
    const again = await post(url, { ...person, email: 'sato@yamada.example' })
    expect(again.statusCode).toBe(422)
    expect(again.body).toContain('このメールは、もう使われています')
  })

  test('a device whose nickname is too long comes back; the eight characters of 𠮷田さん fit', async () => {
    const url = `/companies/${yamada()}/devices`
    const long = await post(url, { nickname: '吉田さんの新しいノート', class: 'laptop', place: '2階 経理' })
    expect(long.statusCode).toBe(422)
    expect(long.body).toContain('8文字まで')
    expect(long.body).toContain('value="2階 経理"')
    expect((await post(url, { nickname: '𠮷田さんのノート', class: 'laptop' })).statusCode).toBe(303)
    expect((await get(`/companies/${yamada()}`)).body).toContain('𠮷田さんのノート')
  })

  test('a sensor with a device that is not one of the company is refused, whatever stands in the form', async () => {
    const sensor = { name: '会社の入口', source: 'fortigate', class: 'utm', required: 'yes' }
    const url = `/companies/${yamada()}/sensors`
    for (const device of [desk.town.maruhachi.device, 'no-id']) {
      expect((await post(url, { ...sensor, device })).statusCode).toBe(400)
    }
    const made = await post(url, { ...sensor, device: desk.town.yamada.device })
    expect(whereTo(made)).toMatch(/^\/sensors\//)
  })

  test('a place is kept', async () => {
    expect((await post(`/companies/${yamada()}/sites`, { name: '' })).statusCode).toBe(422)
    expect((await post(`/companies/${yamada()}/sites`, { name: '第二工場' })).statusCode).toBe(303)
    expect((await get(`/companies/${yamada()}`)).body).toContain('第二工場')
  })
})

describe('the plan', () => {
  const form = {
    kind: 'both',
    desk: '電話',
    watch: '入口1台',
    dispatch: '年2回',
    insurance: '簡易',
    networkPriceYen: '9,800',
    endpointPriceYen: '1,800',
    endpoints: '12',
    startsOn: '2026-04-01',
    termMonths: '24',
    explainedTo: '',
  }

  test.each([
    ['networkPriceYen', '10,001', '月10,000円'],
    ['endpointPriceYen', '2001', '月2,000円'],
    ['termMonths', '25', '24か月'],
  ])('above the cap of %s comes back with the cap named', async (name, value, cap) => {
    const answer = await post(`/companies/${yamada()}/plan`, { ...form, [name]: value })
    expect(answer.statusCode).toBe(422)
    expect(answer.body).toContain('<title>エラー：契約の中身')
    expect(answer.body).toContain(`上限（${cap}`.replace('月2', '1台 月2'))
    expect(answer.body).toContain(`value="${value}"`)
    expect(answer.body).toContain('value="入口1台"')
  })

  test('at the caps is kept and stands in the form the next time', async () => {
    const answer = await post(`/companies/${yamada()}/plan`, { ...form, networkPriceYen: '10000' })
    expect(whereTo(answer)).toBe(`/companies/${yamada()}?done=saved`)
    expect((await get(`/companies/${yamada()}/plan`)).body).toContain('value="10000"')
    expect((await get(`/companies/${desk.town.maruhachi.id}/plan`)).body).not.toContain('value="10000"')
  })
})

describe('the page of a sensor', () => {
  const url = (): string => `/sensors/${desk.town.yamada.sensor}`

  test('shows a token exactly once, in the answer to the press', async () => {
    const issued = await post(`${url()}/tokens`)
    expect(issued.statusCode).toBe(200)
    expect(issued.headers['cache-control']).toContain('no-store')
    const token = mustHave(/>(mm_[\w-]{32})</.exec(issued.body)?.[1])
    expect(issued.body).toContain('表示するのはこの1回だけです')
    const again = await get(url())
    expect(again.body).not.toContain(token)
    expect(again.body).toContain(`${token.slice(0, 7)}…`)
  })

  test('takes an address, refuses a bad and a taken one with what was typed', async () => {
    const agree = (address: string, sensor = url()) =>
      post(`${sensor}/addresses`, { address, port: '６５１４' })
    expect((await agree('203.0.113.7')).statusCode).toBe(303)
    expect((await get(url())).body).toContain('203.0.113.7 → 6514')
    const bad = await agree('fgt-yamada')
    expect(bad.statusCode).toBe(422)
    expect(bad.body).toContain('IP アドレスの形を確かめてください')
    expect(bad.body).toContain('value="fgt-yamada"')
    const taken = await agree('203.0.113.7', `/sensors/${desk.town.maruhachi.sensor}`)
    expect(taken.statusCode).toBe(422)
    expect(taken.body).toContain('ほかの見張りが使っています')
    expect(taken.body).not.toContain('山田製作所')
  })

  test('an analyst reads it but makes no token', async () => {
    desk.role = 'analyst'
    const page = await get(url())
    expect(page.statusCode).toBe(200)
    expect(page.body).not.toContain('新しい鍵を作る')
    expect((await post(`${url()}/tokens`)).statusCode).toBe(404)
  })
})
