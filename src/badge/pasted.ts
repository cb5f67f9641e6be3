import { readNumber } from '../registry/index.ts'

/** What somebody pasted: a signed text, a number of the register, or neither. */
export type Pasted =
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'number'; readonly number: string }
  | { readonly kind: 'nothing' }

/** A JWT: its header is JSON, so it begins with `{"` in base64url. It begins at a border, so a long text is read once. */
const jwt = /(?<![\w-])eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/
/** Nothing but a JWT, as a mail breaks it into lines. */
const onlyJwt = /^eyJ[\w\s.-]*$/
const inAddress = /\/(?:badges|registry\/entries)\/([^/?#\s"'<>]{6,60})/

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/**
 * Finds the credential in what was pasted (alone, in quotes, broken into lines by a mail, inside an SVG), else a number
 * (typed, or in the address of a badge or of an entry).
 */
export function readPasted(text: string, code?: string): Pasted {
  const bare = text.trim()
  const token = jwt.exec(onlyJwt.test(bare) ? bare.replaceAll(/\s+/g, '') : bare)?.[0]
  if (token !== undefined) return { kind: 'token', token }
  const typed = decoded(inAddress.exec(text)?.[1]?.replace(/\.svg$/, '') ?? bare)
  const read = typed.length <= 60 ? readNumber(typed, code) : undefined
  return read?.ok ? { kind: 'number', number: read.number } : { kind: 'nothing' }
}
