import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isCorporateNumber } from '../company/index.ts'
import { withoutScope } from '../store/index.ts'
import { readRegistry, saveRegistry } from './settings.ts'
import { changeEntryLevel, changeEntryStatus, enterEntry, findEntry } from './store.ts'
import { minatoRegister, type Shelf, testShelf, wednesday, yamadaEntry } from './test-shelf.ts'

let shelf: Shelf
beforeAll(async () => {
  shelf = await testShelf()
})
afterAll(() => shelf.database.drop())

const by = { by: 'registry', now: wednesday } as const
const app = () => shelf.database.store.app
const entry = async (number: string) => {
  const found = await withoutScope(app(), (tx) => findEntry(tx, number))
  if (!found) throw new Error(`no ${number}`)
  return found
}
const change = (number: string, status: 'active' | 'suspended' | 'stopped', reason?: string) =>
  withoutScope(app(), (tx) => changeEntryStatus(tx, { number, status, reason }, by))

describe('an entry', () => {
  test('gets a number in the same sitting and says what was entered, and since when', async () => {
    expect(isCorporateNumber(yamadaEntry.corporateNumber ?? '')).toBe(true)
    const found = await entry(await shelf.enter())
    expect(found).toMatchObject({
      ...yamadaEntry,
      status: 'active',
      statusSince: wednesday,
      updatedAt: wednesday,
    })
    expect(found.history).toEqual([
      { kind: 'entered', at: wednesday, by: 'registry', level: 'SA2', reason: undefined },
    ])
  })

  test('is suspended, resumed and stopped, each a line of its history; what has stopped stays so', async () => {
    const number = await shelf.enter()
    await change(number, 'suspended', '住所の確認中')
    await expect(change(number, 'suspended')).rejects.toMatchObject({ code: 'ENTRY_STATE' })
    await change(number, 'active')
    await change(number, 'stopped', '会社が宣言をやめました')
    for (const status of ['active', 'suspended', 'stopped'] as const)
      await expect(change(number, status)).rejects.toMatchObject({ code: 'ENTRY_STATE' })
    const { history, status } = await entry(number)
    expect(status).toBe('stopped')
    expect(history.map((event) => event.kind).sort()).toEqual(['entered', 'resumed', 'stopped', 'suspended'])
    expect(history.find((event) => event.kind === 'stopped')?.reason).toBe('会社が宣言をやめました')
  })

  test('steps up under its number', async () => {
    const number = await shelf.enter({ level: 'SA1', selfCheckOn: undefined, policyUrl: undefined })
    const { level, pledgeEdition, declaredOn, selfCheckOn, policyUrl } = yamadaEntry
    await withoutScope(app(), (tx) =>
      changeEntryLevel(tx, { number, level, pledgeEdition, declaredOn, selfCheckOn, policyUrl }, by),
    )
    expect(await entry(number)).toMatchObject({ level: 'SA2', selfCheckOn, policyUrl })
  })

  test('that takes the place of another ends it; both know of each other', async () => {
    const old = await shelf.enter({ level: 'SA1' })
    const number = await shelf.enter({ replaces: old })
    expect(await entry(old)).toMatchObject({ status: 'stopped', replacedBy: number })
    expect(await entry(number)).toMatchObject({ status: 'active', replaces: old })
    await expect(shelf.enter({ replaces: old })).rejects.toMatchObject({ code: 'ENTRY_STATE' })
  })

  test('of a level that the register does not use is refused', async () => {
    await withoutScope(app(), (tx) => saveRegistry(tx, { ...minatoRegister, levels: ['SA1'] }))
    await expect(withoutScope(app(), (tx) => enterEntry(tx, yamadaEntry, by))).rejects.toMatchObject({
      code: 'BAD_INPUT',
    })
    await withoutScope(app(), (tx) => saveRegistry(tx, minatoRegister))
    expect(await readRegistry(app())).toEqual(minatoRegister)
  })
})

describe('the tables of the register', () => {
  test('hold public columns and what the search reads, and nothing else', async () => {
    const { rows } = await shelf.database.superuser.query<{ name: string }>(
      `select column_name as name from information_schema.columns where table_name = 'registry_entry' order by ordinal_position`,
    )
    expect(rows.map((row) => row.name)).toEqual([
      'number',
      'name',
      'name_kana',
      'corporate_number',
      'sole_proprietor',
      'prefecture',
      'town',
      'industry',
      'level',
      'pledge_edition',
      'declared_on',
      'self_check_on',
      'policy_url',
      'status',
      'status_since',
      'replaces',
      'replaced_by',
      'updated_at',
      'name_key',
      'kana_key',
      'grams',
    ])
  })

  test.each([
    ['delete from registry_entry'],
    ['truncate registry_entry cascade'],
    ["update registry_entry set number = 'OSK-000000000'"],
    ['update registry_entry set sole_proprietor = true'],
    ['update registry_entry set replaces = null'],
    ["update registry_entry_event set reason = '書きかえ'"],
    ['delete from registry_entry_event'],
    ["update registry set code = 'ABC'"],
    ['update registry set run_by = gen_random_uuid()'],
    ['delete from registry'],
  ])('do not let the pages %s', async (text) => {
    await expect(app().query(text)).rejects.toThrow(/permission denied/)
  })

  test('are out of reach for receiving and detection', async () => {
    for (const pool of [shelf.database.store.ingest, shelf.database.store.detect]) {
      await expect(pool.query('select * from registry_entry')).rejects.toThrow(/permission denied/)
      await expect(pool.query('select * from registry')).rejects.toThrow(/permission denied/)
    }
  })

  test('keep a sole proprietor without a corporate number', async () => {
    await expect(shelf.enter({ soleProprietor: true })).rejects.toThrow(/check constraint/)
    await expect(shelf.enter({ soleProprietor: true, corporateNumber: undefined })).resolves.toMatch(/^OSK-/)
  })
})
