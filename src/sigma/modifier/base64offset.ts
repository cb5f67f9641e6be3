import { bytesOf, literal } from '../value.ts'
import { toBase64 } from './base64.ts'
import { eachValue, type Modifier } from './modifier.ts'

/** Characters at the start that the filler before the value decides, by number of filler bytes. */
const spoiltAtStart = [0, 2, 3]
/** Characters at the end that what follows decides, by total length modulo 3. */
const spoiltAtEnd = [0, 3, 2]

function atOffset(bytes: Uint8Array, offset: number): string {
  const shifted = new Uint8Array(offset + bytes.length)
  shifted.set(bytes, offset)
  const text = toBase64(shifted)
  return text.slice(spoiltAtStart[offset], text.length - (spoiltAtEnd[shifted.length % 3] ?? 0))
}

/** The three ways in which the value can stand inside a longer Base64 text. Lengths are counted in bytes. */
export const base64offset: Modifier = (draft, word) =>
  eachValue(draft, (value) => {
    const bytes = bytesOf(value, word, draft.path)
    return [0, 1, 2].map((offset) => literal(atOffset(bytes, offset)))
  })
