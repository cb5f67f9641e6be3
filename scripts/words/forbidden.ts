import { parse } from 'yaml'
import { blankComments } from '../architecture/read-imports.ts'

/** What must never stand in front of a reader, and why. */
const forbidden: readonly { readonly pattern: RegExp; readonly reason: string }[] = [
  { pattern: /IPA\s*(?:の)?認定/i, reason: 'IPA certifies nobody' },
  {
    pattern: /(?:宣言|SECURITY\s*ACTION)[^。\n]{0,12}取得|取得[^。\n]{0,12}(?:宣言|SECURITY\s*ACTION)/i,
    reason: 'a declaration is made (宣言する), not obtained',
  },
  {
    pattern: /(?:安全|安心)です(?!か)/,
    reason: 'nobody can promise safety; say what is watched and since when',
  },
]

export type ForbiddenWord = { readonly line: number; readonly text: string; readonly reason: string }

/** The forbidden words of a text, line by line. */
export function forbiddenIn(text: string): ForbiddenWord[] {
  return text.split('\n').flatMap((line, index) =>
    forbidden.flatMap(({ pattern, reason }) => {
      const match = pattern.exec(line)
      return match ? [{ line: index + 1, text: match[0], reason }] : []
    }),
  )
}

/** The same for TypeScript; remarks may name what is forbidden. */
export function forbiddenInCode(code: string): ForbiddenWord[] {
  return forbiddenIn(blankComments(code))
}

/** The same for the values of a YAML file, except under a key `banned`, which lists such words for another check. */
export function forbiddenInYaml(yaml: string): ForbiddenWord[] {
  const texts: string[] = []
  collectTexts(parse(yaml), texts)
  return texts.flatMap((text) => forbiddenIn(text).map((found) => ({ ...found, line: lineOf(yaml, text) })))
}

function collectTexts(value: unknown, into: string[]): void {
  if (typeof value === 'string') into.push(value)
  if (typeof value !== 'object' || value === null) return
  for (const [key, inner] of Object.entries(value)) if (key !== 'banned') collectTexts(inner, into)
}

function lineOf(whole: string, part: string): number {
  const at = whole.indexOf(part)
  return at < 0 ? 1 : whole.slice(0, at).split('\n').length
}
