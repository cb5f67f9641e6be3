import { bytesOf, literal } from '../value.ts'
import { eachValue, type Modifier } from './modifier.ts'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Encodes bytes as Base64 with padding (RFC 4648, section 4). */
export function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const [a = 0, b = 0, c = 0] = bytes.subarray(i, i + 3)
    const four = [a >> 2, ((a & 3) << 4) | (b >> 4), ((b & 15) << 2) | (c >> 6), c & 63]
    text += four.map((six) => alphabet.charAt(six)).join('')
  }
  const short = (3 - (bytes.length % 3)) % 3
  return text.slice(0, text.length - short) + '='.repeat(short)
}

/** The value encoded as Base64. */
export const base64: Modifier = (draft, word) =>
  eachValue(draft, (value) => [literal(toBase64(bytesOf(value, word, draft.path)))])
