/** One syslog message without its frame. */
export type Frame = {
  readonly bytes: Buffer
  /** Cut at the limit, torn by the end of the connection, or found out of step. */
  readonly truncated: boolean
}

/** Takes the messages out of the bytes of one TCP connection, however these are cut. */
export type Framer = {
  readonly push: (chunk: Buffer) => Frame[]
  /** What is left when the sender has ended; `torn` when the connection broke. */
  readonly end: (torn: boolean) => Frame[]
  /** How often octet counting lost its step. After `mostErrors` the connection is to be closed. */
  readonly errors: () => number
  readonly broken: () => boolean
}

const LF = 0x0a
const CR = 0x0d
const NUL = 0x00
const SPACE = 0x20
const ZERO = 0x30
const LESS = 0x3c

const mostErrors = 3
/** RFC 6587 sets no limit; ours is 7 digits (receivers.md §2). */
const mostDigits = 7
const mostPieces = 64

const isDigit = (byte: number): boolean => byte >= ZERO && byte <= 0x39

type State =
  | { readonly at: 'start' }
  /** Digits that may be a count, then what decides. */
  | { readonly at: 'count' }
  | { readonly at: 'octets'; readonly left: number }
  /** Up to LF or NUL. `astray`: the search for the next frame after octet counting lost its step. */
  | { readonly at: 'line'; readonly astray: boolean }

/**
 * Framing of RFC 6587, found out at each frame: a count and a blank, or a line that ends with LF (also CRLF and NUL). A
 * message keeps its first `limit` bytes.
 */
// oxlint-disable-next-line max-lines-per-function -- one small state machine; its states share the frame being filled
export function makeFramer(limit: number): Framer {
  let state: State = { at: 'start' }
  let counts = false
  let first = true
  let lost = false
  let nextLf: number | undefined
  let errors = 0
  let fatal = false
  let pieces: Buffer[] = []
  let size = 0
  let cut = false

  function keep(bytes: Buffer): void {
    const room = limit - size
    if (bytes.length > room) cut = true
    const kept = bytes.subarray(0, Math.max(0, room))
    // A copy, so that a short line does not hold the whole chunk in memory.
    if (kept.length > 0) pieces.push(Buffer.from(kept))
    size += kept.length
    // Bytes that drip in one by one must not cost an object each.
    if (pieces.length >= mostPieces) pieces = [Buffer.concat(pieces)]
  }

  function finish(out: Frame[], torn: boolean): void {
    const bytes = trimmed(pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces))
    if (bytes.length > 0) out.push({ bytes, truncated: cut || torn })
    pieces = []
    size = 0
    cut = false
    state = { at: 'start' }
  }

  /** Out of step: counted once until a good frame is found again. */
  function stray(): void {
    if (!lost) errors += 1
    lost = true
  }

  /** Decides how the frame that begins with `byte` is read; gives how many bytes were used. */
  function begin(byte: number): number {
    const blank = byte === LF || byte === CR || byte === NUL || (counts && byte === SPACE)
    if (blank) return 1
    if (isDigit(byte) && byte !== ZERO) {
      state = { at: 'count' }
      return 0
    }
    const astray = counts && byte !== LESS
    if (astray) stray()
    else lost = false
    state = { at: 'line', astray }
    return 0
  }

  /** Byte by byte through the digits and what decides; gives how many bytes were used. */
  function count(byte: number): number {
    const spaced = pieces.at(-1)?.[0] === SPACE
    const digits = Buffer.concat(pieces).toString('latin1')
    if (!spaced && isDigit(byte) && digits.length < mostDigits) {
      pieces.push(Buffer.of(byte))
      return 1
    }
    // A sender of lines may begin one with a number: after the first frame only `NUMBER <` is believed to be a count.
    if (!spaced && byte === SPACE && (counts || first)) return counted(Number(digits), 1)
    if (!spaced && byte === SPACE) {
      pieces.push(Buffer.of(byte))
      return 1
    }
    if (spaced && byte === LESS) return counted(Number(digits), 0)
    if (counts) stray()
    if (counts && !spaced && isDigit(byte)) fatal = true
    size = pieces.length
    state = { at: 'line', astray: counts }
    return 0
  }

  function counted(octets: number, used: number): number {
    pieces = []
    counts = true
    lost = false
    state = { at: 'octets', left: octets }
    return used
  }

  function line(chunk: Buffer, from: number, out: Frame[]): number {
    // Looked for once per chunk and not once per NUL, which would take quadratic time.
    if (nextLf !== undefined && nextLf >= 0 && nextLf < from) nextLf = undefined
    nextLf ??= chunk.indexOf(LF, from)
    const lf = nextLf
    const nul = chunk.subarray(from, lf < 0 ? chunk.length : lf).indexOf(NUL)
    const end = nul >= 0 ? from + nul : lf
    keep(chunk.subarray(from, end < 0 ? chunk.length : end))
    if (end < 0) return chunk.length
    finish(out, state.at === 'line' && state.astray)
    return end + 1
  }

  function octets(chunk: Buffer, from: number, out: Frame[]): number {
    if (state.at !== 'octets') return from
    const end = Math.min(chunk.length, from + state.left)
    keep(chunk.subarray(from, end))
    state = { at: 'octets', left: state.left - (end - from) }
    if (state.left === 0) finish(out, false)
    return end
  }

  function push(chunk: Buffer): Frame[] {
    const out: Frame[] = []
    nextLf = undefined
    let at = 0
    while (at < chunk.length && !broken()) {
      if (state.at === 'start') at += begin(chunk[at] ?? 0)
      else if (state.at === 'count') at += count(chunk[at] ?? 0)
      else if (state.at === 'octets') at = octets(chunk, at, out)
      else at = line(chunk, at, out)
      if (state.at === 'octets' || state.at === 'line') first = false
    }
    return out
  }

  const broken = (): boolean => fatal || errors >= mostErrors

  function end(torn: boolean): Frame[] {
    const out: Frame[] = []
    const unfinished = state.at === 'octets' || (state.at === 'line' && state.astray)
    if (state.at !== 'start') finish(out, torn || unfinished)
    return out
  }

  return { push, end, errors: () => errors, broken }
}

/** Without the LF, CRLF or NUL that a counted message may hold at its end. */
function trimmed(bytes: Buffer): Buffer {
  let end = bytes.length
  while (end > 0) {
    const last = bytes[end - 1]
    if (last !== LF && last !== CR && last !== NUL) break
    end -= 1
  }
  return bytes.subarray(0, end)
}
