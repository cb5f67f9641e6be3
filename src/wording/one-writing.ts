/** A text in one writing, with the way back. */
export type OneWriting = {
  readonly text: string
  /** For every unit of `text`, and one past its end: where it stands in the text as given. */
  readonly places: readonly number[]
}

/** What belongs to the sign before it: marks, and the voicing of half-width kana. */
const joined = /^[\p{M}\uff9e\uff9f]/u
const space = /^[\s\u3000\u200b\ufeff]$/u

/** NFKC, and one space (or one line end) for every run of white space; places remember where each unit came from. */
export function oneWriting(given: string): OneWriting {
  const places: number[] = []
  const parts: string[] = []
  let at = 0
  let last = ''
  const signs = [...given]
  for (let index = 0; index < signs.length; index++) {
    let sign = signs[index] ?? ''
    const from = at
    at += sign.length
    let next = signs[index + 1]
    while (next !== undefined && joined.test(next)) {
      sign += next
      at += next.length
      index += 1
      next = signs[index + 1]
    }
    const plain = space.test(sign) ? (sign === '\n' ? '\n' : ' ') : sign.normalize('NFKC')
    const swallowed = plain === ' ' && (last === ' ' || last === '\n' || last === '')
    if (swallowed || (plain === '\n' && last === '')) continue
    parts.push(plain)
    for (let unit = 0; unit < plain.length; unit++) places.push(from)
    last = plain.slice(-1)
  }
  places.push(given.length)
  return { text: parts.join(''), places }
}
