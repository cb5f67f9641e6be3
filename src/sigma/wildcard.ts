import { any, type Part } from './pattern.ts'

type Segment = readonly Part[]

/** Where a code point that begins at `at` ends; a lone surrogate is one of its own. */
function after(text: string, at: number): number {
  const c = text.codePointAt(at)
  return c === undefined ? at : at + (c > 0xffff ? 2 : 1)
}

function inPair(text: string, at: number): boolean {
  return at > 0 && at < text.length && (text.codePointAt(at - 1) ?? 0) > 0xffff
}

/** The end of `segment` when it stands at `at`, else -1. */
function standsAt(text: string, segment: Segment, at: number): number {
  let end = at
  for (const part of segment) {
    if (typeof part === 'string') {
      if (!text.startsWith(part, end)) return -1
      end += part.length
    } else {
      if (end >= text.length) return -1
      end = after(text, end)
    }
  }
  return end
}

/** The end of the first place at or after `from` where `segment` stands, else -1. */
function findFrom(text: string, segment: Segment, from: number): number {
  const head = segment[0]
  let at = from
  while (at <= text.length) {
    if (typeof head === 'string') {
      at = text.indexOf(head, at)
      if (at < 0) return -1
    }
    const end = inPair(text, at) ? -1 : standsAt(text, segment, at)
    if (end >= 0) return end
    at++
  }
  return -1
}

/** Whether `segment` stands at the very end of the text and begins at or after `from`. */
function standsAtEnd(text: string, segment: Segment, from: number): boolean {
  let start = text.length
  for (const part of segment.toReversed()) {
    if (typeof part === 'string') start -= part.length
    else start -= start >= 2 && inPair(text, start - 1) ? 2 : 1
    if (start < from) return false
  }
  return standsAt(text, segment, start) === text.length
}

/**
 * A matcher for a pattern with inner wildcards, over text that is folded like the pattern. It takes the first place
 * for each piece between stars, so it never goes back: time grows with text times pattern, whatever they hold.
 */
export function wildcardMatcher(parts: readonly Part[]): (text: string) => boolean {
  const segments: Part[][] = [[]]
  for (const part of parts) {
    if (part === any) segments.push([])
    else segments.at(-1)?.push(part)
  }
  const first = segments[0] ?? []
  const last = segments.at(-1) ?? []
  const middle = segments.slice(1, -1).filter((segment) => segment.length > 0)
  return (text) => {
    let at = standsAt(text, first, 0)
    if (segments.length === 1) return at === text.length
    for (const segment of middle) {
      if (at < 0) return false
      at = findFrom(text, segment, at)
    }
    return at >= 0 && standsAtEnd(text, last, at)
  }
}
