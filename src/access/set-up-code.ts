import { createHash, randomInt, timingSafeEqual } from 'node:crypto'

/** Without 0 O 1 I, which are taken for each other when read from a screen. */
const letters = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'

/** A code of ten characters that whoever started the program reads there: `XXXXX-XXXXX`. */
export function makeSetUpCode(): string {
  const five = (): string => Array.from({ length: 5 }, () => letters[randomInt(letters.length)]).join('')
  return `${five()}-${five()}`
}

const tidy = (typed: string): Buffer =>
  createHash('sha256')
    .update(
      typed
        .normalize('NFKC')
        .toUpperCase()
        .replace(/[^0-9A-Z]/g, ''),
    )
    .digest()

/** Whether the typed code is the one; blanks, hyphens, case and full-width characters do not matter. */
export function isSetUpCode(typed: string, code: string): boolean {
  return timingSafeEqual(tidy(typed), tidy(code))
}
