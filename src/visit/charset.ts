/** Names that pages use and the Encoding Standard does not know. */
const otherNames: Readonly<Record<string, string>> = {
  cp932: 'shift_jis',
  ms932: 'shift_jis',
  'shift-jisx0213': 'shift_jis',
  eucjp: 'euc-jp',
  'eucjp-win': 'euc-jp',
  'eucjp-ms': 'euc-jp',
  ujis: 'euc-jp',
  cp51932: 'euc-jp',
  jis: 'iso-2022-jp',
  'iso-2022-jp-ms': 'iso-2022-jp',
  utf8: 'utf-8',
}

function decoderOf(name: string | undefined, fatal = false): TextDecoder | undefined {
  if (name === undefined) return undefined
  const wanted = name.trim().toLowerCase()
  try {
    return new TextDecoder(otherNames[wanted] ?? wanted, { fatal })
  } catch {
    return undefined
  }
}

function bomOf(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  return bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : undefined
}

/** `text/html; charset="Shift_JIS"` → `Shift_JIS`. */
function ofHeader(contentType: string): string | undefined {
  return /charset\s*=\s*["']?([\w.:-]{1,40})/i.exec(contentType)?.[1]
}

/** Where a page names its encoding: in both ways of writing a meta element, or as XML, within its first 4 KiB. */
function ofMeta(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 4_096)).toString('latin1')
  const named =
    /<meta\b[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]{1,40})/i.exec(head)?.[1] ??
    /^\s*<\?xml[^>]{0,200}encoding\s*=\s*["']([\w.:-]{1,40})/i.exec(head)?.[1]
  // A page whose meta element could be read byte by byte is not in UTF-16, whatever it says (Encoding Standard).
  return named !== undefined && /^utf-?16/i.test(named) ? 'utf-8' : named
}

/** Says nothing of itself: ISO-2022-JP switches by escapes; of the others take the first that fits without a flaw. */
function guess(bytes: Uint8Array): string {
  const start = bytes.subarray(0, 65_536)
  if (start.includes(0x1b) && start.every((byte) => byte < 0x80)) return 'iso-2022-jp'
  const fits = ['utf-8', 'euc-jp', 'shift_jis'].find((name) => {
    try {
      decoderOf(name, true)?.decode(bytes)
      return true
    } catch {
      return false
    }
  })
  return fits ?? 'utf-8'
}

/**
 * The text of a page as browsers read it: byte order mark, then the charset of the header, then that of the page, then what
 * fits. A wrong label is followed, since the reader sees the same garbled page.
 */
export function decodePage(bytes: Uint8Array, contentType: string): string {
  const named = [bomOf(bytes), ofHeader(contentType), ofMeta(bytes)]
  const decoder = named.map((name) => decoderOf(name)).find((each) => each !== undefined)
  return (decoder ?? decoderOf(guess(bytes)) ?? new TextDecoder()).decode(bytes)
}
