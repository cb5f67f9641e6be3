import type { FastifyRequest } from 'fastify'
import type { Area } from './route.ts'

/**
 * What a browser may do with a page of an area: nothing but our own styles, pictures and forms; scripts only for the
 * provider, whose queue is live.
 */
export function contentSecurity(area: Area): string {
  const scripts = area === 'provider' ? ["script-src 'self'", "connect-src 'self'"] : []
  return [
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self' data:",
    ...scripts,
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ')
}

/** The headers that every answer carries. */
export function commonHeaders(https: boolean): Readonly<Record<string, string>> {
  return {
    'x-content-type-options': 'nosniff',
    // Forms of ours must still name their origin, so not `no-referrer`.
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=()',
    ...(https && { 'strict-transport-security': 'max-age=31536000' }),
  }
}

/**
 * Whether a POST comes from a page of ours. Browsers say so by `Sec-Fetch-Site` and `Origin` (old ones by `Referer`); where
 * none speaks, it is refused. The address typed may be another name of this machine, so the request's own host counts too.
 */
export function isOurForm(request: Pick<FastifyRequest, 'headers'>, baseUrl: string): boolean {
  const { headers } = request
  const site = headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false
  const said = headers.origin ?? headers.referer
  if (said === undefined) return site === 'same-origin'
  if (!URL.canParse(said)) return false
  const origin = new URL(said)
  return origin.origin === new URL(baseUrl).origin || origin.host === headers.host
}

/** Whether an address stays here: a path, never another host (`//host`, `/\host`) and no line break. */
export function isLocalPath(path: string): boolean {
  return /^\/(?![/\\])[^\\\p{Cc}]*$/u.test(path)
}
