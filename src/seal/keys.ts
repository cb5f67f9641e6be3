import { generateKeyPairSync } from 'node:crypto'
import { calculateJwkThumbprint, exportJWK, type JWK } from 'jose'
import type { Instant } from '../base/time.ts'
import { moment, type Pool, type Tx, withoutScope } from '../store/index.ts'
import { close, open } from './lock-box.ts'

/** The key that signs, opened. The private half leaves this folder never. */
export type SigningKey = { readonly kid: string; readonly pkcs8: Buffer }

type Row = { kid: string; sealed: Buffer }

/** Two processes that both miss a key wait for each other here, so that only one makes it. */
const alone = (tx: Tx) => tx.run("select pg_advisory_xact_lock(hashtext('signing_key'))")

async function inUse(tx: Tx): Promise<Row | undefined> {
  return tx.one<Row>('select kid, sealed from signing_key where retired_at is null')
}

function opened(row: Row | undefined, secret: string): SigningKey | undefined {
  if (!row) return undefined
  const pkcs8 = open(row.sealed, { secret, kid: row.kid })
  return pkcs8 && { kid: row.kid, pkcs8 }
}

async function makeKey(tx: Tx, secret: string, now: Instant): Promise<SigningKey> {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const jwk = await exportJWK(pair.publicKey)
  // RFC 7638: the id follows from the key, so it names this key in every installation.
  const kid = await calculateJwkThumbprint(jwk)
  const pkcs8 = pair.privateKey.export({ format: 'der', type: 'pkcs8' })
  await tx.run('update signing_key set retired_at = $1 where retired_at is null', [moment(now)])
  await tx.run('insert into signing_key (kid, public_jwk, sealed, made_at) values ($1, $2, $3, $4)', [
    kid,
    JSON.stringify(jwk),
    close(pkcs8, { secret, kid }),
    moment(now),
  ])
  return { kid, pkcs8 }
}

/**
 * The key in use. The first one is made on first use; so is a new one when the one in use was closed under another secret
 * (the database was restored beside another installation's secret): its public half stays.
 */
export async function keyInUse(pool: Pool, secret: string, now: Instant): Promise<SigningKey> {
  const key = opened(await withoutScope(pool, inUse), secret)
  if (key) return key
  return withoutScope(pool, async (tx) => {
    await alone(tx)
    return opened(await inUse(tx), secret) ?? makeKey(tx, secret, now)
  })
}

/** Retires the key in use and makes the next. */
export async function nextKey(pool: Pool, secret: string, now: Instant): Promise<string> {
  return withoutScope(pool, async (tx) => {
    await alone(tx)
    return (await makeKey(tx, secret, now)).kid
  })
}

/** Marks a key as no longer believed; when it was in use, the next is made. */
export async function distrustKey(
  pool: Pool,
  secret: string,
  of: { readonly kid: string; readonly now: Instant },
): Promise<boolean> {
  return withoutScope(pool, async (tx) => {
    await alone(tx)
    const found = await tx.run(
      'update signing_key set distrusted_at = $2 where kid = $1 and distrusted_at is null',
      [of.kid, moment(of.now)],
    )
    if ((await inUse(tx))?.kid === of.kid) await makeKey(tx, secret, of.now)
    return found === 1
  })
}

/** One public key that is still believed. */
export async function publicKey(pool: Pool, kid: string): Promise<JWK | undefined> {
  const row = await withoutScope(pool, (tx) =>
    tx.one<{ public_jwk: JWK }>(
      'select public_jwk from signing_key where kid = $1 and distrusted_at is null',
      [kid],
    ),
  )
  return row?.public_jwk
}

/** All public keys that are still believed, the newest first. */
export async function publicKeys(pool: Pool): Promise<readonly { kid: string; jwk: JWK }[]> {
  return withoutScope(pool, (tx) =>
    tx.rows<{ kid: string; jwk: JWK }>(
      `select kid, public_jwk as jwk from signing_key where distrusted_at is null
       order by retired_at is not null, made_at desc, kid`,
    ),
  )
}
