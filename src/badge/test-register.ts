import { randomUUID } from 'node:crypto'
import { base64url, decodeJwt } from 'jose'
import type { Instant } from '../base/time.ts'
import { enterEntry, type NewEntry, type Registry, saveRegistry } from '../registry/index.ts'
import { withoutScope } from '../store/index.ts'
import type { TestDatabase } from '../store/test-database.ts'

/** 2026-11-25 14:32 in Japan. */
export const wednesday: Instant = Date.UTC(2026, 10, 25, 5, 32)

export const yamada: NewEntry = {
  name: '株式会社山田製作所',
  nameKana: 'ヤマダセイサクショ',
  corporateNumber: '1234567890123',
  soleProprietor: false,
  prefecture: '27',
  town: '大阪市港区',
  industry: 'E',
  level: 'SA2',
  pledgeEdition: 'jou6',
  declaredOn: '2026-11-20',
  selfCheckOn: '2026-11-18',
  policyUrl: 'https://example.jp/policy',
  replaces: undefined,
}

/** The register of the chamber of the fixtures, open. For tests of the badge, its pages and its aside. */
export async function openRegister(db: TestDatabase): Promise<Registry> {
  const id = randomUUID()
  await db.superuser.query("insert into organisation (id, kind, name) values ($1, 'secretariat', $2)", [
    id,
    '大阪みなと商工会',
  ])
  const registry: Registry = {
    id,
    code: 'OSK',
    name: '大阪みなと商工会の登録簿',
    nameEn: 'Register of the Osaka Minato chamber',
    levels: ['SA1', 'SA2'],
    review: false,
    terms: '自己宣言です。',
    dataLicence: 'CC BY 4.0',
    dataLicenceUrl: undefined,
    contact: '06-0000-0000',
    openedAt: wednesday,
  }
  await withoutScope(db.store.app, (tx) => saveRegistry(tx, registry))
  return registry
}

/** Enters a declaration and gives its number. */
export function enter(db: TestDatabase, entry: Partial<NewEntry> = {}): Promise<string> {
  return withoutScope(db.store.app, (tx) =>
    enterEntry(tx, { ...yamada, ...entry }, { by: 'company', now: wednesday }),
  )
}

/** A token whose claims were changed, with the old signature. */
export function withClaims(token: string, change: Record<string, unknown>): string {
  const [header, , signature] = token.split('.')
  return [header, base64url.encode(JSON.stringify({ ...decodeJwt(token), ...change })), signature].join('.')
}
