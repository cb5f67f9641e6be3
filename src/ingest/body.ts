import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { constants, createGunzip, createInflate, createZstdDecompress } from 'node:zlib'
import { fault, isFault } from '../base/fault.ts'

/** Memory that all bodies in flight may take together. */
export type Budget = { readonly take: (bytes: number) => boolean; readonly give: (bytes: number) => void }

export function makeBudget(total: number): Budget {
  let left = total
  return {
    take: (bytes) => {
      if (bytes > left) return false
      left -= bytes
      return true
    },
    give: (bytes) => {
      left += bytes
    },
  }
}

export type BodyLimits = {
  /** Bytes as they arrive, and after inflating. */
  readonly wireBytes: number
  readonly bodyBytes: number
  /** Milliseconds between two chunks, and for the whole body. */
  readonly idle: number
  readonly total: number
}

/** More than this much of a body must not have grown by more than `ratio` while inflating. */
const guardedFrom = 1024 * 1024
const ratio = 100

/** A window of 8 MiB (RFC 8878 §3.1.1.1.2 recommends that decoders support it) and no more. */
const zstdWindow = 23

function inflaterFor(encoding: string): ReturnType<typeof createGunzip> | undefined {
  switch (encoding.trim().toLowerCase()) {
    case '':
    case 'identity':
      return undefined
    case 'gzip':
    case 'x-gzip':
      return createGunzip()
    case 'deflate':
      return createInflate()
    case 'zstd':
      return createZstdDecompress({ params: { [constants.ZSTD_d_windowLogMax]: zstdWindow } })
    default:
      throw fault('INGEST_ENCODING', { encoding: encoding.slice(0, 40) })
  }
}

/** A body in memory; `release` gives its memory back to the budget. */
export type Body = { readonly bytes: Buffer; readonly release: () => void }

/**
 * Reads and inflates the body of a request. Throws INGEST_TOO_LARGE as soon as a limit is passed, INGEST_ENCODING,
 * INGEST_BODY for compressed data that are broken or cut off, INGEST_SLOW, and INGEST_BUSY when too many bodies are in
 * flight. The connection stays open for the answer.
 */
export async function readBody(request: IncomingMessage, limits: BodyLimits, budget: Budget): Promise<Body> {
  const declared = Number(request.headers['content-length'] ?? 0)
  if (declared > limits.wireBytes) throw fault('INGEST_TOO_LARGE', { limit: limits.wireBytes })
  const inflater = inflaterFor(request.headers['content-encoding'] ?? '')
  let taken = 0
  const release = (): void => {
    budget.give(taken)
    taken = 0
  }
  const reserve = (bytes: number): void => {
    if (!budget.take(bytes)) throw fault('INGEST_BUSY', { because: 'bodies in flight' })
    taken += bytes
  }
  const watch = makeWatch(limits)
  const wire = countWire(request, limits.wireBytes, watch.touch)
  const reading = inflater
    ? inflate(wire, inflater, { limits, reserve })
    : collect(wire.chunks(), { limits, reserve })
  try {
    return { bytes: await Promise.race([reading, watch.tooSlow]), release }
  } catch (thrown) {
    release()
    reading.catch(() => undefined)
    throw isFault(thrown) ? thrown : fault('INGEST_BODY', { because: codeOf(thrown) })
  } finally {
    watch.end()
  }
}

const codeOf = (thrown: unknown): string =>
  thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'unknown'

type Wire = { readonly chunks: () => AsyncGenerator<Buffer>; readonly bytes: () => number }

function countWire(request: IncomingMessage, limit: number, touch: () => void): Wire {
  let bytes = 0
  return {
    bytes: () => bytes,
    async *chunks() {
      // Leaving the loop must not close the connection: the refusal is still to be sent.
      for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
        touch()
        bytes += chunk.length
        if (bytes > limit) throw fault('INGEST_TOO_LARGE', { limit })
        yield chunk
      }
    },
  }
}

type Collecting = { readonly limits: BodyLimits; readonly reserve: (bytes: number) => void }

async function collect(
  chunks: AsyncIterable<Buffer>,
  { limits, reserve }: Collecting,
  check: (size: number) => void = () => undefined,
): Promise<Buffer> {
  const kept: Buffer[] = []
  let size = 0
  for await (const chunk of chunks) {
    size += chunk.length
    if (size > limits.bodyBytes) throw fault('INGEST_TOO_LARGE', { limit: limits.bodyBytes })
    check(size)
    reserve(chunk.length)
    kept.push(chunk)
  }
  return Buffer.concat(kept)
}

async function inflate(
  wire: Wire,
  inflater: ReturnType<typeof createGunzip>,
  collecting: Collecting,
): Promise<Buffer> {
  const feeding = pipeline(Readable.from(wire.chunks()), inflater)
  // Told by the reading side, too, or by the first of the two.
  feeding.catch(() => undefined)
  const bytes = await collect(inflater as AsyncIterable<Buffer>, collecting, (size) => {
    if (size > guardedFrom && size > ratio * wire.bytes()) throw fault('INGEST_TOO_LARGE', { ratio })
  })
  await feeding
  return bytes
}

type Watch = { readonly touch: () => void; readonly tooSlow: Promise<never>; readonly end: () => void }

function makeWatch({ idle, total }: BodyLimits): Watch {
  let fail: (reason: unknown) => void = () => undefined
  const tooSlow = new Promise<never>((_, reject) => {
    fail = reject
  })
  tooSlow.catch(() => undefined)
  const slow = (): void => fail(fault('INGEST_SLOW'))
  const timers = [setTimeout(slow, idle), setTimeout(slow, total)] as const
  return {
    touch: () => timers[0].refresh(),
    tooSlow,
    end: () => {
      for (const timer of timers) clearTimeout(timer)
    },
  }
}
