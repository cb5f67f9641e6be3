import { isUtf8 } from 'node:buffer'
import type { Line } from '../event/index.ts'
import { decode } from '../source/index.ts'
import type { Frame } from './framing.ts'

/** A frame as a line: its text, and its bytes where these are not the UTF-8 of the text. */
export function toLine(frame: Frame): Line {
  const bytes = frame.truncated ? withoutTornCharacter(frame.bytes) : frame.bytes
  const { text, lossless, charset } = decode(bytes)
  if (lossless && charset === 'utf-8') return { raw: text, truncated: frame.truncated }
  // A copy: the frame may be a view on a whole body.
  return { raw: text, rawBytes: Buffer.from(bytes), truncated: frame.truncated }
}

/** A cut may go through a character of UTF-8, which is up to 4 bytes long; the text must not be taken for another code. */
function withoutTornCharacter(bytes: Buffer): Buffer {
  for (let torn = 0; torn <= 3 && torn < bytes.length; torn++) {
    const whole = bytes.subarray(0, bytes.length - torn)
    if (isUtf8(whole)) return whole
  }
  return bytes
}
