import { createHash } from 'node:crypto'

/** What is kept of a sensor's token: SHA-256 of its UTF-8. A token has 192 random bits, so no salt is needed. */
export function tokenHash(token: string): Buffer {
  return createHash('sha256').update(token, 'utf8').digest()
}

/** The first characters, to tell tokens apart on a page without showing them. */
export function tokenHint(token: string): string {
  return token.slice(0, 6)
}

const longestToken = 200

/**
 * The token of an `Authorization` header: `Bearer TOKEN`, or `Basic` with the token as the password (any user name, for
 * senders that know nothing else). Undefined where there is none.
 */
export function tokenOf(authorization: string | undefined): string | undefined {
  const found = /^(bearer|basic) +(\S+) *$/i.exec(authorization ?? '')
  const [, scheme, given] = found ?? []
  if (scheme === undefined || given === undefined || given.length > 4 * longestToken) return undefined
  const text = scheme.toLowerCase() === 'bearer' ? given : Buffer.from(given, 'base64').toString('utf8')
  const token = scheme.toLowerCase() === 'bearer' ? text : text.slice(text.indexOf(':') + 1)
  return token.length > 0 && token.length <= longestToken ? token : undefined
}
