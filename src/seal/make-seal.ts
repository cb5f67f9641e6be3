import { createPrivateKey } from 'node:crypto'
import { decodeProtectedHeader, errors, importJWK, jwtVerify, SignJWT } from 'jose'
import { type Instant, second } from '../base/time.ts'
import type { Pool } from '../store/index.ts'
import { distrustKey, keyInUse, nextKey, publicKey, publicKeys } from './keys.ts'
import type { Claims, SealKeeper, Verified } from './seal.ts'

/** The only algorithm; what a text says about itself never chooses another. */
const algorithm = 'ES256'

/** A signed status list of 131,072 bits takes 22 KiB at most; longer texts are not even read. */
const longest = 100_000

const seconds = (at: Instant): number => Math.floor(at / second)

function refusalOf(thrown: unknown): Verified {
  const why = (code: Extract<Verified, { ok: false }>['why']): Verified => ({ ok: false, why: code })
  if (thrown instanceof errors.JWTExpired) return why('expired')
  if (thrown instanceof errors.JWTClaimValidationFailed) {
    if (thrown.claim === 'typ') return why('other-kind')
    return why(thrown.claim === 'nbf' && thrown.reason === 'check_failed' ? 'expired' : 'malformed')
  }
  if (thrown instanceof errors.JWSSignatureVerificationFailed) return why('bad-signature')
  if (thrown instanceof errors.JOSEAlgNotAllowed) return why('bad-signature')
  if (thrown instanceof errors.JOSEError) return why('malformed')
  throw thrown
}

/** What a text claims about itself before anything of it is believed. */
function claimedHeader(token: string): { alg?: string; typ?: string; kid?: string } | undefined {
  if (token.length > longest) return undefined
  try {
    const { alg, typ, kid } = decodeProtectedHeader(token)
    return { ...(alg && { alg }), ...(typ && { typ }), ...(typeof kid === 'string' && { kid }) }
  } catch {
    return undefined
  }
}

async function verify(
  pool: Pool,
  token: string,
  how: { readonly typ: string; readonly now: Instant },
): Promise<Verified> {
  const header = claimedHeader(token)
  if (!header) return { ok: false, why: 'malformed' }
  if (header.typ !== how.typ) return { ok: false, why: 'other-kind' }
  if (header.alg !== algorithm) return { ok: false, why: 'bad-signature' }
  const jwk = header.kid === undefined ? undefined : await publicKey(pool, header.kid)
  if (!jwk || header.kid === undefined) return { ok: false, why: 'unknown-key' }
  try {
    const { payload } = await jwtVerify(token, await importJWK(jwk, algorithm), {
      algorithms: [algorithm],
      typ: how.typ,
      currentDate: new Date(how.now),
    })
    return { ok: true, claims: payload, kid: header.kid }
  } catch (thrown) {
    return refusalOf(thrown)
  }
}

/**
 * The signing keys in the database of an installation, their private halves closed under its secret. Which key is in use
 * is asked each time, so a change made by another process holds at once.
 */
export function makeSeal(of: { readonly pool: Pool; readonly secret: string }): SealKeeper {
  const { pool, secret } = of
  return {
    sign: async (claims: Claims, how) => {
      const { kid, pkcs8 } = await keyInUse(pool, secret, how.now)
      const token = new SignJWT({ ...claims })
        .setProtectedHeader({ alg: algorithm, typ: how.typ, kid })
        .setIssuedAt(seconds(how.now))
      if (how.expiresAt !== undefined) token.setExpirationTime(seconds(how.expiresAt))
      return token.sign(createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' }))
    },
    verify: (token, how) => verify(pool, token, how),
    publicKeys: async () => ({
      keys: (await publicKeys(pool)).map(({ kid, jwk }) => ({ ...jwk, kid, alg: algorithm, use: 'sig' })),
    }),
    rotate: (now) => nextKey(pool, secret, now),
    distrust: (kid, now) => distrustKey(pool, secret, { kid, now }),
  }
}
