import { fault } from '../../../base/fault.ts'
import { isoJst, jstDate } from '../../../base/time.ts'
import { type Answer, type Ctx, type RouteSpec, route } from '../../../http/index.ts'
import {
  csvLine,
  dimensions,
  type Level,
  makeStatistics,
  readRegistry,
  type Registry,
  type Statistics,
} from '../../../registry/index.ts'
import type { PublicDeps } from '../parts.ts'
import { industriesCounted, prefecturesCounted } from './counted.ts'
import { statisticsPage } from './page.tsx'

/** The level that a reader chose; anything else is all of them. */
function levelOf(ctx: Ctx): Level | undefined {
  const { level } = ctx.query
  return level === 'SA1' || level === 'SA2' ? level : undefined
}

/** The counts as a file: one row a count and level, with licence and time in every row. */
function csvOf(registry: Registry, statistics: Statistics, level: Level | undefined): string {
  const names = new Map<string, string>([
    ...prefecturesCounted(statistics, level, 'ja').map(
      ({ key, name }) => [`prefecture ${key}`, name] as const,
    ),
    ...industriesCounted(statistics, level, 'ja').map(({ key, name }) => [`industry ${key}`, name] as const),
  ])
  const tail = [registry.dataLicence, isoJst(statistics.asOf)]
  const rows = dimensions.flatMap((dimension) =>
    statistics.tallies
      .filter((tally) => tally.dimension === dimension && (level === undefined || tally.level === level))
      .toSorted((a, b) => (a.key + a.level < b.key + b.level ? -1 : 1))
      .map(({ key, level: of, count }) =>
        csvLine([dimension, key, names.get(`${dimension} ${key}`) ?? key, of, String(count), ...tail]),
      ),
  )
  // With a byte order mark, since spreadsheets in Japan else read it as Shift_JIS.
  return `\ufeff${csvLine(['by', 'code', 'name', 'level', 'count', 'licence', 'as_of'])}${rows.join('')}`
}

/** Counts of the register: as a page and as a file. */
export function statisticsRoutes(_parts: PublicDeps): readonly RouteSpec[] {
  const read = makeStatistics()
  const counted = async (
    ctx: Ctx,
    answer: (registry: Registry, statistics: Statistics) => Answer,
  ): Promise<Answer> => {
    const registry = await readRegistry(ctx.db)
    if (registry === undefined) throw fault('NOT_FOUND')
    return answer(registry, await read(ctx.db, ctx.now))
  }
  return [
    route({
      method: 'GET',
      path: '/registry/statistics',
      area: 'public',
      handle: (ctx) =>
        counted(ctx, (registry, statistics) => ({
          page: statisticsPage({ ctx, registry, statistics, level: levelOf(ctx) }),
        })),
    }),
    route({
      method: 'GET',
      path: '/registry/statistics.csv',
      area: 'public',
      handle: (ctx) =>
        counted(ctx, (registry, statistics) => ({
          file: {
            body: csvOf(registry, statistics, levelOf(ctx)),
            type: 'text/csv; charset=utf-8',
            name: `${registry.code}-statistics-${jstDate(statistics.asOf)}.csv`,
          },
        })),
    }),
  ]
}
