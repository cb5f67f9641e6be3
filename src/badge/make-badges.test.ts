// @ts-expect-error -- the package has no declarations
import { Bitstring } from '@digitalbazaar/bitstring'
import { verifyCredential } from 'did-jwt-vc'
import { Resolver } from 'did-resolver'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { day, hour, minute } from '../base/time.ts'
import { changeEntryStatus, type EntryStatus } from '../registry/index.ts'
import { makeSeal } from '../seal/index.ts'
import { withoutScope } from '../store/index.ts'
import { type TestDatabase, testDatabase } from '../store/test-database.ts'
import { didDocument, issuerOf } from './issuer.ts'
import { type Badges, makeBadges } from './make-badges.ts'
import { enter, openRegister, wednesday as now, withClaims } from './test-register.ts'

const baseUrl = 'https://touroku.example.jp'
let db: TestDatabase
let badges: Badges
let number = ''
const seal = () => makeSeal({ pool: db.store.app, secret: 'みなと' })

beforeAll(async () => {
  db = await testDatabase()
  badges = makeBadges({ pool: db.store.app, seal: seal(), baseUrl })
  await openRegister(db)
  number = await enter(db)
})
afterAll(() => db.drop())

async function tokenOf(entry = number, model: '2.0' | '1.1' = '2.0', at = now): Promise<string> {
  return (await badges.credential(entry, { now: at, model })) ?? ''
}

function setStatus(entry: string, status: EntryStatus, at = now): Promise<void> {
  return withoutScope(db.store.app, (tx) =>
    changeEntryStatus(tx, { number: entry, status }, { by: 'registry', now: at }),
  )
}

/** Resolves `did:web` as anybody would: from the document that this installation serves. */
const resolver = () =>
  new Resolver({
    web: async (did) => ({
      didResolutionMetadata: { contentType: 'application/did+json' },
      didDocument: did === issuerOf(baseUrl) ? ((await didDocument(seal(), baseUrl)) as never) : null,
      didDocumentMetadata: {},
    }),
  })

/** Checks with did-jwt-vc. It knows the layout of model 1.1 only, so of a 2.0 badge it checks all but the layout. */
const independent = (token: string, at = now, format = true) =>
  verifyCredential(token, resolver() as never, { policies: { now: at / 1000, format } })

/** Whether a bit is set, read by the decoder of Digital Bazaar from the served list. */
async function bit(purpose: 'revocation' | 'suspension', token: string, at = now): Promise<boolean> {
  const entries = decodeJwt<{ credentialStatus: Record<string, string>[] }>(token).credentialStatus
  const entry = entries.find((one) => one['statusPurpose'] === purpose)
  const name = entry?.['statusListCredential']?.split('/').at(-1) ?? ''
  const list = (await badges.statusList(name, at)).body
  await independent(list, at, false)
  const claims = decodeJwt<{ id: string; credentialSubject: Record<string, string> }>(list)
  expect(claims.id).toBe(entry?.['statusListCredential'])
  expect(claims.credentialSubject['statusPurpose']).toBe(purpose)
  const encoded = claims.credentialSubject['encodedList'] ?? ''
  expect(encoded[0]).toBe('u')
  const buffer = await Bitstring.decodeBits({ encoded: encoded.slice(1) })
  return new Bitstring({ buffer }).get(Number(entry?.['statusListIndex']))
}

describe('a badge is verified by an independent implementation', () => {
  test('in the layout of 1.1 wholly, in that of 2.0 by signature, issuer and time', async () => {
    const old = await independent(await tokenOf(number, '1.1'))
    expect(old.verified).toBe(true)
    expect(old.verifiableCredential.credentialSubject).toMatchObject({ number, name: '株式会社山田製作所' })
    expect(old.verifiableCredential.type).toEqual(['VerifiableCredential', 'SelfDeclarationBadge'])
    const token = await tokenOf()
    const fresh = await independent(token, now, false)
    expect(fresh.verified).toBe(true)
    expect(fresh.issuer).toBe('did:web:touroku.example.jp')
    expect(fresh.signer.id).toBe(`did:web:touroku.example.jp#${decodeProtectedHeader(token).kid}`)
  })

  test('which refuses it changed, too old, or from another host', async () => {
    const token = await tokenOf()
    const forged = withClaims(token, { id: 'https://example.com' })
    await expect(independent(forged, now, false)).rejects.toThrow(/invalid_signature/)
    await expect(independent(token, now + 401 * day, false)).rejects.toThrow(/expired/)
    const elsewhere = makeBadges({ pool: db.store.app, seal: seal(), baseUrl: 'https://example.com' })
    const foreign = (await elsewhere.credential(number, { now, model: '2.0' })) ?? ''
    await expect(independent(foreign, now, false)).rejects.toThrow(/resolve/i)
  })
})

