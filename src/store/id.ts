import { randomBytes, randomUUID } from 'node:crypto'

/** A new id: random, so that nobody can guess a neighbour's. */
export function newId(): string {
  return randomUUID()
}

/** A secret for a token or a link: 192 random bits, URL-safe. */
export function newSecret(): string {
  return randomBytes(24).toString('base64url')
}
