import { decodePage } from './charset.ts'
import { readHtml, tidyLines } from './html.ts'
import { readPdf } from './pdf.ts'

const markup = new Set(['text/html', 'application/xhtml+xml', ''])

/** Servers often send a PDF without its type. */
const isPdf = (bytes: Uint8Array, type: string): boolean =>
  type === 'application/pdf' || Buffer.from(bytes.subarray(0, 5)).toString('latin1') === '%PDF-'

/**
 * The text of a page in one writing (NFKC: ㈱ becomes (株), full-width letters narrow ones), a line for each block; undefined
 * where a program can read none: a picture, a scan, a PDF that is locked or broken. Throws VisitError: timeout.
 */
export async function textOf(
  bytes: Uint8Array,
  contentType: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const type = (contentType.split(';')[0] ?? '').trim().toLowerCase()
  if (isPdf(bytes, type)) {
    const text = tidyLines(((await readPdf(bytes, signal)) ?? '').normalize('NFKC'))
    return text === '' ? undefined : text
  }
  if (markup.has(type)) return readHtml(decodePage(bytes, contentType)).normalize('NFKC')
  if (type === 'text/plain') return tidyLines(decodePage(bytes, contentType).normalize('NFKC'))
  return undefined
}
