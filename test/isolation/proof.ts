import { randomUUID } from 'node:crypto'
import type { Pool } from '../../src/store/index.ts'

type Form = Readonly<Record<string, string>>

/** What the buttons of proof packs and promoters send. */
export const proofForms: Readonly<Record<string, Form>> = {
  '/proofs': { kind: 'buyer', recipient: '取った人', days: '30' },
  '/proofs/:proof/ending': {},
  '/promoters': { name: '取った会社', kind: 'other', ownDeclaration: 'X', since: '2026-04-01', url: '' },
  '/promoters/:promoter/offers': {
    title: '題',
    text: '内容',
    level: 'SA1',
    startsOn: '2026-04-01',
    endsOn: '',
    contact: '電話',
  },
  '/promoters/:promoter/ending': {},
  '/offers/:offer/ending': {},
}

/** A proof pack of one company; a promoter with an offer. */
export async function plantProof(
  superuser: Pool,
  company: string,
): Promise<{ proof: string; promoter: string; offer: string }> {
  const [proof, promoter, offer] = [randomUUID(), randomUUID(), randomUUID()]
  const snapshot = JSON.stringify({
    kind: 'buyer',
    at: 0,
    company: { name: '山田製作所', corporateNumber: null, soleProprietor: false, prefecture: null },
    declaration: null,
    selfCheckOn: null,
    policy: null,
  })
  await superuser.query(
    `insert into proof (id, company_id, kind, recipient, snapshot, sha256, token, hash, created_at, expires_at)
     values ($1, $2, 'buyer', '北浜精機', $3, '\\x00', 'none', $4, now(), now() + interval '90 days')`,
    [proof, company, snapshot, Buffer.from(proof)],
  )
  await superuser.query(
    `insert into promoter (id, name, kind, own_declaration, since, created_at)
     values ($1, '浜手信用金庫（見本）', 'bank', 'MNT-00000000-0', '2026-04-01', now())`,
    [promoter],
  )
  await superuser.query(
    `insert into offer (id, promoter_id, title, body, level, starts_on, contact, created_at)
     values ($1, $2, '相談が無料', '担当者がうかがいます。', 'SA1', '2026-04-01', '窓口', now())`,
    [offer, promoter],
  )
  return { proof, promoter, offer }
}
