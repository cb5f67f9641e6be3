import type { ServerDeps } from './deps.ts'
import { type RouteSpec, route } from './route.ts'

/** For machines that watch: is it alive, and does each part do its work. */
export function machineRoutes(deps: Pick<ServerDeps, 'readiness'>): readonly RouteSpec[] {
  return [
    route({
      method: 'GET',
      path: '/healthz',
      area: 'machine',
      handle: async () => ({ json: { ok: true } }),
    }),
    route({
      method: 'GET',
      path: '/readyz',
      area: 'machine',
      handle: async () => {
        const parts = await deps.readiness()
        const ok = Object.values(parts).every((part) => part.ok)
        return { json: { ok, parts }, status: ok ? 200 : 503 }
      },
    }),
  ]
}
