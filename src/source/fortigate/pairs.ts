import { put } from '../text.ts'

export type Pairs = {
  readonly values: Readonly<Record<string, string>>
  /** Names whose value stood in quotes: a quoted number is a text (`logid="0000000013"`). */
  readonly quoted: ReadonlySet<string>
  readonly count: number
  /** What is not as it should be, in plain English. */
  readonly odd: readonly string[]
}

const mostPairs = 400
const keyAt = /[A-Za-z_][\w.-]{0,63}=/y

/**
 * Reads `key=value key="value with blanks" …`. In quotes `\"` is a quote; a quote that is never closed ends with the
 * line; unquoted values end at a blank (in the comma form at a comma); a word that is no pair belongs to the unquoted
 * value before it. The first of two equal keys counts: a later one may come out of a value that a stranger chose.
 */
export function readPairs(text: string): Pairs {
  const separator = /^date=[\d/-]{8,10},/.test(text) ? ',' : ' '
  const values: Record<string, string> = {}
  const quoted = new Set<string>()
  const odd = new Set<string>()
  let at = 0
  let count = 0
  let last: string | undefined
  while (at < text.length) {
    const c = text[at]
    if (c === ' ' || c === separator || c === '\t') {
      at += 1
      continue
    }
    const key = keyOf(text, at)
    if (key === undefined) {
      const end = endOfWord(text, at, separator)
      appendWord(values, quoted.has(last ?? '') ? undefined : last, text.slice(at, end))
      odd.add('words that are no pair')
      at = end
      continue
    }
    const value = readValue(text, at + key.length + 1, separator)
    if (Object.hasOwn(values, key)) odd.add('a key is given twice')
    else {
      put(values, key, value.text)
      if (value.quoted) quoted.add(key)
      count += 1
    }
    if (value.open) odd.add('a quote is never closed')
    last = key
    at = value.end
    if (count >= mostPairs) {
      odd.add(`more than ${mostPairs} pairs`)
      break
    }
  }
  return { values, quoted, count, odd: [...odd] }
}

function keyOf(text: string, at: number): string | undefined {
  keyAt.lastIndex = at
  return keyAt.exec(text)?.[0].slice(0, -1)
}

function endOfWord(text: string, at: number, separator: string): number {
  const end = text.indexOf(separator, at)
  return end === -1 ? text.length : end
}

/** An unquoted value that had blanks in it, up to a sensible length (old firmware wrote such). */
function appendWord(values: Record<string, string>, key: string | undefined, extra: string): void {
  if (key === undefined) return
  const before = values[key] ?? ''
  if (before.length + extra.length < 4_096) values[key] = `${before} ${extra}`
}

type Value = { text: string; end: number; quoted: boolean; open: boolean }

function readValue(text: string, start: number, separator: string): Value {
  if (text[start] !== '"') {
    const end = endOfWord(text, start, separator)
    return { text: text.slice(start, end), end, quoted: false, open: false }
  }
  let at = start + 1
  let escaped = false
  for (; at < text.length; at += 1) {
    const c = text.charCodeAt(at)
    if (c === 0x5c && (text[at + 1] === '"' || text[at + 1] === '\\')) {
      escaped = true
      at += 1
    } else if (c === 0x22) break
  }
  const open = at >= text.length
  const inner = text.slice(start + 1, open ? text.length : at)
  // `\\` stays as it is: paths and shares are logged so by some versions, and rules look for them.
  return { text: escaped ? inner.replaceAll('\\"', '"') : inner, end: at + 1, quoted: true, open }
}
