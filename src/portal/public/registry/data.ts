import { isoJst, jstDate } from '../../../base/time.ts'
import { type Answer, type Ctx, type RouteSpec, route } from '../../../http/index.ts'
import {
  allEntries,
  csvLine,
  entryCells,
  entryFields,
  type Registry,
  type SearchQuery,
  showEntry,
  showHead,
} from '../../../registry/index.ts'
import { askedOf } from './asked.ts'
import { mustRegistry, type RegistryDoor } from './door.ts'

/** The register, or what a search found of it, as one file, made while it is sent. */
export function dataRoutes(door: RegistryDoor): readonly RouteSpec[] {
  const file = (ending: 'csv' | 'json', type: string, write: typeof csvOf): RouteSpec =>
    route({
      method: 'GET',
      path: `/registry/data.${ending}`,
      area: 'public',
      async handle(ctx): Promise<Answer> {
        door.files.take(ctx.ip, ctx.now)
        const registry = await mustRegistry(ctx)
        const { asked } = askedOf(ctx.query)
        const name = `${registry.code}-${jstDate(ctx.now)}.${ending}`
        const of = write(ctx, { registry, asked, baseUrl: door.parts.access.baseUrl })
        return { chunks: { of, type, name } }
      },
    })
  return [
    file('csv', 'text/csv; charset=utf-8', csvOf),
    file('json', 'application/json; charset=utf-8', jsonOf),
  ]
}

type Of = { readonly registry: Registry; readonly asked: SearchQuery; readonly baseUrl: string }

/** With a byte order mark, since spreadsheets in Japan else read it as Shift_JIS. Licence and date stand in every row. */
async function* csvOf(ctx: Ctx, { registry, asked, baseUrl }: Of): AsyncGenerator<string> {
  yield `\ufeff${csvLine([...entryFields, 'licence', 'as_of'])}`
  const tail = [registry.dataLicence, isoJst(ctx.now)]
  for await (const entries of allEntries(ctx.db, asked, registry.code)) {
    yield entries.map((entry) => csvLine([...entryCells(entry, baseUrl), ...tail])).join('')
  }
}

async function* jsonOf(ctx: Ctx, { registry, asked, baseUrl }: Of): AsyncGenerator<string> {
  yield `${JSON.stringify(showHead(registry, ctx.now)).slice(0, -1)},"entries":[`
  let first = true
  for await (const entries of allEntries(ctx.db, asked, registry.code)) {
    const text = entries.map((entry) => JSON.stringify(showEntry(entry, baseUrl))).join(',\n')
    yield `${first ? '' : ','}\n${text}`
    first = false
  }
  yield '\n]}\n'
}
