/** One element of the structured data of RFC 5424 §6.3; `start` and `end` are offsets in the searched text. */
export type Element = {
  readonly id: string
  readonly start: number
  readonly end: number
  readonly params: ReadonlyMap<string, string>
}

/** Where the structured data of a line stand. */
export type StructuredData = {
  readonly host: string
  readonly start: number
  readonly end: number
  readonly elements: readonly Element[]
}

/** `<PRI>VERSION TIMESTAMP HOSTNAME APP-NAME PROCID MSGID ` with the lengths of RFC 5424 §6, a little generous. */
const header = /^<\d{1,3}>\d{1,2} \S{1,64} (\S{1,255}) \S{1,128} \S{1,128} \S{1,64} (?=\[)/

/** Elements beyond this are not looked at. */
const mostElements = 32

/**
 * Reads the structured data in the head of a syslog line of RFC 5424. Undefined where there are none; brackets in the
 * message are never taken for structured data.
 */
export function structuredData(line: string): StructuredData | undefined {
  if (!line.startsWith('<')) return undefined
  const head = header.exec(line)
  const host = head?.[1]
  if (!head || host === undefined) return undefined
  const start = head[0].length
  const elements: Element[] = []
  let at = start
  while (line[at] === '[' && elements.length < mostElements) {
    const element = readElement(line, at)
    if (!element) break
    elements.push(element)
    at = element.end
  }
  return elements.length === 0 ? undefined : { host, start, end: at, elements }
}

const name = /[^\s="\]]{1,64}/y
const param = / ([^\s="\]]{1,64})="/y

function readElement(line: string, start: number): Element | undefined {
  name.lastIndex = start + 1
  const id = name.exec(line)?.[0]
  if (id === undefined) return undefined
  const params = new Map<string, string>()
  let at = start + 1 + id.length
  for (;;) {
    if (line[at] === ']') return { id, start, end: at + 1, params }
    param.lastIndex = at
    const found = param.exec(line)
    const key = found?.[1]
    if (!found || key === undefined) return undefined
    const value = readValue(line, param.lastIndex)
    if (!value) return undefined
    params.set(key, value.text)
    at = value.end
  }
}

/** A value up to its closing quote; `\"`, `\\` and `\]` are escapes, any other backslash is itself. */
function readValue(line: string, start: number): { text: string; end: number } | undefined {
  let text = ''
  for (let at = start; at < line.length; at++) {
    const character = line.charAt(at)
    if (character === '"') return { text, end: at + 1 }
    const next = line[at + 1]
    if (character === '\\' && (next === '"' || next === '\\' || next === ']')) {
      text += next
      at += 1
    } else {
      text += character
    }
  }
  return undefined
}

/** The id of the element in which a sender shows its token: `[mimamori@32473 t="…"]` (receivers.md §2). */
export const tokenElement = 'mimamori@32473'

/** The longest head that is searched for a token, in bytes. */
const headBytes = 2_048

/**
 * Takes the token out of a line's structured data; the rest of the line stays byte by byte. Without a token the same
 * bytes come back.
 */
export function takeToken(line: Buffer): { readonly token: string | undefined; readonly rest: Buffer } {
  if (line[0] !== 0x3c) return { token: undefined, rest: line }
  // Latin-1 keeps one character a byte, so that offsets are offsets of bytes.
  const head = line.toString('latin1', 0, headBytes)
  if (!head.includes(tokenElement)) return { token: undefined, rest: line }
  const data = structuredData(head)
  const element = data?.elements.find((one) => one.id === tokenElement)
  if (!data || !element) return { token: undefined, rest: line }
  const alone = data.elements.length === 1
  const rest = Buffer.concat([
    line.subarray(0, element.start),
    Buffer.from(alone ? '-' : ''),
    line.subarray(element.end),
  ])
  return { token: element.params.get('t'), rest }
}
