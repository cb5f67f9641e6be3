import { isCorporateNumber, tidyDigits } from '../company/index.ts'
import type { Tx } from '../store/index.ts'
import type { Entry } from './entry.ts'
import { entriesByKeys } from './lookup.ts'
import { officialForm, readNumber } from './number.ts'

/** So many numbers are checked at once. */
export const mostChecked = 10_000
const longestLine = 1_000

/** One line as it was read. */
export type ReadLine =
  | { readonly as: 'number' | 'corporate'; readonly key: string }
  /** An official 自己宣言ID: only IPA can say. */
  | { readonly as: 'official'; readonly key: string }
  /** Not one of the three, or like one with a wrong character. */
  | { readonly as: 'unreadable'; readonly why: 'form' | 'check' }

/** What one line came to. `line` counts from 1, as typed. */
export type CheckedLine = {
  readonly line: number
  readonly typed: string
  readonly read: ReadLine
  /** The entry in force, else the newest. */
  readonly entry: Entry | undefined
  /** How many other entries the firm has. */
  readonly others: number
}

function readCell(cell: string, code: string): ReadLine {
  const digits = tidyDigits(cell).replace(/^[Tt]/, '')
  if (/^\d{13}$/.test(digits)) {
    return isCorporateNumber(digits) ? { as: 'corporate', key: digits } : { as: 'unreadable', why: 'check' }
  }
  if (officialForm.test(digits)) return { as: 'official', key: digits }
  const number = readNumber(cell, code)
  if (number.ok) return { as: 'number', key: number.number }
  const ours = number.why === 'check' && tidyDigits(cell).toUpperCase().startsWith(code)
  return { as: 'unreadable', why: ours ? 'check' : 'form' }
}

/** Reads one line: the first of its cells (comma, tab, semicolon) that is a number of one of the three kinds. */
export function readLine(line: string, code: string): ReadLine {
  const cells = line
    .slice(0, longestLine)
    .split(/[,\t;、，]/u)
    .map((cell) => cell.replace(/^[\s"'＂]+|[\s"'＂]+$/gu, ''))
  const read = cells.filter((cell) => cell !== '').map((cell) => readCell(cell, code))
  return (
    read.find((one) => one.as !== 'unreadable') ??
    read.find((one) => one.as === 'unreadable' && one.why === 'check') ?? { as: 'unreadable', why: 'form' }
  )
}

/** One line as typed, counted from 1. */
export type Line = { readonly line: number; readonly typed: string }

/** The lines to check, or the first line over the limit. */
export type ReadLines =
  | { readonly ok: true; readonly lines: readonly Line[] }
  | { readonly ok: false; readonly line: number }

/**
 * Lines of a pasted list or a small file: empty ones are left out, and a first one without any digit is a heading. At most
 * `mostChecked`.
 */
export function linesOf(text: string): ReadLines {
  const all = text
    .replace(/^\ufeff/, '')
    .split(/\r\n|\r|\n/)
    .map((typed, at) => ({ line: at + 1, typed: typed.trim() }))
    .filter(({ typed }) => typed !== '')
  const lines = all[0] !== undefined && !/\d/.test(all[0].typed.normalize('NFKC')) ? all.slice(1) : all
  const over = lines[mostChecked]
  return over === undefined ? { ok: true, lines } : { ok: false, line: over.line }
}

/** Looks up many at once; one answer for each line, in their order. */
export async function checkMany(tx: Tx, lines: readonly Line[], code: string): Promise<CheckedLine[]> {
  const read = lines.map(({ line, typed }) => ({ line, typed, read: readLine(typed, code) }))
  const keys = read.flatMap((one) =>
    one.read.as === 'number' || one.read.as === 'corporate' ? [one.read.key] : [],
  )
  const found = await entriesByKeys(tx, keys)
  return read.map((one) => {
    const entries = one.read.as === 'unreadable' ? [] : (found.get(one.read.key) ?? [])
    return { ...one, entry: entries[0], others: Math.max(0, entries.length - 1) }
  })
}
