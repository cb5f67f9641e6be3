const hasOther = /[^\x00-\x7f]/
/** The only characters whose lower case is ASCII, longer than one code point, or depends on the neighbours. */
const special = /[\u0130\u212a\u03a3]/

function foldOne(character: string): string {
  const lower = character.toLowerCase()
  const single = lower.length === 1 || (lower.length === 2 && (lower.codePointAt(0) ?? 0) > 0xffff)
  if (!single) return character
  return character > '\x7f' && lower <= '\x7f' ? character : lower
}

/**
 * Case folding, exactly: A-Z become a-z; any other code point becomes its simple lower case unless that would be
 * ASCII or more than one code point (the Kelvin sign and the dotted capital I stay as they are). So an ASCII literal
 * can be found in UTF-8 bytes by ASCII folding alone.
 */
export function fold(text: string): string {
  if (!hasOther.test(text) || !special.test(text)) return text.toLowerCase()
  let folded = ''
  for (const character of text) folded += foldOne(character)
  return folded
}
