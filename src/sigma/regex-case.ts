/** ASCII codes that one character of a regular expression can be; 128 stands for anything beyond ASCII. */
export function codesOf(character: string, ignoreCase: boolean): ReadonlySet<number> {
  const tries = new RegExp(`^(?:${character})$`, ignoreCase ? 'i' : '')
  const found = new Set<number>()
  for (let code = 0; code < 128; code++) if (tries.test(String.fromCharCode(code))) found.add(code)
  // Beyond ASCII all characters count as one; a negated class or a dot holds them.
  if (beyondAscii(character)) found.add(128)
  return found
}

function beyondAscii(character: string): boolean {
  return /[^\x00-\x7f]|\\[uxhvWSD]|^\[\^/.test(character)
}

const hex = (code: number): string => `\\x${code.toString(16).padStart(2, '0')}`

/**
 * A character written so that it ignores case without the flag `i`, or nothing when only the flag can say it. V8 can
 * fall back to matching in linear time, but not for expressions with the flag.
 */
export function withoutCase(character: string): string | undefined {
  const negated = character.startsWith('[^')
  if (beyondAscii(negated ? character.slice(2) : character)) {
    return /[^\x00-\x7f]|\\[ux]/.test(character) || character.startsWith('[') ? undefined : character
  }
  const plain = codesOf(character, false)
  const folded = codesOf(character, true)
  if (plain.size === folded.size) return character
  const codes = [...Array(128).keys()].filter((code) => folded.has(code) !== negated)
  return `[${negated ? '^' : ''}${codes.map(hex).join('')}]`
}
