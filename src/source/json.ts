import { put, storable } from './text.ts'

/** Limits of one object, as the receivers promise them. */
export const deepest = 32
export const mostKeys = 2_000

export type JsonObject = Readonly<Record<string, unknown>>

export type JsonRead =
  | { readonly object: JsonObject; readonly odd: readonly string[] }
  | { readonly object?: undefined; readonly reason: string }

/** A number of 16 and more digits somewhere: perhaps one that a double cannot hold (`Keywords` of most Windows events). */
const bigNumber = /[:[,\s]-?\d{16}/

/**
 * Reads one JSON object. Integers beyond 2^53 come as their exact digits in a string, strings hold nothing that
 * PostgreSQL refuses, nesting beyond 32 is refused, keys beyond 2,000 are left out and said. Never throws.
 */
export function readJson(text: string): JsonRead {
  const value = parse(text)
  if (value === undefined) return { reason: 'the JSON is cut off or broken' }
  if (!isObject(value)) return { reason: 'the JSON is no object' }
  // Fast path: most lines hold neither escapes of odd characters nor much of anything, and need no copy.
  if (isSmall(text) && !mayHoldOddText(text)) return { object: value, odd: [] }
  const budget = { keys: mostKeys, tooDeep: false }
  const object = copy(value, 1, budget)
  if (object === undefined) return { reason: `the JSON is nested deeper than ${deepest}` }
  return {
    object: object as JsonObject,
    odd: budget.keys < 0 ? [`more than ${mostKeys} keys, the rest is left out`] : [],
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(bigNumber.test(text) ? withExactNumbers(text) : text)
  } catch {
    return undefined
  }
}

/**
 * Puts quotes around integers that a double would round. JSON.parse's reviver could do it too, and takes three times
 * as long (most lines of NXLog have one such number). Strings are stepped over, so nothing in them can pose as a number.
 */
function withExactNumbers(text: string): string {
  const parts: string[] = []
  let copied = 0
  let at = 0
  while (at < text.length) {
    const quote = text.indexOf('"', at)
    const end = quote === -1 ? text.length : quote
    if (end - at >= 16) {
      for (const found of text.slice(at, end).matchAll(/-?\d+(?:[.eE][\d.eE+-]*)?/g)) {
        if (found[0].length < 16 || !isRounded(found[0])) continue
        const start = at + found.index
        parts.push(text.slice(copied, start), `"${found[0]}"`)
        copied = start + found[0].length
      }
    }
    at = quote === -1 ? text.length : endOfString(text, quote + 1)
  }
  return copied === 0 ? text : parts.join('') + text.slice(copied)
}

function isRounded(number: string): boolean {
  return /^-?\d+$/.test(number) && !Number.isSafeInteger(Number(number))
}

/** The offset behind the quote that closes the string: one with an even number of backslashes before it. */
function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start); at !== -1; at = text.indexOf('"', at + 1)) {
    let before = at
    while (before > start && text[before - 1] === '\\') before -= 1
    if ((at - before) % 2 === 0) return at + 1
  }
  return text.length
}

/** `\u0000` and half surrogates come in as escapes; they, and a key `__proto__`, are the reasons to copy. */
function mayHoldOddText(text: string): boolean {
  return text.includes('\\u0000') || /\\u[dD][89a-fA-F]/.test(text) || text.includes('__proto__')
}

type Budget = { keys: number; tooDeep: boolean }

/**
 * Whether the limits certainly hold, from the text alone: each nesting needs a bracket, each member two characters.
 * Counting costs a fraction of a walk through the object.
 */
function isSmall(text: string): boolean {
  if (howMany(text, '{') + howMany(text, '[') > deepest) return false
  return text.length <= mostKeys * 2 || howMany(text, ',') + deepest <= mostKeys
}

function howMany(text: string, sign: string): number {
  let count = 0
  for (let at = text.indexOf(sign); at !== -1; at = text.indexOf(sign, at + 1)) count += 1
  return count
}

/** A copy within the limits; undefined where something lies too deep. */
function copy(value: unknown, depth: number, budget: Budget): unknown {
  if (typeof value === 'string') return storable(value)
  if (typeof value !== 'object' || value === null) return value
  if (depth > deepest) {
    budget.tooDeep = true
    return undefined
  }
  const kept: Record<string, unknown> = {}
  const list: unknown[] = []
  for (const [key, each] of Object.entries(value)) {
    if ((budget.keys -= 1) < 0) break
    const below = copy(each, depth + 1, budget)
    if (budget.tooDeep) return undefined
    if (Array.isArray(value)) list.push(below)
    else put(kept, storable(key), below)
  }
  return Array.isArray(value) ? list : kept
}
