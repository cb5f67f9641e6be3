/** One file of a form, as sent. */
export type UploadedFile = { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> }

/** What a form with a file brought: its texts and at most one file. */
export type Uploaded = { readonly fields: URLSearchParams; readonly file: UploadedFile | undefined }

/** More parts than a form of ours can have. */
const mostParts = 20
const mostHeader = 2_048

/**
 * Reads a whole `multipart/form-data` body (RFC 7578) with at most one file. Undefined where it is none, has more files, or
 * is broken. Texts are read as UTF-8, as our pages declare themselves.
 */
export function readMultipart(body: Uint8Array, contentType: string): Uploaded | undefined {
  const boundary = boundaryOf(contentType)
  if (boundary === undefined) return undefined
  const fields = new URLSearchParams()
  let file: UploadedFile | undefined
  const parts = splitParts(Buffer.from(body.buffer, body.byteOffset, body.length), boundary)
  if (parts === undefined) return undefined
  for (const part of parts) {
    const { name, filename } = dispositionOf(part.header)
    if (name === undefined) return undefined
    if (filename === undefined) fields.append(name, part.bytes.toString('utf8'))
    else if (filename !== '' || part.bytes.length > 0) {
      if (file) return undefined
      file = { name: filename, bytes: new Uint8Array(part.bytes) }
    }
  }
  return { fields, file }
}

function boundaryOf(contentType: string): string | undefined {
  if (!/^multipart\/form-data\s*;/i.test(contentType)) return undefined
  const found = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(contentType)
  return found?.[1] ?? found?.[2]
}

type Part = { readonly header: string; readonly bytes: Buffer }

function splitParts(body: Buffer, boundary: string): Part[] | undefined {
  const first = Buffer.from(`--${boundary}`)
  const next = Buffer.from(`\r\n--${boundary}`)
  if (!body.subarray(0, first.length).equals(first)) return undefined
  const parts: Part[] = []
  let at = first.length
  while (parts.length <= mostParts) {
    const after = body.toString('latin1', at, at + 2)
    if (after === '--') return parts
    const end = body.indexOf(next, at)
    const headerEnd = body.indexOf('\r\n\r\n', at)
    if (after !== '\r\n' || end < 0 || headerEnd < 0 || headerEnd > end || headerEnd - at > mostHeader)
      return undefined
    parts.push({ header: body.toString('utf8', at + 2, headerEnd), bytes: body.subarray(headerEnd + 4, end) })
    at = end + next.length
  }
  return undefined
}

/** Browsers write a quote in a name as %22 and a line break as %0D%0A (HTML, form submission); nothing else is escaped. */
const plain = (text: string | undefined): string | undefined =>
  text?.replaceAll('%22', '"').replaceAll('%0D', '\r').replaceAll('%0A', '\n')

function dispositionOf(header: string): { name: string | undefined; filename: string | undefined } {
  const line = header.split('\r\n').find((one) => /^content-disposition:\s*form-data\s*;/i.test(one)) ?? ''
  return {
    name: plain(/;\s*name="([^"]*)"/i.exec(line)?.[1]),
    filename: plain(/;\s*filename="([^"]*)"/i.exec(line)?.[1]),
  }
}
