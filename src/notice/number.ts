import { randomInt } from 'node:crypto'

/** Damm's quasigroup of order 10: weakly totally anti-symmetric, zeros on the diagonal (H. M. Damm, 2004). */
const table = [
  [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
  [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
  [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
  [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
  [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
  [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
  [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
  [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
  [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
  [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
] as const

/** The digit that makes `digits` pass; catches every single wrong digit and every swap of two neighbours. */
export function checkDigit(digits: string): string {
  let state = 0
  for (const digit of digits) state = table[state]?.[Number(digit)] ?? 0
  return String(state)
}

/** Whether a text of digits ends with its own check digit. */
export function passesCheck(digits: string): boolean {
  return /^[0-9]{2,}$/.test(digits) && checkDigit(digits) === '0'
}

/** `length` random digits followed by their check digit. */
export function randomNumber(length: number): string {
  const digits = String(randomInt(10 ** length)).padStart(length, '0')
  return digits + checkDigit(digits)
}

/** A notice number as it is shown and spoken: `4817-3302-2`. */
export function formatNumber(number: string): string {
  return `${number.slice(0, 4)}-${number.slice(4, 8)}-${number.slice(8)}`
}

/**
 * The nine digits of a notice number in any spelling (full-width, spaces, any hyphen), or undefined when it cannot be one.
 */
export function parseNumber(text: string): string | undefined {
  const digits = text.normalize('NFKC').replace(/[\s\-‐-―−ー－.・]/g, '')
  return /^[0-9]{9}$/.test(digits) && passesCheck(digits) ? digits : undefined
}
