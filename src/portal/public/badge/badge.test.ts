import { verifyCredential } from 'did-jwt-vc'
import { Resolver } from 'did-resolver'
import { decodeProtectedHeader, generateKeyPair, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { enter, openRegister, wednesday as now, withClaims } from '../../../badge/test-register.ts'
import { day } from '../../../base/time.ts'
import { route } from '../../../http/index.ts'
import { type TestServer, testServer } from '../../../http/test-server.ts'
import { changeEntryStatus, type EntryStatus, findEntry } from '../../../registry/index.ts'
import { makeSeal } from '../../../seal/index.ts'
import { withoutScope } from '../../../store/index.ts'
import { type TestDatabase, testDatabase } from '../../../store/test-database.ts'
import { BadgeAside, badgeFacts } from './aside.tsx'
import { badgeRoutes } from './routes.ts'

let db: TestDatabase
let server: TestServer
let later: TestServer
let number = ''
const baseUrl = 'http://localhost:8080'
const seal = () => makeSeal({ pool: db.store.app, secret: 'みなと' })

beforeAll(async () => {
  db = await testDatabase()
  const routes = badgeRoutes({ access: { baseUrl }, seal: seal() })
  server = await testServer({ routes, db: db.store.app, now })
  later = await testServer({ routes, db: db.store.app, now: now + 500 * day })
  await openRegister(db)
  number = await enter(db)
})
afterAll(async () => {
  await Promise.all([server.close(), later.close()])
  await db.drop()
})

const get = async (url: string) => server.inject(url)
const tokenOf = async (entry = number) => (await get(`/badges/${entry}/credential`)).body
const setStatus = (entry: string, status: EntryStatus) =>
  withoutScope(db.store.app, (tx) =>
    changeEntryStatus(tx, { number: entry, status }, { by: 'registry', now }),
  )
/** The page as it reads: without tags. */
const textOf = (html: string) => html.replaceAll(/<[^>]+>/g, '').replaceAll('&quot;', '"')
const verify = async (credential: string, on = server) => {
  const answer = await on.post('/verify', { credential })
  expect(answer.statusCode).toBe(200)
  return textOf(answer.body)
}

describe('what other sites fetch', () => {
  test('is verified from outside with nothing but what is served here', async () => {
    const web = async (did: string) => {
      const host = did.replace('did:web:', '').replaceAll('%3A', ':')
      expect(`http://${host}`).toBe(baseUrl)
      const didDocument = JSON.parse((await get('/.well-known/did.json')).body)
      return { didResolutionMetadata: {}, didDocument, didDocumentMetadata: {} }
    }
    // Its types come from another copy of did-resolver.
    const resolver = new Resolver({ web }) as never
    const old = (await get(`/badges/${number}/credential?as=jwt-1.1`)).body
    const policies = { now: now / 1000 }
    const verified = await verifyCredential(old, resolver, { policies })
    expect(verified.verifiableCredential.credentialSubject['number']).toBe(number)
    const fresh = await verifyCredential(await tokenOf(), resolver, {
      policies: { ...policies, format: false },
    })
    expect(fresh.verified).toBe(true)
  })

  test('may be kept some minutes and embedded anywhere', async () => {
    for (const [path, type] of [
      [`/badges/${number}`, 'image/svg+xml; charset=utf-8'],
      [`/badges/${number}.svg`, 'image/svg+xml; charset=utf-8'],
      [`/badges/${number}/credential`, 'application/vc+jwt'],
      [`/badges/${number}/credential?as=jwt-1.1`, 'application/jwt'],
      [`/badges/${number}/credential?as=json`, 'application/json; charset=utf-8'],
      ['/status-lists/suspension-1', 'application/vc+jwt'],
      ['/.well-known/jwks.json', 'application/json; charset=utf-8'],
      ['/.well-known/did.json', 'application/json; charset=utf-8'],
    ]) {
      const answer = await get(path ?? '')
      expect(answer.statusCode, path).toBe(200)
      expect(answer.headers).toMatchObject({
        'content-type': type,
        'cache-control': 'public, max-age=300',
        'access-control-allow-origin': '*',
        'cross-origin-resource-policy': 'cross-origin',
      })
      const again = await server.inject({
        url: path ?? '',
        headers: { 'if-none-match': answer.headers.etag ?? '' },
      })
      expect(again.statusCode, path).toBe(304)
    }
  })

  test('shows the claims to people who ask for JSON', async () => {
    const { credential, jwt } = JSON.parse((await get(`/badges/${number}/credential?as=json`)).body)
    expect(credential.credentialSubject.number).toBe(number)
    expect(jwt).toBe(await tokenOf())
  })

  test('is grey and without credential when the declaration has ended', async () => {
    const entry = await enter(db, { name: '株式会社大川商店' })
    const before = (await get(`/badges/${entry}.svg`)).headers.etag ?? ''
    await setStatus(entry, 'stopped')
    const after = await server.inject({ url: `/badges/${entry}.svg`, headers: { 'if-none-match': before } })
    expect(after.statusCode).toBe(200)
    expect(after.body).toContain('終わりました')
    expect((await get(`/badges/${entry}/credential`)).statusCode).toBe(410)
  })

  test('of what is not there is not there', async () => {
    for (const path of [
      '/badges/OSK-00000000X',
      '/badges/x/credential',
      '/status-lists/other-1',
      '/status-lists/suspension-9',
    ])
      expect((await get(path)).statusCode, path).toBe(404)
  })
})

describe('the page that checks a badge', () => {
  test('asks, and asks again when nothing was entered', async () => {
    expect((await get('/verify')).statusCode).toBe(200)
    const empty = await server.post('/verify', { credential: ' ' })
    expect(empty.statusCode).toBe(422)
    expect(empty.body).toContain('エラー：')
  })

  test('says yes to a credential, to a picture and to a link', async () => {
    const token = await tokenOf()
    const link = await get(`/verify?credential=${token}`)
    for (const page of [
      await verify(token),
      await verify((await get(`/badges/${number}.svg`)).body),
      textOf(link.body),
    ]) {
      expect(page).toContain('株式会社山田製作所は、二つ星を自己宣言しています。')
      for (const check of ['署名が正しい', '止められていない', 'この登録簿と同じ'])
        expect(page).toContain(check)
      expect(page).not.toContain('確かめていません')
      expect(page).toContain('今日14:32')
    }
    expect(link.body).not.toContain('<script')
    expect(link.body.length).toBeLessThan(60_000)
  })

  test('answers a number from the register, and says that no signature was looked at', async () => {
    const page = await verify(number.toLowerCase())
    expect(page).toContain('株式会社山田製作所は、二つ星を自己宣言しています。')
    expect(page).toContain('署名が正しい：確かめていません')
    expect(textOf((await get(`/verify?number=${number}`)).body)).toContain('株式会社山田製作所')
  })

  test('calls a changed one not genuine, and repeats nothing of it', async () => {
    const page = await verify(withClaims(await tokenOf(), { credentialSubject: { name: '偽物商事' } }))
    expect(page).toContain('このバッジは、本物ではありません。')
    expect(page).toContain('書き換えられています')
    expect(page).not.toContain('偽物商事')
  })

  test('tells an old copy from a forged one', async () => {
    const page = await verify(await tokenOf(), later)
    expect(page).toContain('この証明は、期限が過ぎています。')
    expect(page).toContain('署名は正しいものですが、2027年12月30日に期限が過ぎた古い写しです')
    expect(page).toContain('止められていない')
  })

  test('says what was stopped, and since when', async () => {
    const entry = await enter(db, { name: '丸八運送株式会社' })
    const token = await tokenOf(entry)
    await setStatus(entry, 'suspended')
    const paused = await verify(token)
    expect(paused).toContain('丸八運送株式会社の自己宣言は、一時停止しています。')
    expect(paused).toContain('一時停止している2026年11月25日から。登録簿が')
    await setStatus(entry, 'stopped')
    expect(await verify(token)).toContain('丸八運送株式会社の自己宣言は、終わっています。')
    expect(await verify(entry)).toContain('丸八運送株式会社の自己宣言は、終わっています。')
  })

  test('names another register, and leads nobody to its address', async () => {
    const { privateKey } = await generateKeyPair('ES256')
    const foreign = await new SignJWT({ iss: 'did:web:example.com' })
      .setProtectedHeader({ alg: 'ES256', typ: 'vc+jwt', kid: 'x'.repeat(43) })
      .sign(privateKey)
    const answer = await server.post('/verify', { credential: foreign })
    expect(textOf(answer.body)).toContain('この登録簿のバッジではありません。')
    expect(textOf(answer.body)).toContain('ほかの発行者（did:web:example.com）')
    expect(answer.body).not.toContain('href="https://example.com')
  })

  test('does not believe a key that was given up', async () => {
    const entry = await enter(db)
    const stolen = await tokenOf(entry)
    await seal().distrust(decodeProtectedHeader(stolen).kid ?? '', now)
    const page = await verify(stolen)
    expect(page).toContain('このバッジは、本物ではありません。')
    expect(page).toContain('使うのをやめた鍵')
  })

  test('says that it cannot read what is neither badge nor number', async () => {
    for (const text of ['こんにちは', 'eyJ', '<svg></svg>', 'OSK-00000000X', 'a'.repeat(100_000)])
      expect(await verify(text), text.slice(0, 20)).toContain('バッジや番号として読めませんでした。')
  })

  test('speaks English', async () => {
    const answer = await server.inject({
      url: `/verify?number=${number}`,
      headers: { cookie: 'mm-lang=en' },
    })
    expect(textOf(answer.body)).toContain('株式会社山田製作所 has self-declared two stars.')
  })
})

describe('the aside of an entry', () => {
  const aside = async (entry: string) => {
    const found = await withoutScope(db.store.app, (tx) => findEntry(tx, entry))
    if (!found) throw new Error('no such entry')
    const page = await testServer({
      routes: [
        route({
          method: 'GET',
          path: '/registry/entries/:entry',
          area: 'public',
          ids: { entry: 'entry' },
          handle: async (ctx) => {
            const facts = await badgeFacts(ctx, { access: { baseUrl }, seal: seal() }, found)
            return { page: BadgeAside({ ctx, facts }) }
          },
        }),
      ],
      db: db.store.app,
      now,
    })
    const { body } = await page.inject(`/registry/entries/${entry}`)
    await page.close()
    return body
  }

  test('shows picture, checks, the credential and what to paste', async () => {
    const html = await aside(await enter(db, { name: '"><b>港' }))
    expect(html).toMatch(/<img class="mm-badge-picture" src="\/badges\/OSK-\w+\.svg"/)
    for (const check of ['署名が正しい', '止められていない', 'この登録簿と同じ'])
      expect(html).toContain(check)
    expect(html).toMatch(/href="\/badges\/OSK-\w+\/credential\?as=json"/)
    expect(html).toContain('&lt;a href=&quot;http://localhost:8080/registry/entries/')
    expect(html).not.toContain('<b>')
  })

  test('offers nothing to paste once the declaration has ended', async () => {
    const entry = await enter(db)
    await setStatus(entry, 'stopped')
    const html = await aside(entry)
    expect(html).toContain('証明は出しません')
    expect(html).not.toContain('/credential')
    expect(html).not.toContain('<textarea')
  })
})
