import type { RegexTest } from './node.ts'
import { type Path, refuse } from './problem.ts'
import { codesOf, withoutCase } from './regex-case.ts'
import { readEscape } from './regex-escape.ts'

/** A piece of a regular expression on its way from PCRE to JavaScript. */
type Piece = {
  readonly out: string
  readonly kind: 'character' | 'assertion' | 'group' | 'reference'
  /** Holds a quantifier without an upper bound. */
  readonly endless: boolean
  /** Can match texts of different lengths because of a quantifier. */
  readonly varies: boolean
  /** The characters it can begin with, as numbers 0 to 128 (128: anything beyond ASCII). */
  readonly firsts: () => ReadonlySet<number>
  /** A group that can take one text in two ways, because alternatives begin alike. */
  readonly overlaps: () => boolean
  /** A group that is `.*` and one character: repeating it adds nothing. */
  readonly runToCharacter: boolean
}

type Reader = {
  readonly text: string
  readonly path: Path
  readonly multiline: boolean
  readonly dotall: boolean
  readonly ignoreCase: boolean
  at: number
  depth: number
  lastLine: boolean
  /** Something in it can ignore case only by the flag. */
  needsFlag: boolean
}

const none: ReadonlySet<number> = new Set()
const longest = 4_096
const deepest = 50
/** Up to so many repetitions an inner repetition stays affordable. */
const fewTimes = 20

const never = (): boolean => false
const isCharacter = {
  kind: 'character',
  endless: false,
  varies: false,
  overlaps: never,
  runToCharacter: false,
} as const

function assertion(out: string): Piece {
  return { ...isCharacter, out, kind: 'assertion', firsts: () => none }
}

/** A piece for one character; what it can be is asked from JavaScript itself. */
function oneCharacter(reader: Reader, written: string): Piece {
  const caseless = reader.ignoreCase ? withoutCase(written) : written
  if (caseless === undefined) reader.needsFlag = true
  const firsts = (): ReadonlySet<number> => codesOf(written, reader.ignoreCase)
  return { ...isCharacter, out: caseless ?? written, firsts }
}

