import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { visitError, whyOf } from './hop.ts'

function inflated(answer: IncomingMessage): Readable {
  const encoding = (answer.headers['content-encoding'] ?? 'identity').trim().toLowerCase()
  switch (encoding) {
    case 'identity':
    case '':
      return answer
    case 'gzip':
    case 'x-gzip':
      return join(answer, createGunzip())
    case 'br':
      return join(answer, createBrotliDecompress())
    case 'deflate':
      return join(answer, createInflate())
    default:
      throw visitError('unreachable')
  }
}

/** A break of the connection must end the reader too: `pipe` alone hands on no error. */
function join<T extends NodeJS.ReadWriteStream & Readable>(from: IncomingMessage, to: T): T {
  from.on('error', (thrown) => to.destroy(thrown))
  from.on('aborted', () => to.destroy(new Error('cut off')))
  from.pipe(to)
  return to
}

/**
 * The body of an answer, inflated, at most `most` bytes both on the wire and unpacked; what is larger is broken off at once.
 * Throws VisitError: too-large, timeout, unreachable (cut off or wrongly packed).
 */
export async function readBody(
  answer: IncomingMessage,
  limits: { readonly most: number; readonly signal: AbortSignal },
): Promise<Uint8Array> {
  if (Number(answer.headers['content-length'] ?? 0) > limits.most) throw visitError('too-large')
  let wire = 0
  const reader = inflated(answer)
  if (reader !== answer) {
    answer.on('data', (chunk: Uint8Array) => {
      wire += chunk.length
      if (wire > limits.most) reader.destroy(visitError('too-large'))
    })
  }
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of reader as AsyncIterable<Uint8Array>) {
      size += chunk.length
      if (size > limits.most) throw visitError('too-large')
      chunks.push(chunk)
    }
  } catch (thrown) {
    throw visitError(whyOf(thrown) ?? (limits.signal.aborted ? 'timeout' : 'unreachable'))
  }
  return new Uint8Array(Buffer.concat(chunks))
}
