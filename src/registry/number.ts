/** Crockford's base 32, and the five signs that only a check character can be. */
const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const checks = `${digits}*~$=U`

/** What a number of the register looks like; official ids are eleven digits, so none is ever the other. */
export const numberForm = /^[A-Z]{2,5}-[0-9A-HJKMNP-TV-Z]{8}[0-9A-HJKMNP-TV-Z*~$=U]$/

/** An official 自己宣言ID: old system 4…, system of 2026 5… . */
export const officialForm = /^[45]\d{10}$/

/** The check character of eight characters: their value modulo 37 (Crockford). Finds every wrong character and swap. */
export function checkCharacter(body: string): string {
  let rest = 0
  for (const character of body) rest = (rest * 32 + digits.indexOf(character)) % 37
  return checks[rest] ?? ''
}

/**
 * A number from five random bytes; undefined for the fifth of all draws whose check character is a sign: those are hard to
 * say on the telephone, and some programs cut them off the end of a link. Numbers with a sign are still valid.
 */
export function numberFrom(code: string, bytes: Uint8Array): string | undefined {
  let value = bytes.slice(0, 5).reduce((sum, byte) => sum * 256 + byte, 0)
  let body = ''
  for (let at = 0; at < 8; at++) {
    body = (digits[value % 32] ?? '') + body
    value = Math.floor(value / 32)
  }
  const check = checkCharacter(body)
  return digits.includes(check) ? `${code}-${body}${check}` : undefined
}

/** Whether a tidy number has the form and its own check character. */
export function isEntryNumber(number: string): boolean {
  const body = number.slice(-9, -1)
  return numberForm.test(number) && checkCharacter(body) === number.at(-1)
}

/** Blanks and every kind of stroke that people put between characters. */
const between = /[\s\-‐‑‒–—―−ー.・]/gu

export type ReadNumber =
  | { readonly ok: true; readonly number: string }
  /** `form`: not like a number of a register. `check`: one character is wrong or two are swapped. */
  | { readonly ok: false; readonly why: 'form' | 'check' }

/**
 * A number as people type it: lower case, full width, without hyphen, O for 0, I or L for 1, and, where the register's
 * own `code` is given, without it.
 */
export function readNumber(typed: string, code?: string): ReadNumber {
  const text = typed.normalize('NFKC').replace(between, '').replaceAll('〜', '~').toUpperCase()
  const front = text.slice(0, -9)
  const body = text.slice(-9, -1).replaceAll('O', '0').replace(/[IL]/g, '1')
  const check = text.slice(-1).replace('O', '0').replace(/[IL]/, '1')
  const number = `${front === '' ? (code ?? '') : front.replaceAll('0', 'O')}-${body}${check}`
  if (!numberForm.test(number)) return { ok: false, why: 'form' }
  return isEntryNumber(number) ? { ok: true, number } : { ok: false, why: 'check' }
}
