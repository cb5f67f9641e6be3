import { type Path, refuse } from './problem.ts'
import { type Part, plainText, readPattern } from './pattern.ts'
import type { Test } from './node.ts'

/** A value of a rule on its way through the modifiers. */
export type Value =
  | { readonly kind: 'text'; readonly raw: string; readonly parts: readonly Part[] }
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'null' }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'test'; readonly test: Test }

/** A text without wildcards; `raw` stays readable for modifiers that take no escapes. */
export function literal(text: string): Value {
  return { kind: 'text', raw: text, parts: text === '' ? [] : [text] }
}

/** Reads one scalar of the document. */
export function readValue(written: unknown, path: Path): Value {
  if (typeof written === 'string') return { kind: 'text', raw: written, parts: readPattern(written) }
  if (typeof written === 'bigint') return { kind: 'number', text: String(written) }
  if (typeof written === 'boolean') return { kind: 'boolean', value: written }
  if (written === null || written === undefined) return { kind: 'null' }
  if (typeof written === 'number') {
    if (!Number.isFinite(written)) refuse('a number must be finite', path)
    // Digits beyond 2^53 were lost before the engine saw them: better refused than compared wrongly.
    if (Number.isInteger(written) && !Number.isSafeInteger(written)) {
      refuse('this number is above 2^53 and has lost digits: put it in quotes', path)
    }
    return { kind: 'number', text: String(written) }
  }
  return refuse('a value must be a text, a number, a boolean or null', path)
}

const utf8 = new TextEncoder()

/** The bytes of a value for the byte modifiers; a text must be free of wildcards. */
export function bytesOf(value: Value, word: string, path: Path): Uint8Array {
  if (value.kind === 'bytes') return value.bytes
  return utf8.encode(plainOf(value, word, path))
}

/** The text of a value that must be free of wildcards. */
export function plainOf(value: Value, word: string, path: Path): string {
  if (value.kind !== 'text') return refuse(`\`${word}\` takes texts, not a ${value.kind}`, path)
  const text = plainText(value.parts)
  return text ?? refuse(`\`${word}\` takes a text without wildcards`, path)
}

/** A value as a pattern, for the modifiers that open its ends. Bytes become one character each. */
export function partsOf(value: Value, word: string, path: Path): readonly Part[] {
  switch (value.kind) {
    case 'text':
      return value.parts
    case 'number':
      return [value.text]
    case 'bytes':
      return value.bytes.length === 0 ? [] : [String.fromCharCode(...value.bytes)]
    default:
      return refuse(`\`${word}\` takes texts, not a ${value.kind}`, path)
  }
}

/** Whether a parsed value is a map. */
export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
