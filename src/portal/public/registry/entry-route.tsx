import { type Answer, type RouteSpec, route } from '../../../http/index.ts'
import { findEntry, readNumber } from '../../../registry/index.ts'
import { withoutScope } from '../../../store/index.ts'
import { BadgeAside, badgeFacts } from '../badge/aside.tsx'
import { mustRegistry, type RegistryDoor } from './door.ts'
import { EntryPage, NoEntryPage } from './entry.tsx'

/** The permanent page of an entry. A number typed in another way leads to the one address. */
export function entryRoutes(door: RegistryDoor): readonly RouteSpec[] {
  return [
    route({
      method: 'GET',
      path: '/registry/entries/:entry',
      area: 'public',
      ids: { entry: 'entry' },
      async handle(ctx): Promise<Answer> {
        const registry = await mustRegistry(ctx)
        const typed = ctx.params['entry'] ?? ''
        const read = readNumber(typed, registry.code)
        if (!read.ok) return { page: <NoEntryPage ctx={ctx} />, status: 404 }
        if (read.number !== typed) return { redirect: `/registry/entries/${encodeURIComponent(read.number)}` }
        const entry = await withoutScope(ctx.db, (tx) => findEntry(tx, read.number))
        if (entry === undefined) return { page: <NoEntryPage ctx={ctx} />, status: 404 }
        const badge = <BadgeAside ctx={ctx} facts={await badgeFacts(ctx, door.parts, entry)} />
        return { page: <EntryPage ctx={ctx} registry={registry} entry={entry} badge={badge} /> }
      },
    }),
  ]
}
