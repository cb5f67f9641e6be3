import { createHash } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Fault, fault, faults, isFault } from '../base/fault.ts'
import type { Batch, Line } from '../event/index.ts'
import { sources } from '../source/index.ts'
import { type Body, type BodyLimits, type Budget, makeBudget, readBody } from './body.ts'
import { plainAddress, type Sender } from './directory.ts'
import type { Ingest } from './ingest.ts'
import { rateOf } from './intake.ts'
import { toLine } from './line.ts'
import { looksLikeJson, type Piece, splitJson, splitText } from './split.ts'
import { tokenOf } from './token.ts'

/** What the route answers: lines kept, lines known before, and what was wrong with lines that are kept nevertheless. */
export type IngestAnswer = {
  readonly accepted: number
  readonly duplicate: number
  readonly failed: readonly { readonly line: number; readonly reason: string }[]
}

export type RouteOptions = Partial<Omit<BodyLimits, 'wireBytes' | 'bodyBytes'>> & {
  /** Memory of all bodies in flight. */
  readonly inFlightBytes?: number
  /** Milliseconds to wait for the commit before the sender is asked to come again. */
  readonly commitWithin?: number
}

/** Events in one body, and failures told in one answer. */
const mostLines = 100_000
const mostFailures = 1_000

const defaults = { idle: 20_000, total: 120_000, inFlightBytes: 192 * 1024 * 1024, commitWithin: 30_000 }

/**
 * `POST /ingest/v1/:source`: the HTTP way in, in a scope of its own so that no other route's body parsing or errors change.
 * The sender is known by its token alone; the name of the source in the path must be known, what counts is the sensor's.
 */
export function ingestRoutes(app: FastifyInstance, ingest: Ingest, options: RouteOptions = {}): void {
  const settings = { ...defaults, ...options }
  const budget = makeBudget(settings.inFlightBytes)
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    // The body is read by us, after the token was looked at.
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null, undefined))
    scope.setErrorHandler((thrown, request, reply) => refuse(ingest, { thrown, request, reply }))
    scope.post('/ingest/v1/:source', { bodyLimit: Number.MAX_SAFE_INTEGER }, (request) =>
      take(request, { ingest, settings, budget }),
    )
    await Promise.resolve()
  })
}

type Taking = {
  readonly ingest: Ingest
  readonly settings: typeof defaults
  readonly budget: Budget
}

async function take(request: FastifyRequest, { ingest, settings, budget }: Taking): Promise<IngestAnswer> {
  const { source } = request.params as { source: string }
  if (source !== 'auto' && !sources.some(({ name }) => name === source))
    throw fault('NOT_FOUND', { source: source.slice(0, 40) })
  const sender = await senderOf(request, ingest)
  const rate = rateOf(ingest.limits, sender)
  const debt = ingest.rates.debt(sender.sensor, rate)
  if (debt > 0) throw fault('INGEST_RATE', { retryAfter: Math.ceil(debt / 1_000) })
  const textual = isText(request.headers['content-type'])
  const body = await readBody(request.raw, { ...ingest.limits, ...settings }, budget)
  try {
    const read = await readLines(body, textual, ingest)
    if (read.lines.length === 0) return { accepted: 0, duplicate: 0, failed: [] }
    ingest.rates.charge(sender.sensor, rate, read.lines.length)
    const key = keyOf(request, sender, body)
    const kept = await append(
      { ingest, sender, within: settings.commitWithin },
      { request, key, lines: read.lines },
    )
    noteWrongs(ingest, sender, read)
    const { stored, duplicate } = kept
    return {
      accepted: stored,
      duplicate: duplicate ? read.lines.length : 0,
      failed: read.failed.slice(0, mostFailures),
    }
  } finally {
    body.release()
  }
}

async function senderOf(request: FastifyRequest, ingest: Ingest): Promise<Sender> {
  const token = tokenOf(request.headers.authorization)
  if (token === undefined) throw fault('INGEST_TOKEN')
  const sender = await ingest.directory.byToken(token).catch((thrown: unknown) => {
    ingest.log.warn({ because: String(thrown) }, 'cannot look up a token')
    throw fault('INGEST_BUSY', { because: 'database' })
  })
  if (!sender) throw fault('INGEST_TOKEN')
  return sender
}

