import { withoutScope } from '../store/index.ts'
import { type TestDatabase, testDatabase } from '../store/test-database.ts'
import type { NewEntry, Registry } from './entry.ts'
import { saveRegistry } from './settings.ts'
import { enterEntry } from './store.ts'

/** 2026-11-25 14:32 in Japan. */
export const wednesday = Date.UTC(2026, 10, 25, 5, 32)

export const minatoRegister: Registry = {
  id: '00000000-0000-4000-8000-000000000001',
  code: 'OSK',
  name: '大阪みなと商工会の登録簿',
  nameEn: 'Register of the Osaka Minato Chamber',
  levels: ['SA1', 'SA2'],
  review: false,
  terms: '見本',
  dataLicence: 'CC BY 4.0',
  dataLicenceUrl: 'https://creativecommons.org/licenses/by/4.0/deed.ja',
  contact: '06-0000-0000',
  openedAt: wednesday,
}

/** 株式会社山田製作所 in 大阪府, ★★ since 2026-11-20; other firms as changes of it. */
export const yamadaEntry: NewEntry = {
  name: '株式会社山田製作所',
  nameKana: 'やまだせいさくしょ',
  corporateNumber: '7999901000001',
  soleProprietor: false,
  prefecture: '27',
  town: '東大阪市',
  industry: 'E',
  level: 'SA2',
  pledgeEdition: 'jou6',
  declaredOn: '2026-11-20',
  selfCheckOn: '2026-11-18',
  policyUrl: 'https://www.yamada-ss.example/policy',
  replaces: undefined,
}

export type Shelf = {
  readonly database: TestDatabase
  /** Enters 山田製作所 with these changes; gives the number. */
  enter(change?: Partial<NewEntry>): Promise<string>
}

/** A database with an open and empty register; for tests only. */
export async function testShelf(): Promise<Shelf> {
  const database = await testDatabase()
  await database.superuser.query(`insert into organisation (id, kind, name) values ($1, 'secretariat', $2)`, [
    minatoRegister.id,
    '大阪みなと商工会',
  ])
  await withoutScope(database.store.app, (tx) => saveRegistry(tx, minatoRegister))
  return {
    database,
    enter: (change = {}) =>
      withoutScope(database.store.app, (tx) =>
        enterEntry(tx, { ...yamadaEntry, ...change }, { by: 'registry', now: wednesday }),
      ),
  }
}
