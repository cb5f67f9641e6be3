import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

/**
 * Keeps private keys closed under the secret of the installation: AES-256-GCM (NIST SP 800-38D) with a key of its own
 * per signing key, derived by HKDF-SHA-256 (RFC 5869). A copy of the database alone opens nothing.
 */
const purpose = 'mimamori signing key 1'
const nonceBytes = 12
const tagBytes = 16

function keyOf(secret: string, kid: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, kid, purpose, 32))
}

/** Nonce, tag and cipher text in one. The id of the key is bound in: moved to another row it does not open. */
export function close(plain: Uint8Array, of: { readonly secret: string; readonly kid: string }): Buffer {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', keyOf(of.secret, of.kid), nonce)
  cipher.setAAD(Buffer.from(of.kid))
  const text = Buffer.concat([cipher.update(plain), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), text])
}

/** The content, or undefined when it was closed under another secret, for another key, or was changed. */
export function open(
  closed: Buffer,
  of: { readonly secret: string; readonly kid: string },
): Buffer | undefined {
  if (closed.length <= nonceBytes + tagBytes) return undefined
  const nonce = closed.subarray(0, nonceBytes)
  const decipher = createDecipheriv('aes-256-gcm', keyOf(of.secret, of.kid), nonce, {
    authTagLength: tagBytes,
  })
  decipher.setAAD(Buffer.from(of.kid))
  decipher.setAuthTag(closed.subarray(nonceBytes, nonceBytes + tagBytes))
  try {
    return Buffer.concat([decipher.update(closed.subarray(nonceBytes + tagBytes)), decipher.final()])
  } catch {
    return undefined
  }
}
