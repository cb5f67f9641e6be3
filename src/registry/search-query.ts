import { tidyDigits } from '../company/index.ts'
import type { EntryStatus, Level } from './entry.ts'
import { facetGram, gramsSuffice, gramsToFind } from './gram.ts'
import { searchKey, searchWords } from './normalise.ts'
import { officialForm, readNumber } from './number.ts'

/** What is asked of the register. Absent filters do not narrow. */
export type SearchQuery = {
  /** The one box: name, reading, corporate number or number of a declaration, as typed. */
  readonly typed: string
  readonly prefecture?: string | undefined
  readonly industry?: string | undefined
  readonly level?: Level | undefined
  readonly status?: EntryStatus | undefined
  /** First and last day of declaring, `YYYY-MM-DD`. */
  readonly from?: string | undefined
  readonly to?: string | undefined
}

/** As what the box was understood. */
export type BoxReading =
  | { readonly as: 'nothing' }
  | { readonly as: 'words'; readonly words: readonly string[]; readonly key: string }
  /** A number of this register. */
  | { readonly as: 'number'; readonly number: string }
  /** Like a number of this register, with a wrong character. */
  | { readonly as: 'wrong-number' }
  | { readonly as: 'corporate'; readonly digits: string }
  /** An official 自己宣言ID: no register but IPA's has it. */
  | { readonly as: 'official'; readonly digits: string }
  /** 株式会社 and nothing else: every second firm. */
  | { readonly as: 'body-only' }

/** Reads the one box. A corporate number may carry the T of an invoice issuer. */
export function readBox(typed: string, code: string): BoxReading {
  const text = typed.slice(0, 200).trim()
  if (text === '') return { as: 'nothing' }
  const digits = tidyDigits(text).replace(/^[Tt]/, '')
  if (/^\d{13}$/.test(digits)) return { as: 'corporate', digits }
  if (officialForm.test(digits)) return { as: 'official', digits }
  const read = readNumber(text, code)
  if (read.ok && read.number.startsWith(`${code}-`)) return { as: 'number', number: read.number }
  if (!read.ok && read.why === 'check' && tidyDigits(text).toUpperCase().startsWith(code))
    return { as: 'wrong-number' }
  const words = searchWords(text)
  return words.length === 0 ? { as: 'body-only' } : { as: 'words', words, key: searchKey(text) }
}

/** Conditions in SQL on `registry_entry e`, with their values. */
export type Conditions = {
  readonly where: string
  /** The part of `where` that the order of declaring can follow. */
  readonly days: string
  readonly values: readonly unknown[]
}

/** The conditions of a query whose box was read. Reads the same index for words and filters. */
export function conditionsOf(query: SearchQuery, box: BoxReading): Conditions {
  const values: unknown[] = []
  const value = (one: unknown): string => `$${values.push(one)}`
  const where: string[] = []
  const words = box.as === 'words' ? box.words : []
  const grams = [...words.flatMap(gramsToFind), ...facetGrams(query)]
  if (grams.length > 0) where.push(`e.grams @> ${value(grams)}::integer[]`)
  for (const word of words.filter((one) => !gramsSuffice(one))) {
    const at = value(word)
    where.push(`(strpos(e.name_key, ${at}) > 0 or strpos(e.kana_key, ${at}) > 0)`)
  }
  if (box.as === 'number') where.push(`e.number = ${value(box.number)}`)
  if (box.as === 'corporate') where.push(`e.corporate_number = ${value(box.digits)}`)
  if (box.as === 'official' || box.as === 'wrong-number') where.push('false')
  const days: string[] = []
  if (query.from !== undefined) days.push(`e.declared_on >= ${value(query.from)}::date`)
  if (query.to !== undefined) days.push(`e.declared_on <= ${value(query.to)}::date`)
  return { where: allOf([...where, ...days]), days: allOf(days), values }
}

const allOf = (conditions: readonly string[]): string => conditions.join(' and ') || 'true'

/** The filters as they stand in the index beside the pairs of characters. */
export function facetGrams(of: Pick<SearchQuery, 'level' | 'status' | 'prefecture' | 'industry'>): number[] {
  return [
    ...(of.level === undefined ? [] : [facetGram('level', of.level.slice(2))]),
    ...(of.status === undefined ? [] : [facetGram('status', of.status.slice(0, 2))]),
    ...(of.prefecture === undefined ? [] : [facetGram('prefecture', of.prefecture)]),
    ...(of.industry === undefined ? [] : [facetGram('industry', of.industry)]),
  ]
}
