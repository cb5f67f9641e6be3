import { createHmac } from 'node:crypto'
import {
  base64url,
  decodeJwt,
  decodeProtectedHeader,
  importJWK,
  jwtVerify,
  SignJWT,
  UnsecuredJWT,
} from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { day, hour } from '../base/time.ts'
import { type TestDatabase, testDatabase } from '../store/test-database.ts'
import { makeSeal } from './make-seal.ts'

const now = Date.UTC(2026, 10, 25, 5, 32)
const typ = 'vc+jwt'
const secret = 'みなと情報サービスの秘密'

let db: TestDatabase
const sealOf = (words = secret) => makeSeal({ pool: db.store.app, secret: words })

beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.drop())
beforeEach(() => db.superuser.query('delete from signing_key'))

const kidOf = (token: string) => decodeProtectedHeader(token).kid
const kids = async () => (await sealOf().publicKeys()).keys.map((key) => key['kid'])

/** The token with one part put in another's place. */
function withPart(token: string, part: 0 | 1 | 2, text: string): string {
  return token
    .split('.')
    .map((old, at) => (at === part ? text : old))
    .join('.')
}
const json = (value: unknown) => base64url.encode(JSON.stringify(value))

describe('the first key', () => {
  test('is made when something is signed first, and shown to everybody without its private half', async () => {
    const seal = sealOf()
    expect(await seal.publicKeys()).toEqual({ keys: [] })
    const token = await seal.sign({ iss: 'did:web:example.jp' }, { typ, now })
    const { keys } = await seal.publicKeys()
    expect(keys).toEqual([
      {
        kty: 'EC',
        crv: 'P-256',
        x: expect.any(String),
        y: expect.any(String),
        kid: kidOf(token),
        alg: 'ES256',
        use: 'sig',
      },
    ])
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'ES256', typ, kid: keys[0]?.['kid'] })
    expect(decodeJwt(token)).toEqual({ iss: 'did:web:example.jp', iat: now / 1000 })
  })

  test('is one key also when many processes want it at once', async () => {
    const tokens = await Promise.all(Array.from({ length: 12 }, () => sealOf().sign({}, { typ, now })))
    expect(new Set(tokens.map(kidOf)).size).toBe(1)
    expect(await kids()).toHaveLength(1)
  })

  test('lies in the database closed: neither the key nor the secret can be read there', async () => {
    await sealOf().sign({}, { typ, now })
    const { rows } = await db.superuser.query<{ sealed: Buffer }>('select sealed from signing_key')
    const sealed = rows[0]?.sealed ?? Buffer.alloc(0)
    // The head of every P-256 private key in PKCS #8.
    const head = Buffer.from('308187020100301306072a8648ce3d020106082a8648ce3d030107', 'hex')
    expect(sealed.length).toBeGreaterThan(100)
    expect(sealed.includes(head)).toBe(false)
    expect(sealed.includes(Buffer.from(secret))).toBe(false)
  })
})

