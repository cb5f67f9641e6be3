import { put, storable } from '../text.ts'

/** Structured data of RFC 5424 §6.3: element id → parameter name → value. A name given twice keeps both, as a list. */
export type StructuredData = Readonly<Record<string, Readonly<Record<string, unknown>>>>

export type StructuredRead = {
  readonly data: StructuredData
  /** Offset behind the last legal element. */
  readonly end: number
  /** False where something in brackets follows that is no legal element (Check Point's `[key:"v"; …]`). */
  readonly legal: boolean
}

const mostElements = 32
const mostParameters = 128

/** Reads the elements that begin at `start`, where a `[` stands. Linear in the length of the line. */
export function readStructuredData(line: string, start: number): StructuredRead {
  const data: Record<string, Record<string, unknown>> = {}
  let at = start
  for (let count = 0; line[at] === '[' && count < mostElements; count += 1) {
    const element = readElement(line, at)
    if (!element) return { data, end: at, legal: false }
    put(data, storable(element.id), element.params)
    at = element.end
  }
  const legal = at > start && (at >= line.length || line[at] === ' ')
  return { data, end: at, legal }
}

type Element = { readonly id: string; readonly params: Record<string, unknown>; readonly end: number }

const nameAt = /[^\s="\]]{1,128}/y

function readElement(line: string, start: number): Element | undefined {
  const id = match(nameAt, line, start + 1)
  if (id === undefined) return undefined
  const params: Record<string, unknown> = {}
  let at = start + 1 + id.length
  for (let count = 0; count < mostParameters; count += 1) {
    if (line[at] === ']') return { id, params, end: at + 1 }
    while (line[at] === ' ') at += 1
    if (line[at] === ']') return { id, params, end: at + 1 }
    const name = match(nameAt, line, at)
    if (name === undefined || line[at + name.length] !== '=' || line[at + name.length + 1] !== '"')
      return undefined
    const value = readValue(line, at + name.length + 2)
    if (!value) return undefined
    add(params, storable(name), value.text)
    at = value.end
  }
  return undefined
}

/** A quoted value: `\"`, `\\` and `\]` are escapes, a backslash before anything else stands for itself (§6.3.3). */
function readValue(line: string, start: number): { text: string; end: number } | undefined {
  let at = start
  let escaped = false
  for (; at < line.length; at += 1) {
    const c = line[at]
    if (c === '\\') {
      escaped = true
      at += 1
    } else if (c === '"') {
      const text = line.slice(start, at)
      return { text: storable(escaped ? text.replace(/\\(["\\\]])/g, '$1') : text), end: at + 1 }
    }
  }
  return undefined
}

function add(params: Record<string, unknown>, name: string, value: string): void {
  const before = Object.hasOwn(params, name) ? params[name] : undefined
  if (before === undefined) put(params, name, value)
  else put(params, name, Array.isArray(before) ? [...before, value] : [before, value])
}

function match(pattern: RegExp, line: string, at: number): string | undefined {
  pattern.lastIndex = at
  return pattern.exec(line)?.[0]
}
