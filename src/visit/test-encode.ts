/** Japanese text in the encodings of old pages, made by turning the decoder round; for tests. */
export type JapaneseEncoding = 'utf-8' | 'shift_jis' | 'euc-jp' | 'iso-2022-jp'

const tables = new Map<string, ReadonlyMap<string, readonly number[]>>()

function tableOf(name: 'shift_jis' | 'euc-jp'): ReadonlyMap<string, readonly number[]> {
  const known = tables.get(name)
  if (known !== undefined) return known
  const decoder = new TextDecoder(name)
  const table = new Map<string, readonly number[]>()
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      const sign = decoder.decode(Uint8Array.of(lead, trail))
      if ([...sign].length === 1 && sign !== '\ufffd' && !table.has(sign)) table.set(sign, [lead, trail])
    }
  }
  tables.set(name, table)
  return table
}

function bytesOf(sign: string, name: 'shift_jis' | 'euc-jp'): readonly number[] {
  const code = sign.codePointAt(0) ?? 0
  if (code < 0x80) return [code]
  const found = tableOf(name).get(sign)
  if (found === undefined) throw new Error(`${sign} is not in ${name}`)
  return found
}

function iso2022jp(text: string): number[] {
  const bytes: number[] = []
  let wide = false
  for (const sign of text) {
    const found = bytesOf(sign, 'euc-jp')
    if (wide !== found.length > 1) bytes.push(0x1b, ...(wide ? [0x28, 0x42] : [0x24, 0x42]))
    wide = found.length > 1
    bytes.push(...found.map((byte) => byte & 0x7f))
  }
  return wide ? [...bytes, 0x1b, 0x28, 0x42] : bytes
}

/** The bytes of a text. */
export function encode(text: string, name: JapaneseEncoding): Uint8Array {
  if (name === 'utf-8') return new TextEncoder().encode(text)
  if (name === 'iso-2022-jp') return Uint8Array.from(iso2022jp(text))
  return Uint8Array.from([...text].flatMap((sign) => bytesOf(sign, name)))
}
