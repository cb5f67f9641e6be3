import { readBody } from './body.ts'
import { addressesOf, askPage, whyOf } from './hop.ts'
import { internet, type Net } from './net.ts'
import { readTarget, type Target } from './target.ts'
import { textOf } from './text.ts'
import type { Visit, Visited } from './visit.ts'

const redirects = new Set([301, 302, 303, 307, 308])

/** security-action.md 4.2: five redirects, 2 MiB, ten seconds in all. */
export const visitLimits = { redirects: 5, bytes: 2 * 1_024 * 1_024, milliseconds: 10_000 } as const

type Limits = { readonly redirects: number; readonly bytes: number; readonly milliseconds: number }

/**
 * Makes the look at a public page whose address a user chose. HTTPS on port 443 from the first step to the last (an address
 * that begins with http:// is refused, and so is a redirect to one), no cookies, no credentials, five redirects of which
 * each is checked anew, 2 MiB also when unpacked, ten seconds in all including the reading of a PDF. Names are resolved here
 * and dialled by the checked address; any inside address among the answers refuses the name.
 */
export function makeVisit(): Visit {
  return makeVisitIn(internet, visitLimits)
}

/** The same in a given world; for tests of this folder. */
export function makeVisitIn(net: Net, limits: Limits): Visit {
  return async (typed) => {
    const end = new AbortController()
    const timer = setTimeout(() => end.abort(), limits.milliseconds)
    try {
      return await follow(typed, { net, limits, signal: end.signal })
    } finally {
      clearTimeout(timer)
      // Whatever is still open of this visit goes with it.
      end.abort()
    }
  }
}

type Way = { readonly net: Net; readonly limits: Limits; readonly signal: AbortSignal }

async function follow(typed: string, way: Way): Promise<Visited> {
  const seen = new Set<string>()
  let read = readTarget(typed)
  let at = typed.trim().slice(0, 2_000)
  for (;;) {
    if (!read.ok) return { ok: false, why: read.why, url: at }
    const target: Target = read
    at = target.url.href
    // No cookies, so the same address would answer the same.
    if (seen.has(at) || seen.size > way.limits.redirects) return { ok: false, why: 'redirects', url: at }
    seen.add(at)
    try {
      const step = await look(target, way)
      if ('visited' in step) return step.visited
      read = readTarget(step.location, target.url)
      at = shown(step.location, target.url)
    } catch (thrown) {
      const why = whyOf(thrown)
      if (why === undefined) throw thrown
      return { ok: false, why, url: at }
    }
  }
}

type Step = { readonly visited: Visited } | { readonly location: string }

async function look(target: Target, way: Way): Promise<Step> {
  const addresses = await addressesOf(target.host, way.net, way.signal)
  const answer = await askPage(target, { addresses, net: way.net, signal: way.signal })
  // Also when nobody reads on: an error that nobody hears ends the process.
  answer.on('error', () => undefined)
  const status = answer.statusCode ?? 0
  const location = answer.headers.location
  if (redirects.has(status) && location !== undefined) {
    answer.destroy()
    return { location }
  }
  try {
    const bytes = await readBody(answer, { most: way.limits.bytes, signal: way.signal })
    const contentType = answer.headers['content-type'] ?? ''
    const type = (contentType.split(';')[0] ?? '').trim().toLowerCase()
    const text = await textOf(bytes, contentType, way.signal)
    return { visited: { ok: true, status, url: target.url.href, type, bytes, text } }
  } finally {
    answer.destroy()
  }
}

/** Where a redirect led, for the reader. */
function shown(location: string, base: URL): string {
  return (URL.canParse(location, base.href) ? new URL(location, base).href : location).slice(0, 2_000)
}