describe('the credential', () => {
  test('has the layout of Verifiable Credentials 2.0 and of nothing more', async () => {
    const token = await tokenOf()
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'ES256', typ: 'vc+jwt', kid: expect.any(String) })
    const entry = `${baseUrl}/registry/entries/${number}`
    const claims = decodeJwt<Record<string, unknown>>(token)
    expect(claims).toEqual({
      '@context': ['https://www.w3.org/ns/credentials/v2', { '@vocab': `${baseUrl}/verify#` }],
      id: `${baseUrl}/badges/${number}/credential`,
      type: ['VerifiableCredential', 'SelfDeclarationBadge'],
      issuer: { id: 'did:web:touroku.example.jp', name: '大阪みなと商工会の登録簿' },
      validFrom: '2026-11-25T00:00:00+09:00',
      validUntil: '2027-12-30T00:00:00+09:00',
      credentialSubject: {
        id: entry,
        type: 'SelfDeclaration',
        register: { code: 'OSK', name: '大阪みなと商工会の登録簿' },
        number,
        name: '株式会社山田製作所',
        corporateNumber: '1234567890123',
        level: 'SA2',
        edition: 'jou6',
        declaredOn: '2026-11-20',
        entry,
        statement: {
          ja: '株式会社山田製作所は、SECURITY ACTION 二つ星を自己宣言しています。これは自社による宣言であり、認証・認定ではありません。',
          en: expect.stringContaining("company's own declaration, not a certification"),
        },
      },
      credentialStatus: [
        expect.objectContaining({ type: 'BitstringStatusListEntry', statusPurpose: 'revocation' }),
        expect.objectContaining({ type: 'BitstringStatusListEntry', statusPurpose: 'suspension' }),
      ],
      iss: 'did:web:touroku.example.jp',
      sub: entry,
      jti: `${baseUrl}/badges/${number}/credential`,
      iat: Date.parse('2026-11-25T00:00:00+09:00') / 1000,
      exp: Date.parse('2027-12-30T00:00:00+09:00') / 1000,
    })
    expect(token.length).toBeLessThan(3_000)
  })

  test('leaves out what a sole proprietor has not', async () => {
    const store = await enter(db, { name: '佐藤商店', corporateNumber: undefined, soleProprietor: true })
    const claims = decodeJwt<{ credentialSubject: object }>(await tokenOf(store))
    expect(claims.credentialSubject).not.toHaveProperty('corporateNumber')
    expect(await badges.checkToken(await tokenOf(store), now)).toMatchObject({ same: { good: true } })
  })

  test('is signed once a day, and anew by itself on the next', async () => {
    const first = await tokenOf(number, '2.0', now)
    expect(await tokenOf(number, '2.0', now + hour)).toBe(first)
    const next = await tokenOf(number, '2.0', now + day)
    expect(decodeJwt(next).exp).toBe((decodeJwt(first).exp ?? 0) + day / 1000)
  })

  test('of a number that nobody has is not there', async () => {
    for (const wrong of ['OSK-00000000X', '../../etc', '', 'みまもり'])
      await expect(badges.credential(wrong, { now, model: '2.0' })).rejects.toMatchObject({
        code: 'NOT_FOUND',
      })
  })
})

const allGood = { signature: { good: true }, standing: { good: true }, same: { good: true } }

describe('when a declaration does not go on', () => {
  test('a suspension shows in the list, the check and the picture, and ends with the resumption', async () => {
    const entry = await enter(db, { name: '丸八運送株式会社' })
    const token = await tokenOf(entry)
    expect(await bit('suspension', token)).toBe(false)
    await setStatus(entry, 'suspended')
    expect(await bit('suspension', token, now + minute)).toBe(true)
    expect(await bit('revocation', token, now + minute)).toBe(false)
    expect(await badges.check(token, now)).toMatchObject({
      signature: { good: true },
      standing: { good: false, why: 'suspended', since: now },
    })
    expect(await tokenOf(entry)).toBe('')
    const { body } = await badges.picture(entry, { now, lang: 'ja' })
    expect(body).toContain('一時停止')
    expect(body).not.toContain('eyJ')
    await setStatus(entry, 'active', now + hour)
    expect(await bit('suspension', token, now + hour)).toBe(false)
    expect(await badges.check(token, now + hour)).toMatchObject(allGood)
  })

  test('an end shows for good, in the badge of nobody else', async () => {
    const entry = await enter(db, { name: '株式会社大川商店' })
    const token = await tokenOf(entry)
    const before = await badges.picture(entry, { now, lang: 'ja' })
    await setStatus(entry, 'stopped')
    expect(await bit('revocation', token, now + 2 * minute)).toBe(true)
    expect(await bit('suspension', token, now + 2 * minute)).toBe(false)
    expect(await bit('revocation', await tokenOf(), now + 2 * minute)).toBe(false)
    expect(await badges.check(token, now)).toMatchObject({ standing: { good: false, why: 'stopped' } })
    const after = await badges.picture(entry, { now, lang: 'ja' })
    expect(after.body).toContain('終わりました')
    expect(after.body).not.toContain('自己宣言 二つ星')
    expect(after.tag).not.toBe(before.tag)
  })

  test('there is no list but those that badges point to', async () => {
    for (const name of ['suspension-2', 'suspension-0', 'other-1', '../x'])
      await expect(badges.statusList(name, now)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('when the key changes', () => {
  test('a badge of before is still right, also for others, and new ones carry the new key', async () => {
    const entry = await enter(db)
    const before = await tokenOf(entry)
    const kid = await seal().rotate(now)
    const after = await tokenOf(entry)
    expect(decodeProtectedHeader(after).kid).toBe(kid)
    expect(decodeProtectedHeader(before).kid).not.toBe(kid)
    for (const token of [before, after]) {
      expect(await badges.check(token, now)).toMatchObject(allGood)
      expect((await independent(token, now, false)).verified).toBe(true)
    }
  })

  test('what a stolen key signed is refused, by others too, and the badge is signed anew', async () => {
    const entry = await enter(db)
    const stolen = await tokenOf(entry)
    await seal().distrust(decodeProtectedHeader(stolen).kid ?? '', now)
    expect((await badges.check(stolen, now)).signature).toEqual({ good: false, why: 'unknown-key' })
    await expect(independent(stolen, now, false)).rejects.toThrow(/invalid_signature|no_suitable_keys/)
    expect(await badges.check(await tokenOf(entry), now)).toMatchObject(allGood)
  })
})