function readClass(reader: Reader): Piece {
  const { text, path } = reader
  let out = '['
  reader.at++
  if (text[reader.at] === '^') {
    out += '^'
    reader.at++
  }
  if (text[reader.at] === ']') refuse('write `\\]` for a bracket at the start of a class', path)
  for (;;) {
    const c = text[reader.at]
    if (c === undefined) refuse('a class of the regular expression is not closed', path)
    if (c === ']') break
    if (c === '[' && /^\[[:.=]/.test(text.slice(reader.at))) refuse('POSIX classes are not supported', path)
    if (c === '\\') {
      const escape = readEscape(text.slice(reader.at), true, path)
      out += escape.out
      reader.at += escape.length
    } else {
      out += c
      reader.at++
    }
  }
  reader.at++
  return oneCharacter(reader, `${out}]`)
}

/** The opening of a group as JavaScript writes it; refuses what it does not have. */
function groupOpening(reader: Reader): { readonly open: string; readonly looks: boolean } {
  const rest = reader.text.slice(reader.at)
  const special = /^\(\?(?:[:=!]|<[=!]|P?<[A-Za-z_]\w*>)/.exec(rest)?.[0]
  if (special === undefined) {
    if (/^\([?*]/.test(rest))
      refuse(`\`${rest.slice(0, 4)}\` is not supported in regular expressions`, reader.path)
    reader.at++
    return { open: '(', looks: false }
  }
  reader.at += special.length
  return { open: special.replace('?P<', '?<'), looks: /^\(\?<?[=!]/.test(special) }
}

function readGroup(reader: Reader): Piece {
  const { open, looks } = groupOpening(reader)
  if (++reader.depth > deepest) refuse('the regular expression is nested too deeply', reader.path)
  const inner = readAlternatives(reader)
  reader.depth--
  if (reader.text[reader.at] !== ')') refuse('a group of the regular expression is not closed', reader.path)
  reader.at++
  const out = `${open}${inner.out})`
  return looks ? assertion(out) : { ...inner, out, kind: 'group' }
}

function readAtom(reader: Reader): Piece {
  const c = reader.text.charAt(reader.at)
  if (c === '(') return readGroup(reader)
  if (c === '[') return readClass(reader)
  if (c === '\\') {
    const rest = reader.text.slice(reader.at)
    if (rest.startsWith('\\Z')) {
      reader.at += 2
      reader.lastLine = true
      return assertion('(?![\\s\\S])')
    }
    const escape = readEscape(rest, false, reader.path)
    reader.at += escape.length
    if (escape.kind === 'assertion') return assertion(escape.out)
    if (escape.kind === 'character') return oneCharacter(reader, escape.out)
    reader.needsFlag ||= reader.ignoreCase
    return { ...assertion(escape.out), kind: 'reference', varies: true }
  }
  reader.at++
  if (c === '.') return oneCharacter(reader, reader.dotall ? '[^]' : '[^\\n]')
  // In PCRE only a line feed ends a line; JavaScript knows four.
  if (c === '^') return assertion(reader.multiline ? '(?<![^\\n])' : '^')
  if (c === '$') {
    if (!reader.multiline) reader.lastLine = true
    return assertion(reader.multiline ? '(?![^\\n])' : '$')
  }
  if ('*+?'.includes(c)) refuse(`\`${c}\` of the regular expression has nothing to repeat`, reader.path)
  return oneCharacter(reader, c)
}

type Times = { readonly written: string; readonly least: number; readonly most: number }

function readQuantifier(reader: Reader): Times | undefined {
  const found = /^(?:[*+?]|\{(\d+)(?:(,)(\d*))?\})/.exec(reader.text.slice(reader.at))
  if (found === null) return undefined
  const [sign, least, comma, most] = found
  reader.at += sign.length
  const lazy = reader.text[reader.at] === '?'
  if (lazy) reader.at++
  if (reader.text[reader.at] === '+') refuse('possessive quantifiers are not supported', reader.path)
  const written = lazy ? `${sign}?` : sign
  if (sign === '*') return { written, least: 0, most: Number.POSITIVE_INFINITY }
  if (sign === '+') return { written, least: 1, most: Number.POSITIVE_INFINITY }
  if (sign === '?') return { written, least: 0, most: 1 }
  const low = Number(least)
  const high = comma === undefined ? low : most === '' ? Number.POSITIVE_INFINITY : Number(most)
  return { written, least: low, most: high }
}

/** Repeats a piece, unless that could take time that grows without measure with the text. */
function repeat(reader: Reader, piece: Piece, times: Times): Piece {
  const endless = times.most === Number.POSITIVE_INFINITY
  if (piece.runToCharacter && endless && times.least === 1) return piece
  const refused = (why: string): never =>
    refuse(`the regular expression can take unbounded time: ${why} inside \`${times.written}\``, reader.path)
  if (piece.endless && times.most > fewTimes) refused('a repetition without bound')
  if (endless && piece.varies) refused('a repetition of varying length')
  if (endless && piece.overlaps()) refused('alternatives that begin alike')
  return {
    ...piece,
    out: piece.out + times.written,
    endless: piece.endless || endless,
    varies: piece.varies || times.least !== times.most,
    runToCharacter: false,
  }
}

/** The first characters of pieces in a row: pieces that may be empty let those after them come first. */
function firstsOf(pieces: readonly Piece[]): ReadonlySet<number> {
  const found = new Set<number>()
  for (const piece of pieces) {
    for (const code of piece.firsts()) found.add(code)
    if (piece.kind !== 'assertion' && !piece.varies) break
  }
  return found
}

function readSequence(reader: Reader): Piece & { readonly count: number } {
  const pieces: Piece[] = []
  while (reader.at < reader.text.length && !'|)'.includes(reader.text.charAt(reader.at))) {
    const atom = readAtom(reader)
    const times = readQuantifier(reader)
    pieces.push(times === undefined ? atom : repeat(reader, atom, times))
  }
  const [run, end] = pieces
  const dotRun = run !== undefined && /^\[\^(?:\\n)?\]\*\??$/.test(run.out)
  return {
    out: pieces.map((piece) => piece.out).join(''),
    kind: 'group',
    endless: pieces.some((piece) => piece.endless),
    varies: pieces.some((piece) => piece.varies),
    overlaps: () => pieces.some((piece) => piece.overlaps()),
    firsts: () => firstsOf(pieces),
    runToCharacter:
      pieces.length === 2 &&
      dotRun &&
      end?.kind === 'character' &&
      /^(?:\\[^A-Za-z0-9]|[^\s\\[])$/.test(end.out),
    count: pieces.length,
  }
}

function beginAlike(alternatives: readonly Piece[]): boolean {
  const seen = new Set<number>()
  for (const alternative of alternatives) {
    const firsts = alternative.firsts()
    for (const code of firsts) if (seen.has(code)) return true
    for (const code of firsts) seen.add(code)
  }
  return false
}

function readAlternatives(reader: Reader): Piece {
  const first = readSequence(reader)
  if (reader.text[reader.at] !== '|') return first
  const alternatives = [first]
  while (reader.text[reader.at] === '|') {
    reader.at++
    alternatives.push(readSequence(reader))
  }
  return {
    out: alternatives.map((alternative) => alternative.out).join('|'),
    kind: 'group',
    endless: alternatives.some((alternative) => alternative.endless),
    varies: alternatives.some((alternative) => alternative.varies),
    overlaps: () => alternatives.some((alternative) => alternative.overlaps()) || beginAlike(alternatives),
    firsts: () => new Set(alternatives.flatMap((alternative) => [...alternative.firsts()])),
    runToCharacter: false,
  }
}

/**
 * Reads a regular expression in PCRE's writing and gives it in JavaScript's. What the two understand differently is
 * translated or refused, and so are shapes whose time can explode. `wanted` holds the flags `i`, `m`, `s`; a leading
 * `(?i)` and its like add to them.
 */
export function readRegex(written: string, wanted: string, path: Path): RegexTest {
  if (written.length > longest) refuse(`a regular expression may have ${longest} characters`, path)
  const leading = /^\(\?([ims]+)\)/.exec(written)
  const flags = wanted + (leading?.[1] ?? '')
  const reader: Reader = {
    text: written.slice(leading?.[0].length ?? 0),
    path,
    multiline: flags.includes('m'),
    dotall: flags.includes('s'),
    ignoreCase: flags.includes('i'),
    at: 0,
    depth: 0,
    lastLine: false,
    needsFlag: false,
  }
  const source = readAlternatives(reader).out
  if (reader.at < reader.text.length) refuse('the regular expression has a `)` too many', path)
  try {
    new RegExp(source)
  } catch (thrown) {
    refuse(`not a regular expression: ${thrown instanceof Error ? thrown.message : ''}`, path)
  }
  const flag = reader.needsFlag ? 'i' : ''
  return { kind: 'regex', written, wanted, source, flags: flag, lastLine: reader.lastLine }
}
