import type { Warn } from './item.ts'
import { textOf } from './look.ts'
import { refuse } from './problem.ts'
import { isMap } from './value.ts'

export const levels = ['informational', 'low', 'medium', 'high', 'critical'] as const
export type Level = (typeof levels)[number]

type Document = Readonly<Record<string, unknown>>

/** What every rule says of itself. Author, link and licence travel with each message made from a match. */
export type Head = {
  readonly title: string
  /** The id as written, else the name, else the title: unique in a set. */
  readonly id: string
  readonly name: string | undefined
  readonly status: string | undefined
  readonly level: Level | undefined
  readonly author: string | undefined
  readonly description: string | undefined
  readonly license: string | undefined
  readonly references: readonly string[]
  readonly tags: readonly string[]
  readonly falsepositives: readonly string[]
  /** Top-level keys that Sigma does not know, untouched. */
  readonly custom: Readonly<Record<string, unknown>>
  /** The document as it came. */
  readonly raw: Document
  readonly file: string
}

const known = new Set(
  `title id name related status description license references author date modified logsource detection fields
  falsepositives level tags scope taxonomy correlation generate`.split(/\s+/),
)
const statuses: readonly string[] = ['stable', 'test', 'experimental', 'deprecated', 'unsupported']
const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i

function textAt(document: Document, key: string): string | undefined {
  const value = document[key]
  if (value === undefined || value === null) return undefined
  return typeof value === 'string' ? value : refuse(`\`${key}\` must be a text`, [key])
}

function listAt(document: Document, key: string): readonly string[] {
  const value = document[key]
  if (value === undefined || value === null) return []
  if (typeof value === 'string') return [value]
  if (!Array.isArray(value)) return refuse(`\`${key}\` must be a list`, [key])
  return value.flatMap((one) => textOf(one) ?? [])
}

/** How a problem names the rule of a document. */
export function nameOf(document: unknown): string {
  if (!isMap(document)) return '?'
  const name = document['title'] ?? document['id']
  return typeof name === 'string' && name !== '' ? name : '?'
}

/** Reads everything around the detection; refuses what would make the rule's meaning unsure. */
export function readHead(document: Document, file: string, warn: Warn): Head {
  const title = textAt(document, 'title')
  if (title === undefined || title === '') return refuse('`title` is missing', ['title'])
  if (title.length > 256) warn('`title` is longer than 256 characters', ['title'])
  const id = textAt(document, 'id')
  if (id !== undefined && !uuid.test(id)) warn('`id` is not a UUID', ['id'])
  const name = textAt(document, 'name')
  const status = textAt(document, 'status')
  if (status !== undefined && !statuses.includes(status)) refuse(`unknown status \`${status}\``, ['status'])
  const written = textAt(document, 'level')
  const level = levels.find((one) => one === written)
  if (written !== undefined && level === undefined) refuse(`unknown level \`${written}\``, ['level'])
  const taxonomy = textAt(document, 'taxonomy')
  if (taxonomy !== undefined && taxonomy !== 'sigma') {
    refuse(`there is no mapping for the taxonomy \`${taxonomy}\``, ['taxonomy'])
  }
  return {
    title,
    id: id ?? name ?? title,
    name,
    status,
    level,
    author: textAt(document, 'author'),
    description: textAt(document, 'description'),
    license: textAt(document, 'license'),
    references: listAt(document, 'references'),
    tags: listAt(document, 'tags'),
    falsepositives: listAt(document, 'falsepositives'),
    custom: Object.fromEntries(Object.entries(document).filter(([key]) => !known.has(key))),
    raw: document,
    file,
  }
}
