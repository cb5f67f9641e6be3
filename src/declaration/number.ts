import { numberFacts } from '../catalogue/index.ts'
import { tidyDigits } from '../company/index.ts'

/** A number as typed: what it is, or the first thing that is wrong with it. */
export type ReadNumber =
  | { readonly ok: true; readonly number: string; readonly system: 'legacy' | '2026' }
  | { readonly ok: false; readonly why: 'empty' | 'letters' | 'length' | 'first' | 'practice' | 'official' }

/** What the practice shows to be typed: in the form of our own registers, so that it can never be a firm's official one. */
export const practiceNumber = 'MIHON-000000000'

/**
 * Reads a self-declaration id (自己宣言ID): full-width digits, blanks and hyphens are taken; the system follows from the
 * first digit. In practice official numbers are refused, so that none is ever written into sample data.
 */
export function readNumber(typed: string, practice: boolean): ReadNumber {
  const facts = numberFacts()
  const number = tidyDigits(typed)
  if (number === '') return { ok: false, why: 'empty' }
  if (practice) return readPracticeNumber(typed, new RegExp(facts.own_registry.pattern, 'u'))
  if (!/^\d+$/.test(number)) return { ok: false, why: 'letters' }
  if (number.length !== 11) return { ok: false, why: 'length' }
  const system = facts.items.find((one) => new RegExp(one.pattern, 'u').test(number))?.system
  return system === undefined ? { ok: false, why: 'first' } : { ok: true, number, system }
}

function readPracticeNumber(typed: string, own: RegExp): ReadNumber {
  const number = typed.normalize('NFKC').replace(/\s/gu, '').toUpperCase()
  if (/^[45]\d{10}$/.test(tidyDigits(typed))) return { ok: false, why: 'official' }
  return own.test(number) ? { ok: true, number, system: '2026' } : { ok: false, why: 'practice' }
}
