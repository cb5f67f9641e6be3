import { isoJst, jstDate } from '../../../base/time.ts'
import {
  type Answer,
  blankForm,
  type Ctx,
  failForm,
  type RouteSpec,
  route,
  sayCount,
} from '../../../http/index.ts'
import {
  type CheckedLine,
  checkMany,
  csvLine,
  entryCells,
  entryFields,
  linesOf,
  mostChecked,
  type Registry,
} from '../../../registry/index.ts'
import { withoutScope } from '../../../store/index.ts'
import { CheckManyPage } from './check.tsx'
import { mustRegistry, type RegistryDoor } from './door.ts'
import { words } from './words.ts'

/** 10,000 lines with names beside the numbers, percent-encoded or as a file. */
const mostBytes = 4 * 1024 * 1024

/** Many numbers at once, for people: pasted or as a file, answered on the page or as a file. */
export function checkRoutes(door: RegistryDoor): readonly RouteSpec[] {
  return [
    route({
      method: 'GET',
      path: '/registry/check',
      area: 'public',
      async handle(ctx): Promise<Answer> {
        const registry = await mustRegistry(ctx)
        return { page: <CheckManyPage ctx={ctx} registry={registry} form={blankForm()} /> }
      },
    }),
    route({
      method: 'POST',
      path: '/registry/check',
      area: 'public',
      upload: { bytes: mostBytes },
      async handle(ctx): Promise<Answer> {
        const registry = await mustRegistry(ctx)
        door.checks.take(ctx.ip, ctx.now)
        return answered(ctx, registry, door.parts.access.baseUrl)
      },
    }),
  ]
}

async function answered(ctx: Ctx, registry: Registry, baseUrl: string): Promise<Answer> {
  const say = words[ctx.lang].check
  const again = (error: string): Answer => ({
    page: <CheckManyPage ctx={ctx} registry={registry} form={failForm(ctx, { numbers: error })} />,
    status: 422,
  })
  const read = linesOf(textOf(ctx))
  if (!read.ok) return again(say.over(sayCount(read.line), sayCount(mostChecked)))
  if (read.lines.length === 0) return again(say.empty)
  const checked = await withoutScope(ctx.db, (tx) => checkMany(tx, read.lines, registry.code))
  if (ctx.form['as'] === 'csv') return { chunks: csvOf(ctx, { registry, checked, baseUrl }) }
  // The numbers stay in the box: whoever looked here can press for the file.
  const form = blankForm({ numbers: read.lines.map(({ typed }) => typed).join('\n') })
  return { page: <CheckManyPage ctx={ctx} registry={registry} form={form} checked={checked} /> }
}

/** What is pasted, else the file. Numbers are ASCII in Shift_JIS too; names beside them are not read. */
function textOf(ctx: Ctx): string {
  const pasted = ctx.form['numbers'] ?? ''
  if (pasted.trim() !== '' || ctx.file === undefined) return pasted
  return new TextDecoder().decode(ctx.file.bytes)
}

type Of = { readonly registry: Registry; readonly checked: readonly CheckedLine[]; readonly baseUrl: string }

function csvOf(ctx: Ctx, of: Of): { of: AsyncIterable<string>; type: string; name: string } {
  const name = `${of.registry.code}-check-${jstDate(ctx.now)}.csv`
  return { of: rowsOf(ctx, of), type: 'text/csv; charset=utf-8', name }
}

async function* rowsOf(ctx: Ctx, { registry, checked, baseUrl }: Of): AsyncGenerator<string> {
  const fields = ['line', 'typed', 'result', 'others', ...entryFields, 'licence', 'as_of']
  const tail = [registry.dataLicence, isoJst(ctx.now)]
  const none = entryFields.map(() => '')
  yield `\ufeff${csvLine(fields)}`
  for (const line of checked) {
    const cells = line.entry ? entryCells(line.entry, baseUrl) : none
    yield csvLine([line.line, line.typed, resultOf(line), line.others, ...cells, ...tail])
  }
}

/** The word that programs read, the same as in the interface. */
function resultOf({ entry, read }: CheckedLine): string {
  if (entry) return entry.status
  return read.as === 'number' || read.as === 'corporate' ? 'absent' : read.as
}
