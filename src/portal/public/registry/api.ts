import { isFault } from '../../../base/fault.ts'
import { type Answer, type Ctx, type RouteSpec, route } from '../../../http/index.ts'
import {
  type CheckedLine,
  checkMany,
  findEntry,
  isEntryNumber,
  listEntries,
  mostChecked,
  readNumber,
  type Registry,
  readRegistry,
  showEntry,
  showEvent,
  showHead,
} from '../../../registry/index.ts'
import { withoutScope } from '../../../store/index.ts'
import { addressOf, askedOf } from './asked.ts'
import type { RegistryDoor } from './door.ts'
import { apiPage } from './api-page.tsx'

const most = { page: 1_000, bytes: 2 * 1024 * 1024, key: 200 } as const

/** The register for programs. Errors are JSON that names the field, the line and the limit. */
export function apiRoutes(door: RegistryDoor): readonly RouteSpec[] {
  return [
    route({
      method: 'GET',
      path: '/registry/api',
      area: 'public',
      handle: async (ctx) => apiPage(door, ctx),
    }),
    route({
      method: 'GET',
      path: '/api/registry/v1/entries',
      area: 'machine',
      handle: (ctx) => asJson(door, ctx, listed),
    }),
    route({
      method: 'GET',
      path: '/api/registry/v1/entries/:entry',
      area: 'machine',
      ids: { entry: 'entry' },
      handle: (ctx) => asJson(door, ctx, one),
    }),
    route({
      method: 'POST',
      path: '/api/registry/v1/check',
      area: 'machine',
      reads: { bytes: most.bytes },
      handle: (ctx) => asJson(door, ctx, checked),
    }),
  ]
}

type Asked = { readonly ctx: Ctx; readonly registry: Registry; readonly baseUrl: string }

const refused = (status: number, error: string): Answer => ({ status, json: { error } })

async function asJson(door: RegistryDoor, ctx: Ctx, work: (of: Asked) => Promise<Answer>): Promise<Answer> {
  try {
    const limiter = work === checked ? door.checks : door.looks
    limiter.take(ctx.ip, ctx.now)
  } catch (thrown) {
    if (!isFault(thrown)) throw thrown
    return {
      status: 429,
      json: { error: 'Too many requests.', retry_after_seconds: thrown.details['retryAfter'] },
    }
  }
  const registry = await readRegistry(ctx.db)
  if (registry === undefined) return refused(404, 'No register runs here.')
  return work({ ctx, registry, baseUrl: door.parts.access.baseUrl })
}

async function listed({ ctx, registry, baseUrl }: Asked): Promise<Answer> {
  const { asked, wrong } = askedOf(ctx.query)
  if (wrong.length > 0) return refused(400, `Cannot read: ${wrong.join(', ')}.`)
  const limit = Number(ctx.query['limit'] ?? 100)
  if (!Number.isInteger(limit) || limit < 1 || limit > most.page) {
    return refused(400, `limit must be a whole number from 1 to ${most.page}.`)
  }
  const after = ctx.query['after']
  if (after !== undefined && !isEntryNumber(after))
    return refused(400, 'after must be a number of this register.')
  const entries = await withoutScope(ctx.db, (tx) =>
    listEntries(tx, asked, { code: registry.code, after, limit }),
  )
  const last = entries.length === limit ? entries.at(-1)?.number : undefined
  return {
    json: {
      ...showHead(registry, ctx.now),
      entries: entries.map((entry) => showEntry(entry, baseUrl)),
      next:
        last === undefined
          ? null
          : `${baseUrl}${addressOf('/api/registry/v1/entries', asked, { limit: String(limit), after: last })}`,
    },
  }
}

async function one({ ctx, registry, baseUrl }: Asked): Promise<Answer> {
  const read = readNumber(ctx.params['entry'] ?? '', registry.code)
  const entry = read.ok ? await withoutScope(ctx.db, (tx) => findEntry(tx, read.number)) : undefined
  if (entry === undefined) return refused(404, 'This number is not in the register.')
  return {
    json: {
      ...showHead(registry, ctx.now),
      entry: showEntry(entry, baseUrl),
      history: entry.history.map(showEvent),
    },
  }
}

async function checked({ ctx, registry, baseUrl }: Asked): Promise<Answer> {
  const keys = keysOf(ctx.body)
  if (typeof keys === 'string') return refused(400, keys)
  if (keys.length > mostChecked) {
    return refused(413, `keys[${mostChecked}] is over the limit of ${mostChecked} keys.`)
  }
  const lines = keys.map((typed, at) => ({ line: at + 1, typed }))
  const found = await withoutScope(ctx.db, (tx) => checkMany(tx, lines, registry.code))
  return {
    json: { ...showHead(registry, ctx.now), results: found.map((line) => showLine(line, baseUrl)) },
  }
}

/** `{"keys": ["…"]}`; what is wrong with it as a sentence. */
function keysOf(body: Uint8Array | undefined): readonly string[] | string {
  let read: unknown
  try {
    read = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body ?? new Uint8Array()))
  } catch {
    return 'The body is not JSON in UTF-8.'
  }
  const keys: unknown = typeof read === 'object' && read !== null && 'keys' in read ? read.keys : undefined
  if (!Array.isArray(keys)) return 'keys must be a list of texts.'
  const texts = keys.filter(
    (key: unknown): key is string => typeof key === 'string' && key.length <= most.key,
  )
  if (texts.length === keys.length) return texts
  const at = keys.findIndex((key: unknown) => typeof key !== 'string' || key.length > most.key)
  return `keys[${at}] must be a text of at most ${most.key} characters.`
}

function showLine(line: CheckedLine, baseUrl: string): Record<string, unknown> {
  const { read, entry } = line
  const result = entry?.status ?? (read.as === 'number' || read.as === 'corporate' ? 'absent' : read.as)
  return {
    key: line.typed,
    result,
    ...(read.as === 'unreadable' && { why: read.why }),
    entry: entry === undefined ? null : showEntry(entry, baseUrl),
    others: line.others,
  }
}
