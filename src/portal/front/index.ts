import { type RouteSpec, route } from '../../http/index.ts'
import { readRegistry } from '../../registry/index.ts'
import { ActionPage } from './action.tsx'
import { FrontPage } from './front.tsx'
import { ChainPage, ProgrammesPage } from './preparing.tsx'
import { ServicePage } from './service.tsx'

/** The front door and what stands behind its four doors. */
export function frontRoutes(): readonly RouteSpec[] {
  const page = (path: string, Page: typeof FrontPage): RouteSpec =>
    route({ method: 'GET', path, area: 'public', handle: async (ctx) => ({ page: Page({ ctx }) }) })
  return [
    route({
      method: 'GET',
      path: '/',
      area: 'public',
      // Before the first run there is nobody to call and nothing to sign in to.
      handle: async (ctx) => (ctx.house ? { page: FrontPage({ ctx }) } : { redirect: '/first-run' }),
    }),
    route({
      method: 'GET',
      path: '/security-action',
      area: 'public',
      handle: async (ctx) => ({ page: ActionPage({ ctx, registry: await readRegistry(ctx.db) }) }),
    }),
    page('/programmes', ProgrammesPage),
    page('/service', ServicePage),
    page('/chain', ChainPage),
  ]
}
