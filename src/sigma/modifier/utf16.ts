import { plainOf } from '../value.ts'
import { eachValue, type Modifier } from './modifier.ts'

type Order = { readonly littleEndian: boolean; readonly mark: boolean }

function encode(text: string, order: Order): Uint8Array {
  const marked = order.mark ? `\ufeff${text}` : text
  const bytes = new Uint8Array(marked.length * 2)
  const view = new DataView(bytes.buffer)
  for (let i = 0; i < marked.length; i++) view.setUint16(i * 2, marked.charCodeAt(i), order.littleEndian)
  return bytes
}

/** What `wide`, `utf16le`, `utf16be` and `utf16` share: the text becomes bytes, two for each UTF-16 unit. */
export function utf16With(order: Order): Modifier {
  return (draft, word) =>
    eachValue(draft, (value) => [{ kind: 'bytes', bytes: encode(plainOf(value, word, draft.path), order) }])
}

/** UTF-16 with a byte order mark: FF FE, then little endian. */
export const utf16: Modifier = utf16With({ littleEndian: true, mark: true })
