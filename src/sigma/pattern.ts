import { fold } from './fold.ts'

/** A piece of a pattern: plain text, `*` (any run) or `?` (exactly one code point). */
export type Part = string | Wild
export type Wild = { readonly wild: 'any' | 'one' }

export const any: Wild = Object.freeze({ wild: 'any' })
export const one: Wild = Object.freeze({ wild: 'one' })

/**
 * Reads the text of a rule value with Sigma's escapes: a backslash counts as an escape only before `\`, `*` and `?`;
 * anywhere else it is itself. Runs of `*` become one.
 */
export function readPattern(raw: string): readonly Part[] {
  const parts: Part[] = []
  let text = ''
  const put = (wild: Wild): void => {
    if (text !== '') parts.push(text)
    text = ''
    if (wild !== any || parts.at(-1) !== any) parts.push(wild)
  }
  for (let i = 0; i < raw.length; i++) {
    const c = raw.charAt(i)
    const next = raw.charAt(i + 1)
    if (c === '\\' && next !== '' && '\\*?'.includes(next)) {
      text += next
      i++
    } else if (c === '*') put(any)
    else if (c === '?') put(one)
    else text += c
  }
  if (text !== '') parts.push(text)
  return parts
}

/** The plain text of a pattern, or nothing when it holds a wildcard. */
export function plainText(parts: readonly Part[]): string | undefined {
  let text = ''
  for (const part of parts) {
    if (typeof part !== 'string') return undefined
    text += part
  }
  return text
}

/** The pattern with `*` before it, unless it begins with one. */
export function openStart(parts: readonly Part[]): readonly Part[] {
  return parts[0] === any ? parts : [any, ...parts]
}

/** The pattern with `*` after it, unless it ends with one. */
export function openEnd(parts: readonly Part[]): readonly Part[] {
  return parts.at(-1) === any ? parts : [...parts, any]
}

/** Folds the text of a pattern; wildcards stay. */
export function foldParts(parts: readonly Part[]): readonly Part[] {
  return parts.map((part) => (typeof part === 'string' ? fold(part) : part))
}
