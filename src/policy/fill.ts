/** A part of a filled text; `field` names what it came from. */
export type Piece = { readonly text: string; readonly field?: string }

/** The values of a text, each already in words. */
export type Values = Readonly<Record<string, string>>

/**
 * Puts values in the place of `{{name}}`. Each value goes in once and is not looked at again, so nothing that a company
 * typed is ever evaluated. A name without a value becomes an empty piece.
 */
export function fill(template: string, values: Values): Piece[] {
  const parts = template.split(/\{\{([a-z_]+)\}\}/)
  return parts.flatMap((part, at): Piece[] => {
    if (at % 2 === 1) return [{ text: Object.hasOwn(values, part) ? (values[part] ?? '') : '', field: part }]
    return part === '' ? [] : [{ text: part }]
  })
}

/** The lines of a template; a line whose values are all empty is left out. */
export function fillLines(template: string, values: Values): Piece[][] {
  return template
    .split('\n')
    .map((line) => fill(line, values))
    .filter((line) => {
      const asked = line.filter((piece) => piece.field !== undefined)
      return asked.length === 0 || asked.some((piece) => piece.text !== '')
    })
}

/** The pieces as one text. */
export function plain(pieces: readonly Piece[]): string {
  return pieces.map((piece) => piece.text).join('')
}
