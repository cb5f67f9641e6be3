import { base64url, decodeJwt, generateKeyPair, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { day } from '../base/time.ts'
import { changeEntryDetails, findEntry } from '../registry/index.ts'
import { makeSeal } from '../seal/index.ts'
import { withoutScope } from '../store/index.ts'
import { type TestDatabase, testDatabase } from '../store/test-database.ts'
import { issuerOf } from './issuer.ts'
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

const allGood = { signature: { good: true }, standing: { good: true }, same: { good: true } }

describe('the check of a badge', () => {
  test('finds all three right, in the token, in a link and in the picture', async () => {
    const token = await tokenOf()
    const { body } = await badges.picture(number, { now, lang: 'ja' })
    const broken = token.replaceAll(/.{70}/g, '$&\r\n')
    for (const text of [
      token,
      await tokenOf(number, '1.1'),
      ` "${token}" `,
      broken,
      body,
      `${baseUrl}/verify?credential=${token}`,
    ])
      expect(await badges.check(text, now)).toMatchObject({ ...allGood, said: { number }, entry: { number } })
  })

  test('knows a number, however it is typed, and a link to the entry', async () => {
    for (const text of [
      number,
      number.toLowerCase().replace('-', ' '),
      number.slice(4),
      `${baseUrl}/registry/entries/${number}`,
      `${baseUrl}/badges/${number}.svg?lang=en`,
    ]) {
      const checked = await badges.check(text, now)
      expect(checked, text).toMatchObject({ asked: 'number', standing: { good: true }, entry: { number } })
      expect(checked.signature).toBeUndefined()
    }
    expect(await badges.check('OSK-00000000X', now)).toMatchObject({ asked: 'nothing' })
    expect(await badges.check('こんにちは', now)).toEqual({
      asked: 'nothing',
      at: now,
      registry: expect.anything(),
    })
  })

  test('hands on nothing of a forged one', async () => {
    const token = await tokenOf()
    const subject = decodeJwt<{ credentialSubject: object }>(token).credentialSubject
    const forged = withClaims(token, { credentialSubject: { ...subject, level: 'SA1', name: '偽物商事' } })
    const checked = await badges.check(forged, now)
    expect(checked.signature).toEqual({ good: false, why: 'bad-signature' })
    expect(JSON.stringify(checked)).not.toContain('偽物商事')
    expect(checked).not.toHaveProperty('standing')
    const header = base64url.encode(JSON.stringify({ alg: 'none', typ: 'vc+jwt' }))
    const unsigned = `${header}.${token.split('.')[1]}.`
    expect((await badges.check(unsigned, now)).signature).toMatchObject({ good: false })
  })

  test('names another register, and a key that is not ours', async () => {
    const { privateKey } = await generateKeyPair('ES256')
    const sign = (iss: string) =>
      new SignJWT({ iss })
        .setProtectedHeader({ alg: 'ES256', typ: 'vc+jwt', kid: 'x'.repeat(43) })
        .sign(privateKey)
    expect((await badges.check(await sign('did:web:example.com'), now)).signature).toEqual({
      good: false,
      why: 'other-register',
      issuer: 'did:web:example.com',
    })
    expect((await badges.check(await sign(issuerOf(baseUrl)), now)).signature).toEqual({
      good: false,
      why: 'unknown-key',
    })
  })

  test('takes nothing else that we sign for a badge', async () => {
    const list = (await badges.statusList('revocation-1', now)).body
    expect((await badges.check(list, now)).signature).toEqual({ good: false, why: 'other-kind' })
    const proof = await seal().sign({ iss: issuerOf(baseUrl) }, { typ: 'proof+jwt', now })
    expect((await badges.check(proof, now)).signature).toEqual({ good: false, why: 'other-kind' })
  })

  test('says of an old copy that it is old, and what holds now', async () => {
    const token = await tokenOf()
    const checked = await badges.check(token, now + 401 * day)
    expect(checked).toMatchObject({
      signature: { good: false, why: 'expired' },
      standing: { good: true },
      same: { good: true },
      said: { number },
    })
    expect(await badges.check(await tokenOf(number, '1.1'), now - 2 * day)).toMatchObject({
      signature: { good: false, why: 'early' },
    })
  })

  test('says what changed in the register since', async () => {
    const entry = await enter(db, { name: '有限会社港食品' })
    const token = await tokenOf(entry)
    await withoutScope(db.store.app, async (tx) => {
      const found = await findEntry(tx, entry)
      if (found) await changeEntryDetails(tx, { ...found, name: '株式会社港食品' }, { by: 'company', now })
    })
    expect(await badges.check(token, now)).toMatchObject({
      signature: { good: true },
      standing: { good: true },
      same: { good: false, changed: ['name'] },
    })
    expect(await badges.check(await tokenOf(entry), now)).toMatchObject(allGood)
  })
})
