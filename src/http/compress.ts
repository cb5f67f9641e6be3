import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

const gzipped = promisify(gzip)
const brotlied = promisify(brotliCompress)

export type Encoding = 'br' | 'gzip'

/** Below this the frame of the packing eats what it saves. */
const worthIt = 1_024

/** The packing that the reader takes, the better first. */
export function acceptedEncoding(header: string | undefined): Encoding | undefined {
  const taken = new Set(
    (header ?? '')
      .split(',')
      .filter((part) => !/;\s*q=0(\.0*)?\s*$/.test(part))
      .map((part) => part.split(';')[0]?.trim().toLowerCase()),
  )
  if (taken.has('br')) return 'br'
  return taken.has('gzip') || taken.has('*') ? 'gzip' : undefined
}

/** Packs an answer for this reader; small ones go as they are. `thorough` packs everything: it is for what is kept. */
export async function pack(
  body: Buffer,
  encoding: Encoding | undefined,
  thorough = false,
): Promise<{ body: Buffer; encoding?: Encoding }> {
  if (encoding === undefined || (body.length < worthIt && !thorough)) return { body }
  const packed =
    encoding === 'gzip'
      ? await gzipped(body, { level: thorough ? 9 : 6 })
      : await brotlied(body, { params: { [constants.BROTLI_PARAM_QUALITY]: thorough ? 11 : 4 } })
  return { body: packed, encoding }
}
