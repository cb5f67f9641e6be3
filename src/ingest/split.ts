import type { Limits } from '../config.ts'

/** A part of a body that is one event: where it stands, and what is wrong with it. */
export type Piece = {
  readonly start: number
  readonly end: number
  /** How it is written: JSON, or a line of text. */
  readonly form: 'json' | 'text'
  readonly wrong?: 'broken' | 'too-deep' | 'too-many-keys'
}

const LF = 0x0a
const CR = 0x0d
const SPACE = 0x20
const TAB = 0x09
const QUOTE = 0x22
const BACKSLASH = 0x5c
const COMMA = 0x2c
const COLON = 0x3a
const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d
const OPEN_ARRAY = 0x5b
const CLOSE_ARRAY = 0x5d

type JsonLimits = Pick<Limits, 'jsonDepth' | 'jsonKeys'>

const isBlank = (byte: number | undefined): boolean =>
  byte === SPACE || byte === TAB || byte === LF || byte === CR

/** Where the text of a body begins: behind a byte order mark. */
function beginning(bytes: Buffer): number {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
}

/** Whether a body without a telling content type is JSON: an object, or an array of objects, texts or arrays. */
export function looksLikeJson(bytes: Buffer): boolean {
  const head = bytes.toString('latin1', beginning(bytes), beginning(bytes) + 256)
  return /^\s*(\{|\[\s*[{["\]])/.test(head)
}

/** The lines of a body of text, without blank ones. CRLF and LF end a line. */
export function* splitText(bytes: Buffer, from = beginning(bytes)): Generator<Piece> {
  for (let start = from; start < bytes.length; ) {
    const lf = bytes.indexOf(LF, start)
    const next = lf < 0 ? bytes.length : lf
    const end = bytes[next - 1] === CR && next > start ? next - 1 : next
    if (!blank(bytes, start, end)) yield { start, end, form: 'text' }
    start = next + 1
  }
}

function blank(bytes: Buffer, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (!isBlank(bytes[at])) return false
  return true
}

/**
 * The events of a JSON body: the elements of an array, one object, NDJSON, or objects one after another without anything
 * between. A piece is the exact text of the body. Where the brackets do not come out, the piece ends with its line, and
 * from there on every line is a piece. Whether a piece is JSON is for its reader to find out.
 */
export function* splitJson(bytes: Buffer, limits: JsonLimits): Generator<Piece> {
  let at = beginning(bytes)
  let inArray = false
  while (at < bytes.length) {
    const byte = bytes[at]
    if (isBlank(byte) || byte === COMMA) at += 1
    else if (byte === OPEN_ARRAY && !inArray) [inArray, at] = [true, at + 1]
    else if (byte === CLOSE_ARRAY && inArray) [inArray, at] = [false, at + 1]
    else {
      // Outside an array only objects may follow each other without a line's end.
      const value = inArray || byte === OPEN_OBJECT ? scan(bytes, at, limits) : undefined
      if (!value) break
      yield { start: at, end: value.end, form: 'json', ...(value.wrong ? { wrong: value.wrong } : {}) }
      at = value.end
    }
  }
  for (const line of splitText(bytes, at)) {
    // Of an array that is broken, what stands between the elements.
    const alone =
      line.end - line.start === 1 && (bytes[line.start] === CLOSE_ARRAY || bytes[line.start] === COMMA)
    if (!alone) yield* lineOfJson(bytes, line, limits)
  }
}

/** One line that should be one value; it is broken when more or less than one value stands in it. */
function* lineOfJson(bytes: Buffer, line: Piece, limits: JsonLimits): Generator<Piece> {
  const text = bytes.subarray(line.start, line.end)
  const value = scan(text, skipBlanks(text), limits)
  const whole = value !== undefined && blank(text, value.end, text.length)
  const wrong = whole ? value.wrong : 'broken'
  yield { start: line.start, end: line.end, form: 'json', ...(wrong ? { wrong } : {}) }
}

function skipBlanks(bytes: Buffer): number {
  let at = 0
  while (isBlank(bytes[at])) at += 1
  return at
}

type Value = { readonly end: number; readonly wrong?: 'too-deep' | 'too-many-keys' }

/** The end of the value that begins at `start`; undefined where it has none. */
function scan(bytes: Buffer, start: number, limits: JsonLimits): Value | undefined {
  const first = bytes[start]
  if (first === QUOTE) {
    const end = endOfString(bytes, start)
    return end === undefined ? undefined : { end }
  }
  if (first === OPEN_OBJECT || first === OPEN_ARRAY) return scanNested(bytes, start, limits)
  return scanBare(bytes, start)
}

function scanNested(bytes: Buffer, start: number, limits: JsonLimits): Value | undefined {
  let depth = 0
  let deepest = 0
  let keys = 0
  for (let at = start; at < bytes.length; at++) {
    const byte = bytes[at]
    if (byte === QUOTE) {
      const end = endOfString(bytes, at)
      if (end === undefined) return undefined
      at = end - 1
    } else if (byte === COLON) {
      keys += 1
    } else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
      depth += 1
      if (depth > deepest) deepest = depth
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) {
      depth -= 1
      if (depth === 0) return { end: at + 1, ...beyond(deepest, keys, limits) }
    }
  }
  return undefined
}

function beyond(depth: number, keys: number, limits: JsonLimits): Pick<Value, 'wrong'> {
  if (depth > limits.jsonDepth) return { wrong: 'too-deep' }
  return keys > limits.jsonKeys ? { wrong: 'too-many-keys' } : {}
}

/** Behind the closing quote; undefined where there is none, or a line ends before it, which JSON forbids (RFC 8259 §7). */
function endOfString(bytes: Buffer, start: number): number | undefined {
  for (let at = start + 1; at < bytes.length; at++) {
    const byte = bytes[at]
    if (byte === QUOTE) return at + 1
    if (byte === LF) return undefined
    if (byte === BACKSLASH) at += 1
  }
  return undefined
}

/** A number or a word; anything else is no value, and what it is is told by its line. */
function scanBare(bytes: Buffer, start: number): Value | undefined {
  let end = start
  while (end < bytes.length && isBare(bytes[end] ?? 0)) end += 1
  const next = bytes[end]
  const ended = next === undefined || isBlank(next) || next === COMMA || next === CLOSE_ARRAY
  return end > start && ended ? { end } : undefined
}

/** Letters, digits, `+`, `-` and `.`. */
function isBare(byte: number): boolean {
  return (
    (byte >= 0x30 && byte <= 0x39) ||
    (byte >= 0x41 && byte <= 0x5a) ||
    (byte >= 0x61 && byte <= 0x7a) ||
    byte === 0x2b ||
    byte === 0x2d ||
    byte === 0x2e
  )
}
