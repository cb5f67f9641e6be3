import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { day } from '../base/time.ts'
import { readPdf } from '../document/test-read.ts'
import { at, makeTown, type Town } from '../notice/test-town.ts'
import { makeSeal } from '../seal/index.ts'
import { within } from '../store/index.ts'
import { listProofs, makeProof, openProof, proofOf, proofPdf, revokeProof } from './index.ts'

let town: Town
const now = at(14, 32)
const everything = { selfCheck: true, watch: true, training: true }
const parts = () => ({
  pool: town.app,
  seal: makeSeal({ pool: town.app, secret: 'a secret of the tests, long enough' }),
  issuer: 'http://localhost:8080',
})
const make = (kind: 'subsidy' | 'insurer' | 'buyer', days = 90) =>
  makeProof(parts(), town.yamada.owner, {
    wanted: { kind, ...everything },
    recipient: '北浜損害保険',
    days,
    now,
  })

beforeAll(async () => {
  town = await makeTown()
})
afterAll(() => town.database.drop())

const factsOf = async (proof: string) => {
  const company = town.yamada.id
  const found = await within(town.app, { organisations: [company] }, (tx) => proofOf(tx, { company, proof }))
  if (found === undefined) throw new Error('no pack')
  return found.facts
}

describe('a proof pack', () => {
  test('holds for a buyer or a subsidy nothing of answers, score, watch or training, whatever was ticked', async () => {
    for (const kind of ['buyer', 'subsidy'] as const) {
      const facts = await factsOf((await make(kind)).id)
      expect(Object.keys(facts).sort()).toEqual([
        'at',
        'company',
        'declaration',
        'kind',
        'policy',
        'selfCheckOn',
      ])
    }
    const insurer = await factsOf((await make('insurer')).id)
    expect(insurer).toMatchObject({ watch: { devices: 1 }, training: { done: 0 } })
  })

  test('is shown by its link until it ends, with a signature over exactly its facts', async () => {
    const { secret, id } = await make('subsidy', 30)
    const shown = await openProof(parts(), secret, now + day)
    expect(shown).toMatchObject({ state: 'open', signed: true, current: true })
    expect(await openProof(parts(), secret, now + 30 * day)).toMatchObject({ state: 'ended', why: 'expired' })
    expect(await openProof(parts(), `${secret}x`, now)).toBeUndefined()
    const all = await within(town.app, { organisations: [town.yamada.id] }, (tx) =>
      listProofs(tx, town.yamada.id),
    )
    expect(all.find((one) => one.id === id)).toMatchObject({ opened: 1, lastOpenedAt: now + day })
  })

  test('says that it was changed when a single letter of the kept facts differs, and when the digest was changed with it', async () => {
    const { secret, id } = await make('subsidy')
    const change = (digest: boolean) =>
      town.database.superuser.query(
        `update proof set snapshot = replace(snapshot, '山田', '川田')${digest ? ', sha256 = $2' : ''} where id = $1 returning snapshot`,
        digest ? [id, createHash('sha256').update('anything').digest()] : [id],
      )
    await change(false)
    expect(await openProof(parts(), secret, now)).toMatchObject({ state: 'open', signed: false })
    await change(true)
    expect(await openProof(parts(), secret, now)).toMatchObject({ state: 'open', signed: false })
  })

  test('is ended by the owner at once, and by nobody else', async () => {
    const { secret, id } = await make('buyer')
    const of = { proof: id, now }
    await expect(revokeProof(town.app, town.yamada.member, of)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(revokeProof(town.app, town.maruhachi.owner, of)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await revokeProof(town.app, town.yamada.owner, of)
    expect(await openProof(parts(), secret, now)).toEqual({ state: 'ended', at: now, why: 'revoked' })
  })

  test('is made by the owner alone', async () => {
    const it = { wanted: { kind: 'buyer', ...everything }, recipient: '相手', days: 30, now } as const
    await expect(makeProof(parts(), town.yamada.member, it)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  test('is a PDF that says whose it is, that it is no certificate, and where to check it', async () => {
    const facts = await factsOf((await make('insurer')).id)
    const link = 'http://localhost:8080/proof/abc'
    const pdf = await readPdf(
      await proofPdf({ facts, recipient: '北浜損害保険', expiresAt: now + day, link }, 'ja'),
    )
    const text = pdf.pages.join('').replaceAll(/\s/g, '')
    expect(text).toContain('北浜損害保険')
    expect(text).toContain('IPAによる認証・認定ではありません')
    expect(text).toContain('宣言していません')
    expect(pdf.tagged).toBe(true)
  })
})
