/**
 * Whether 13 digits are a corporate number (法人番号) with a right check digit.
 * Rule: 9 − ((Σ Pn × Qn) mod 9), Pn the n-th of the 12 base digits counted from the lowest, Qn = 1 for odd n, 2 for even n
 * (法人番号の指定に関する省令, 平成26年財務省令第70号, 第2条).
 */
export function isCorporateNumber(digits: string): boolean {
  if (!/^[0-9]{13}$/.test(digits)) return false
  const base = digits.slice(1)
  let sum = 0
  for (let n = 1; n <= 12; n++) sum += Number(base[12 - n]) * (n % 2 === 1 ? 1 : 2)
  return Number(digits[0]) === 9 - (sum % 9)
}

/** Digits as people type them: full width, blanks and hyphens are taken away. */
export function tidyDigits(typed: string): string {
  return typed.normalize('NFKC').replace(/[\s\-‐‑–—―ー－]/gu, '')
}