/** Whether a body is lines of text (true), JSON (false), or shows it itself (undefined). Throws INGEST_ENCODING. */
function isText(contentType: string | undefined): boolean | undefined {
  const type = (contentType ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  if (type === 'text/plain') return true
  if (
    /^application\/(json|[a-z.-]*\+json|x-ndjson|ndjson|jsonl|x-jsonlines|stream\+json|json-seq)$/.test(type)
  )
    return false
  // What curl --data-binary and simple devices send.
  if (['', 'application/x-www-form-urlencoded', 'application/octet-stream'].includes(type)) return undefined
  throw fault('INGEST_ENCODING', { type: type.slice(0, 60) })
}

/** The sender's key, else a digest of sensor and body: the same body again within a week is a repetition. */
function keyOf(request: FastifyRequest, sender: Sender, { bytes }: Body): string {
  const given = request.headers['idempotency-key']
  if (given !== undefined) {
    if (typeof given !== 'string' || given.length > 255)
      throw fault('INGEST_BODY', { header: 'Idempotency-Key' })
    return `given:${given}`
  }
  return `sha256:${createHash('sha256').update(sender.sensor).update(bytes).digest('hex')}`
}

type Read = {
  readonly lines: Line[]
  readonly failed: { line: number; reason: string }[]
  tooDeep: number
  cut: number
}

const sliceBytes = 512 * 1024

/** The lines of a body; a large one is read in slices, so that others get their turn. */
async function readLines(body: Body, textual: boolean | undefined, { limits }: Ingest): Promise<Read> {
  const { bytes } = body
  const text = textual ?? !looksLikeJson(bytes)
  const read: Read = { lines: [], failed: [], tooDeep: 0, cut: 0 }
  let since = 0
  for (const piece of text ? splitText(bytes) : splitJson(bytes, limits)) {
    if (read.lines.length >= mostLines) throw fault('INGEST_TOO_LARGE', { lines: mostLines })
    const { line, reason } = readPiece(bytes, piece, limits)
    read.lines.push(line)
    if (reason !== undefined) read.failed.push({ line: read.lines.length, reason })
    if (line.truncated) read.cut += 1
    if (piece.wrong === 'too-deep' || piece.wrong === 'too-many-keys') read.tooDeep += 1
    if (piece.end - since > sliceBytes) {
      since = piece.end
      await nextTurn()
    }
  }
  return read
}

function readPiece(bytes: Buffer, piece: Piece, limits: Ingest['limits']): { line: Line; reason?: string } {
  const { lineBytes, jsonDepth, jsonKeys } = limits
  const slice = bytes.subarray(piece.start, piece.end)
  const cut = slice.length > lineBytes
  const line = toLine({ bytes: cut ? slice.subarray(0, lineBytes) : slice, truncated: cut })
  if (cut) return { line, reason: `longer than ${lineBytes} bytes: cut` }
  if (piece.form === 'text') return { line }
  if (piece.wrong === 'broken') return { line, reason: 'not JSON' }
  if (piece.wrong === 'too-deep') return { line, reason: `nested deeper than ${jsonDepth}` }
  if (piece.wrong === 'too-many-keys') return { line, reason: `more than ${jsonKeys} keys` }
  return checked(line)
}

/** A text in an array is a line of log; every other event must be an object. */
function checked(line: Line): { line: Line; reason?: string } {
  try {
    const value: unknown = JSON.parse(line.raw)
    if (typeof value === 'string') return { line: { raw: value, truncated: false } }
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
    return isObject ? { line } : { line, reason: 'not an object' }
  } catch {
    return { line, reason: 'not JSON' }
  }
}

function noteWrongs({ incidents }: Ingest, sender: Sender, read: Read): void {
  if (read.cut > 0) incidents.note(sender, 'truncated', { count: read.cut })
  if (read.tooDeep > 0) incidents.note(sender, 'too-deep', { count: read.tooDeep })
}

async function append(
  way: { readonly ingest: Ingest; readonly sender: Sender; readonly within: number },
  what: { readonly request: FastifyRequest; readonly key: string; readonly lines: readonly Line[] },
): Promise<{ stored: number; duplicate: boolean }> {
  const { ingest, sender } = way
  const batch: Batch = {
    company: sender.company,
    sensor: sender.sensor,
    transport: 'http',
    peer: plainAddress(what.request.ip),
    receivedAt: ingest.now(),
    lines: what.lines,
    key: what.key,
  }
  let timer: NodeJS.Timeout | undefined
  // Without an answer the sender comes again; the key then tells whether the lines were kept.
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(fault('INGEST_BUSY', { because: 'database' })), way.within)
  })
  const appending = ingest.appender.append(batch)
  appending.catch(() => undefined)
  try {
    return await Promise.race([appending, late])
  } finally {
    clearTimeout(timer)
  }
}

/** Seconds after which a refused sender may come again. */
function retryAfter({ code, details }: Fault): number | undefined {
  const asked = details['retryAfter']
  if (code === 'INGEST_RATE') return typeof asked === 'number' ? asked : 1
  return code === 'INGEST_BUSY' ? 5 : undefined
}

/** A body this small is read to its end, so that the connection can serve the next request. */
const worthReading = 64 * 1024

async function refuse(
  ingest: Ingest,
  { thrown, request, reply }: { thrown: unknown; request: FastifyRequest; reply: FastifyReply },
): Promise<void> {
  const refusal = isFault(thrown) ? thrown : fault('INTERNAL')
  if (!isFault(thrown)) ingest.log.error({ because: String(thrown) }, 'the HTTP way in failed')
  const wait = retryAfter(refusal)
  if (wait !== undefined) void reply.header('retry-after', String(wait))
  const declared = Number(request.headers['content-length'] ?? Number.NaN)
  if (!request.raw.complete) {
    if (declared <= worthReading && refusal.code !== 'INGEST_SLOW') request.raw.resume()
    else void reply.header('connection', 'close')
  }
  const { ja, en } = faults[refusal.code]
  await reply
    .code(refusal.status)
    .header('cache-control', 'no-store')
    .send({ error: { code: refusal.code, message_ja: ja, message_en: en } })
}
