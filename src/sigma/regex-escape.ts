import { type Path, refuse } from './problem.ts'

/** Escapes that mean the same in PCRE and JavaScript, inside and outside of classes. */
const same = 'dDwWsSbBnrtf'
const verticalSpace = '\\n\\x0b\\f\\r\\x85\\u2028\\u2029'
const blanks = ' \\t\\xa0\\u1680\\u180e\\u2000-\\u200a\\u202f\\u205f\\u3000'

export type Escape = {
  /** What JavaScript gets. */
  readonly out: string
  /** How many characters of the pattern it took, the backslash among them. */
  readonly length: number
  readonly kind: 'character' | 'assertion' | 'reference'
}

const character = (out: string, length: number): Escape => ({ out, length, kind: 'character' })

/** Escapes that JavaScript knows under another form. */
function translated(letter: string, inClass: boolean): Escape | undefined {
  if (letter === 'a') return character('\\x07', 2)
  if (letter === 'e') return character('\\x1b', 2)
  if (letter === 'h') return character(inClass ? blanks : `[${blanks}]`, 2)
  if (letter === 'v') return character(inClass ? verticalSpace : `[${verticalSpace}]`, 2)
  if (inClass) return undefined
  if (letter === 'A') return { out: '(?<![\\s\\S])', length: 2, kind: 'assertion' }
  if (letter === 'z') return { out: '(?![\\s\\S])', length: 2, kind: 'assertion' }
  return undefined
}

/** Reads the escape that begins `rest`; refuses what JavaScript would silently take for something else. */
export function readEscape(rest: string, inClass: boolean, path: Path): Escape {
  const letter = rest.charAt(1)
  if (letter === '') refuse('the regular expression ends with a backslash', path)
  if (!/[A-Za-z0-9]/.test(letter)) return character(rest.slice(0, 2), 2)
  if (same.includes(letter)) {
    const assertion = !inClass && (letter === 'b' || letter === 'B')
    return { out: rest.slice(0, 2), length: 2, kind: assertion ? 'assertion' : 'character' }
  }
  const hex = /^\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4})/.exec(rest)?.[0]
  if (hex !== undefined) return character(hex, hex.length)
  if (/^\\0(?!\d)/.test(rest)) return character('\\0', 2)
  const number = inClass ? undefined : /^\\[1-9]\d?/.exec(rest)?.[0]
  if (number !== undefined) return { out: number, length: number.length, kind: 'reference' }
  return (
    translated(letter, inClass) ?? refuse(`\`\\${letter}\` is not supported in regular expressions`, path)
  )
}
