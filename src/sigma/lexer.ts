import { type Path, refuse } from './problem.ts'

/** A token of a condition: a word (name, pattern or keyword) or a parenthesis. */
export type Token = { readonly kind: 'word' | '(' | ')'; readonly text: string }

const piece = /\s*(?:([A-Za-z0-9_*-]+)|([()]))/y

/** Cuts a condition into tokens. Line breaks are blanks; a word may begin with a keyword (`notepad`, `all_x`). */
export function lex(condition: string, path: Path): readonly Token[] {
  const tokens: Token[] = []
  const text = condition.trimEnd()
  piece.lastIndex = 0
  let at = 0
  while (at < text.length) {
    const found = piece.exec(text)
    if (found === null) {
      const bad = text.slice(at).trim().charAt(0)
      if (bad === '|') refuse('aggregations with `|` belong to Sigma 1: write a correlation rule', path)
      refuse(`the condition has a \`${bad}\` that is not understood`, path)
    }
    const [, word, sign] = found
    if (word !== undefined) tokens.push({ kind: 'word', text: word })
    else if (sign === '(' || sign === ')') tokens.push({ kind: sign, text: sign })
    at = piece.lastIndex
  }
  return tokens
}