describe('a signed text', () => {
  test('is read back, and by anybody who has the public keys', async () => {
    const seal = sealOf()
    const token = await seal.sign({ sub: '山田製作所' }, { typ, now, expiresAt: now + day })
    const read = await seal.verify(token, { typ, now: now + hour })
    expect(read).toMatchObject({ ok: true, kid: kidOf(token), claims: { sub: '山田製作所' } })
    const jwk = (await seal.publicKeys()).keys[0] ?? {}
    const { payload } = await jwtVerify(token, await importJWK(jwk, 'ES256'), { currentDate: new Date(now) })
    expect(payload.sub).toBe('山田製作所')
  })

  const refuses = async (token: string, why: string, at = now) =>
    expect(await sealOf().verify(token, { typ, now: at })).toEqual({ ok: false, why })

  test('ends at its end, and begins at its beginning', async () => {
    const token = await sealOf().sign({ nbf: now / 1000 }, { typ, now, expiresAt: now + day })
    expect(await sealOf().verify(token, { typ, now: now + day - 1000 })).toMatchObject({ ok: true })
    await refuses(token, 'expired', now + day)
    await refuses(token, 'expired', now - 1000)
  })

  test('is refused when a single bit of any part was changed', async () => {
    const token = await sealOf().sign({ level: 'SA1' }, { typ, now })
    const [header = '', payload = '', signature = ''] = token.split('.')
    await refuses(withPart(token, 1, json({ level: 'SA2', iat: now / 1000 })), 'bad-signature')
    await refuses(withPart(token, 0, json({ ...decodeProtectedHeader(token), more: 1 })), 'bad-signature')
    const turned = base64url.decode(signature)
    turned[10] = (turned[10] ?? 0) ^ 1
    await refuses(withPart(token, 2, base64url.encode(turned)), 'bad-signature')
    await refuses(`${header}.${payload}.`, 'bad-signature')
    await refuses(withPart(token, 2, base64url.encode(new Uint8Array(64))), 'bad-signature')
  })

  test('cannot choose how it is checked: no "none", no HMAC with the public key, no other curve', async () => {
    const token = await sealOf().sign({ level: 'SA1' }, { typ, now })
    const { kid } = decodeProtectedHeader(token)
    await refuses(new UnsecuredJWT({ level: 'SA2' }).encode(), 'other-kind')
    await refuses(`${json({ alg: 'none', typ, kid })}.${json({ level: 'SA2' })}.`, 'bad-signature')
    const body = `${json({ alg: 'HS256', typ, kid })}.${json({ level: 'SA2' })}`
    const jwk = JSON.stringify((await sealOf().publicKeys()).keys[0])
    await refuses(`${body}.${createHmac('sha256', jwk).update(body).digest('base64url')}`, 'bad-signature')
    await refuses(withPart(token, 0, json({ alg: 'ES384', typ, kid })), 'bad-signature')
    await refuses(withPart(token, 0, json({ alg: 'ES256', typ, kid, crit: ['x'], x: 1 })), 'malformed')
  })

  test('names a key of ours, and is signed with just that one', async () => {
    const seal = sealOf()
    const old = await seal.sign({}, { typ, now })
    await seal.rotate(now)
    const fresh = await seal.sign({}, { typ, now })
    await refuses(withPart(fresh, 0, old.split('.')[0] ?? ''), 'bad-signature')
    await refuses(withPart(fresh, 0, json({ alg: 'ES256', typ, kid: 'x'.repeat(43) })), 'unknown-key')
    await refuses(withPart(fresh, 0, json({ alg: 'ES256', typ })), 'unknown-key')
    const stranger = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign'])
    const jwk = await crypto.subtle.exportKey('jwk', stranger.privateKey)
    const planted = new SignJWT({}).setProtectedHeader({ alg: 'ES256', typ, kid: kidOf(old) ?? '', jwk })
    await refuses(await planted.sign(stranger.privateKey), 'bad-signature')
  })

  test('of another kind is not taken for this one, and neither is anything that is no JWT', async () => {
    await refuses(await sealOf().sign({}, { typ: 'proof+jwt', now }), 'other-kind')
    for (const text of ['', 'a.b.c', '..', 'みまもり', '{"a":1}', 'e30.e30.e30', 'a'.repeat(200_000)])
      expect(await sealOf().verify(text, { typ, now })).toMatchObject({ ok: false })
    await refuses('a'.repeat(200_000), 'malformed')
  })
})

describe('when keys change', () => {
  test('the new key signs, in other processes too, and what the old one signed stays good', async () => {
    const seal = sealOf()
    const elsewhere = sealOf()
    const old = await elsewhere.sign({}, { typ, now })
    const kid = await seal.rotate(now + day)
    const fresh = await elsewhere.sign({}, { typ, now: now + day })
    expect(kidOf(fresh)).toBe(kid)
    for (const token of [old, fresh])
      expect(await seal.verify(token, { typ, now: now + day })).toMatchObject({ ok: true })
    expect(await kids()).toEqual([kid, kidOf(old)])
  })

  test('a key that somebody else may hold is believed no more, and replaced when it was in use', async () => {
    const seal = sealOf()
    const stolen = await seal.sign({}, { typ, now })
    expect(await seal.distrust(kidOf(stolen) ?? '', now + hour)).toBe(true)
    expect(await seal.verify(stolen, { typ, now: now + hour })).toEqual({ ok: false, why: 'unknown-key' })
    const fresh = await seal.sign({}, { typ, now: now + hour })
    expect(kidOf(fresh)).not.toBe(kidOf(stolen))
    expect(await kids()).toEqual([kidOf(fresh)])
    expect(await seal.distrust('nobody', now)).toBe(false)
  })

  test('beside another secret a new key is made, and the old public keys still serve', async () => {
    const before = await sealOf().sign({}, { typ, now })
    const restored = sealOf('別の場所の秘密')
    expect(await restored.verify(before, { typ, now })).toMatchObject({ ok: true })
    const after = await restored.sign({}, { typ, now: now + day })
    expect(kidOf(after)).not.toBe(kidOf(before))
    expect(await restored.verify(before, { typ, now: now + day })).toMatchObject({ ok: true })
    expect(await restored.verify(after, { typ, now: now + day })).toMatchObject({ ok: true })
  })

  test('a closed key put into another row opens nothing', async () => {
    const seal = sealOf()
    await seal.sign({}, { typ, now })
    const second = await seal.rotate(now)
    await db.superuser.query(
      `update signing_key set sealed = (select sealed from signing_key where kid <> $1) where kid = $1`,
      [second],
    )
    const token = await seal.sign({}, { typ, now })
    expect(kidOf(token)).not.toBe(second)
    expect(await seal.verify(token, { typ, now })).toMatchObject({ ok: true })
  })
})
