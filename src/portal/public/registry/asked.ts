import { industries } from '../../../base/industry.ts'
import { prefectures } from '../../../base/prefecture.ts'
import type { EntryStatus, Level, SearchQuery } from '../../../registry/index.ts'

type Texts = Readonly<Record<string, string | undefined>>

/** The filters by their names in an address. */
export const filterNames = ['prefecture', 'industry', 'level', 'status', 'from', 'to'] as const

const levels: readonly Level[] = ['SA1', 'SA2']
const statuses: readonly EntryStatus[] = ['active', 'suspended', 'stopped']

const one = <T extends string>(from: readonly T[], text: string | undefined): T | undefined =>
  from.find((value) => value === text)

/** A day that the calendar has, `YYYY-MM-DD`, with `/` and full width taken. */
function dayOf(text: string | undefined): string | undefined {
  const typed = text?.normalize('NFKC').trim().replaceAll('/', '-') ?? ''
  if (!/^(19|20)\d\d-\d\d-\d\d$/.test(typed)) return undefined
  const at = new Date(`${typed}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(typed) ? typed : undefined
}

/** What an address asks of the register, and which of its filters could not be read. */
export function askedOf(query: Texts): { readonly asked: SearchQuery; readonly wrong: readonly string[] } {
  const asked: SearchQuery = {
    typed: query['q'] ?? '',
    prefecture: one(
      prefectures.map(([code]) => code),
      query['prefecture'],
    ),
    industry: one(
      industries.map(([code]) => code),
      query['industry'],
    ),
    level: one(levels, query['level']),
    status: one(statuses, query['status']),
    from: dayOf(query['from']),
    to: dayOf(query['to']),
  }
  const wrong = filterNames.filter((name) => (query[name] ?? '') !== '' && asked[name] === undefined)
  return { asked, wrong }
}

/** The page of a list that an address asks for. */
export function pageOf(query: Texts): number {
  const page = Number(query['page'] ?? '1')
  return Number.isInteger(page) && page > 0 ? page : 1
}

/** The address of the same question elsewhere: another page of it, a file of it, or without some of it. */
export function addressOf(
  path: string,
  asked: SearchQuery,
  more: Readonly<Record<string, string>> = {},
): string {
  const query = new URLSearchParams()
  if (asked.typed !== '') query.set('q', asked.typed)
  for (const name of filterNames) {
    const value = asked[name]
    if (value !== undefined) query.set(name, value)
  }
  for (const [name, value] of Object.entries(more)) query.set(name, value)
  const text = query.toString()
  return text === '' ? path : `${path}?${text}`
}
