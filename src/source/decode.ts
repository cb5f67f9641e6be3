import { isUtf8 } from 'node:buffer'
import { storable } from './text.ts'

/** How the bytes of a line were read. `latin1` marks bytes of no known encoding: the text is a stand-in. */
export type Charset = 'utf-8' | 'shift_jis' | 'euc-jp' | 'latin1'

export type Decoded = {
  readonly text: string
  /** False where a character had to be replaced (NUL), so that the text alone no longer tells what was sent. */
  readonly lossless: boolean
  readonly charset: Charset
}

const shiftJis = new TextDecoder('shift_jis', { fatal: true })
const eucJp = new TextDecoder('euc-jp', { fatal: true })

/**
 * Bytes of one line → text that PostgreSQL can store. UTF-8 strictly; else Shift_JIS, the usual one of Japanese
 * devices; else EUC-JP; else Latin-1, marked as such. Never throws.
 */
export function decode(bytes: Uint8Array): Decoded {
  if (isUtf8(bytes)) return decoded(buffer(bytes).toString('utf8'), 'utf-8')
  const sjis = strictly(shiftJis, bytes)
  const euc = sjis === undefined || halfKana.test(sjis) ? strictly(eucJp, bytes) : undefined
  if (sjis !== undefined && !(euc !== undefined && looksLikeEuc(sjis, euc))) return decoded(sjis, 'shift_jis')
  if (euc !== undefined) return decoded(euc, 'euc-jp')
  return decoded(buffer(bytes).toString('latin1'), 'latin1')
}

const halfKana = /[\uff61-\uff9f]/
const fullKana = /[\u3041-\u3096\u30a1-\u30fa]/

/**
 * Nearly all EUC-JP is also valid Shift_JIS, read as half-width kana. Japanese sentences hold full-width kana: where
 * only the EUC-JP reading has any, it is the right one.
 */
function looksLikeEuc(sjis: string, euc: string): boolean {
  return fullKana.test(euc) && !fullKana.test(sjis)
}

function decoded(text: string, charset: Charset): Decoded {
  const stored = storable(text)
  return { text: stored, lossless: stored === text, charset }
}

function strictly(decoder: TextDecoder, bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes)
  } catch {
    return undefined
  }
}

function buffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
