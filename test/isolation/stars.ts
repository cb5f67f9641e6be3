import { randomUUID } from 'node:crypto'
import type { Pool } from '../../src/store/index.ts'

type Form = Readonly<Record<string, string>>

/** What the buttons of self-check, basic items, declaration, register and its desk send. */
export const starForms: Readonly<Record<string, Form>> = {
  '/answer/:secret/:question': { a: 'done' },
  '/self-check': { edition: '4.0', with: 'self' },
  '/self-check/ending': {},
  '/self-check/sheets/:sheet/questions/:question': { a: 'done' },
  '/self-check/sheets/:sheet/same': { part: 'basic' },
  '/self-check/together': { name: '支店' },
  '/self-check/sheets/:sheet/links': { name: '取った人', email: 'taken@nowhere.example' },
  '/self-check/links/:link/revocation': {},
  '/self-check/joining': {},
  '/self-check/results/:check/questions/:question': { a: 'done' },
  '/basics/:item/tick': { ticked: 'yes' },
  '/basics/confirmation': {
    name: '取った人',
    position: '社長',
    authority: 'yes',
    declares: 'yes',
    hash: '0'.repeat(64),
  },
  '/basics/restore-tests': { restored: '取ったデータ', restoredOn: '2026-11-01' },
  '/to-dos/closing': { key: 'ev.passwords', doneOn: '2026-11-01' },
  '/to-dos/erasures/:device': { doneOn: '2026-11-01' },
  '/stars/notice': { agree: 'yes' },
  '/stars/differences': {},
  '/stars/account': { kind: 'prime' },
  '/stars/number': { officialId: '12', declaredOn: '2026-11-01' },
  '/stars/earlier': { officialId: '12', declaredOn: '2026-11-01' },
  '/stars/goals': { goals: 'insurance' },
  '/stars/change': {},
  '/stars/edition': {},
  '/stars/stop': { reason: 'やめる' },
  '/stars/logo': {},
  '/stars/logo/removal': {},
  '/stars/registry': {},
  '/company/details': { prefecture: '大阪府', address: '取った町1-1' },
  '/registry/check': { numbers: '8000000000001' },
  '/api/registry/v1/check': {},
  '/registry/apply': {},
  '/registry/apply/:draft/:page': {},
  '/registry/confirm/:link': {},
  '/registry/applications/:link/answer': { answer: '答え' },
  '/registry/applications/:link/correction': {},
  '/registry/applications/:link/withdrawal': {},
  '/registry/change': { number: 'MNT-00000000', email: 'nobody@nowhere.example' },
  '/registry/change/:link/details': {},
  '/registry/change/:link/step-up': {},
  '/registry/change/:link/stop': {},
  '/verify': { text: 'nothing' },
  '/register-desk/applications/:application/acceptance': {},
  '/register-desk/applications/:application/question': { question: '何ですか' },
  '/register-desk/applications/:application/refusal': { reason: '理由' },
  '/register-desk/applications/:application/reopening': {},
  '/register-desk/entries/:entry/suspension': { 'reason-suspended': '理由' },
  '/register-desk/entries/:entry/resumption': { 'reason-active': '理由' },
  '/register-desk/entries/:entry/stopping': { 'reason-stopped': '理由', confirm: 'yes' },
  '/register-desk/settings': {
    name: '取った登録簿',
    nameEn: 'Taken register',
    code: 'TTT',
    levels: 'both',
    review: 'always',
    dataLicence: 'CC BY 4.0',
    contact: '045-000-0000',
    state: 'open',
    act: 'save',
  },
  '/register-desk/key': {},
  '/declarations/:declaration/listing': { listed: 'found' },
  '/companies/:company/policy-page': { check: randomUUID() },
}

/** A declaration that a company made, and its self-check with a sheet. */
export async function plantStars(
  superuser: Pool,
  company: string,
): Promise<{ declaration: string; entry: string }> {
  const declaration = randomUUID()
  await superuser.query(
    `insert into declaration (id, company_id, registry, level, began_at) values ($1, $2, 'ipa', 'SA1', now())`,
    [declaration, company],
  )
  const { rows } = await superuser.query<{ number: string }>(
    "select number from registry_entry where status = 'active' order by number limit 1",
  )
  return { declaration, entry: rows[0]?.number ?? 'none' }
}
