import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readActor } from '../access/actor.ts'
import { type Actor } from '../access/index.ts'
import { mustHave, testHouse } from '../access/test-access.ts'
import { newId, within } from '../store/index.ts'
import { createCompany, createSite } from './create-company.ts'
import { findCompany, listCompanies, listSites, saveCompany } from './store.ts'

let house: Awaited<ReturnType<typeof testHouse>>

beforeAll(async () => {
  house = await testHouse()
})
afterAll(() => house.database.drop())

/** 木村, with what she may see by now. */
const kimura = async (): Promise<Actor> => mustHave(await readActor(house.access.app, house.admin.person))
const make = (actor: Actor, input: Parameters<typeof createCompany>[2]): Promise<string> =>
  createCompany(house.access.app, actor, input)
const seenBy = async (actor: Actor): Promise<string[]> => {
  const companies = await within(house.access.app, { organisations: actor.scope }, listCompanies)
  return companies.map((each) => each.name)
}

/** An administrator of another provider in the same tables. */
async function stranger(): Promise<Actor> {
  const organisation = newId()
  await house.database.superuser.query(
    "insert into organisation (id, kind, name) values ($1, 'provider', '港町システム')",
    [organisation],
  )
  return { ...house.admin, organisation, organisationName: '港町システム', scope: [organisation] }
}

describe('a company is taken under contract', () => {
  test('its provider sees it from then on, with a head office and a spoken code; another provider does not', async () => {
    const id = await make(await kimura(), {
      name: ' みどり園芸株式会社 ',
      corporateNumber: '７-0000-1205-0002',
      employees: 9,
    })
    const actor = await kimura()
    expect(actor.scope).toContain(id)
    const [company, sites] = await within(house.access.app, { organisations: actor.scope }, async (tx) => [
      await findCompany(tx, id),
      await listSites(tx, id),
    ])
    expect(company).toMatchObject({
      name: 'みどり園芸株式会社',
      corporateNumber: '7000012050002',
      employees: 9,
    })
    expect(company?.code).toMatch(/^M-\d{4,6}$/)
    expect(sites).toMatchObject([{ name: '本社', address: null }])
    expect(await house.trail(id)).toEqual(['company.created'])
    const other = await stranger()
    expect(await seenBy(other)).toEqual([])
    expect(await within(house.access.app, { organisations: other.scope }, (tx) => findCompany(tx, id))).toBe(
      undefined,
    )
  })

  test('only by an administrator of a provider', async () => {
    const actor = await kimura()
    const owner: Actor = { ...actor, kind: 'company', role: 'owner', organisation: house.yamada }
    for (const each of [{ ...actor, role: 'analyst' as const }, owner]) {
      await expect(make(each, { name: '丸八運送' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    }
    expect(await seenBy(actor)).not.toContain('丸八運送')
  })

  test('a wrong corporate number, no name and half a person are refused, each with its field', async () => {
    const actor = await kimura()
    const refused = async (input: Parameters<typeof createCompany>[2], field: string): Promise<void> =>
      expect(make(actor, input)).rejects.toMatchObject({ code: 'BAD_INPUT', details: { field } })
    await refused({ name: '丸八運送', corporateNumber: '7000012050003' }, 'corporateNumber')
    await refused({ name: '　 ' }, 'name')
    await refused({ name: '丸八運送', employees: 2.5 }, 'employees')
  })

  test('no two have the same spoken code, also across providers', async () => {
    const other = await stranger()
    const ids = [await make(await kimura(), { name: '丸八運送' }), await make(other, { name: '丸八運送' })]
    const { rows } = await house.database.superuser.query<{ code: string }>(
      'select code from company where id = any ($1)',
      [ids],
    )
    expect(new Set(rows.map((row) => row.code)).size).toBe(2)
    const code = rows[0]?.code ?? ''
    const [taken] = await within(house.access.app, { organisations: [] }, (tx) =>
      tx.rows('select taken from code_taken($1) as found (taken)', [code]),
    )
    expect(taken).toEqual({ taken: true })
  })
})

test('the list leaves out the company of the canary and those whose contract has ended', async () => {
  const actor = await kimura()
  const [canary, ended] = [newId(), await make(actor, { name: '閉店した店' })]
  await within(house.access.app, { organisations: [...actor.scope, canary] }, (tx) =>
    saveCompany(
      tx,
      {
        id: canary,
        name: '試験',
        code: 'M-0000',
        corporateNumber: null,
        soleProprietor: false,
        prefecture: null,
        trade: null,
        employees: null,
        canary: true,
      },
      { id: newId(), provider: actor.organisation },
    ),
  )
  await house.database.superuser.query('update company set ended_at = now() where id = $1', [ended])
  const names = await seenBy(await kimura())
  expect(names).toContain('山田製作所')
  expect(names).not.toContain('試験')
  expect(names).not.toContain('閉店した店')
})

describe('a place of a company', () => {
  test('is added by its provider', async () => {
    const actor = await kimura()
    const place = { company: house.yamada, name: ' 第二工場 ', address: '大阪府堺市' }
    await createSite(house.access.app, actor, place)
    const sites = await within(house.access.app, { organisations: actor.scope }, (tx) =>
      listSites(tx, house.yamada),
    )
    expect(sites).toMatchObject([{ name: '第二工場', address: '大阪府堺市' }])
  })

  test('not without a name, not by an analyst, not for a company of another provider', async () => {
    const actor = await kimura()
    const place = { company: house.yamada, name: '第三工場', address: null }
    const app = house.access.app
    await expect(createSite(app, actor, { ...place, name: ' ' })).rejects.toMatchObject({ code: 'BAD_INPUT' })
    for (const each of [{ ...actor, role: 'analyst' as const }, await stranger()]) {
      await expect(createSite(app, each, place)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    }
  })
})
