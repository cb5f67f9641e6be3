/** One rule of a style sheet. */
export type CssRule = {
  readonly file: string
  readonly line: number
  readonly selector: string
  /** The conditions around it, outermost first, e.g. `@media (hover: hover)`; empty at the top. */
  readonly within: readonly string[]
  readonly declarations: ReadonlyMap<string, string>
}

const token = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\/\*[\s\S]*?\*\/|[{};]|[^"'{};/]+|\//g

/** The rules of a style sheet. Good for what we write: blocks and conditions around them, no rules inside rules. */
export function readCss(file: string, text: string): CssRule[] {
  const rules: CssRule[] = []
  const open: string[] = []
  let declarations = new Map<string, string>()
  let part = ''
  let line = 1
  let begun = 1
  for (const [piece] of text.matchAll(token)) {
    if (piece === '{') {
      open.push(part.trim())
      declarations = new Map()
      part = ''
    } else if (piece === ';' || piece === '}') {
      declare(declarations, part)
      part = ''
      if (piece === '}') {
        const selector = open.pop() ?? ''
        if (!selector.startsWith('@'))
          rules.push({ file, line: begun, selector, within: [...open], declarations })
        declarations = new Map()
      }
    } else if (!piece.startsWith('/*')) {
      if (part.trim() === '') begun = line + leadingLines(piece)
      part += piece
    }
    line += piece.split('\n').length - 1
  }
  return rules
}

function leadingLines(piece: string): number {
  return (/^\s*/.exec(piece)?.[0].split('\n').length ?? 1) - 1
}

function declare(declarations: Map<string, string>, text: string): void {
  const colon = text.indexOf(':')
  if (colon > 0) declarations.set(text.slice(0, colon).trim(), text.slice(colon + 1).trim())
}
