import type { FastifyRequest } from 'fastify'
import { fault } from '../base/fault.ts'
import { within } from '../store/index.ts'
import type { Lang } from './actor.ts'
import { readCookie } from './cookie.ts'
import type { Serving, Session } from './deps.ts'
import type { Uploaded } from './multipart.ts'
import type { Ctx } from './route.ts'

export const languageCookie = 'mm-lang'
export const textCookie = 'mm-text'

/** The headers as the web's own type, for what asks for it. */
export function headersOf(request: FastifyRequest): Headers {
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers)) {
    if (typeof value === 'string') headers.set(name, value)
  }
  return headers
}

/** The last of each name; a name given twice is kept whole in `formAll`. */
function lastOf(pairs: Iterable<readonly [string, string]>): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(pairs)
}

/** What a reader chose in a cookie, else the person's own language, else Japanese: the pages are read in Japan. */
function languageOf(cookie: string | undefined, session: Session | undefined): Lang {
  if (cookie === 'ja' || cookie === 'en') return cookie
  return session?.actor.language ?? 'ja'
}

/** Everything a page may know about this request. */
export async function makeCtx(
  serving: Serving,
  request: FastifyRequest,
  session: Session | undefined,
): Promise<Ctx> {
  const { deps } = serving
  const actor = session?.actor
  const cookie = (name: string): string | undefined => readCookie(request.headers.cookie, name)
  const { fields: form, file } = bodyOf(request.body)
  const [path = '/', search = ''] = request.url.split(/\?(.*)/s)
  const need = () => {
    if (!actor) throw fault('SIGN_IN_NEEDED')
    return actor
  }
  return {
    now: serving.now(),
    lang: languageOf(cookie(languageCookie), session),
    large: cookie(textCookie) === 'large',
    path: request.method === 'GET' ? request.url : path,
    params: paramsOf(request.params),
    query: lastOf(new URLSearchParams(search)),
    form: lastOf(form),
    formAll: (name) => form.getAll(name),
    body: request.body instanceof Uint8Array ? new Uint8Array(request.body) : undefined,
    file,
    actor,
    house: await deps.house(),
    ip: request.ip,
    userAgent: request.headers['user-agent'] ?? '',
    cookie,
    headers: headersOf(request),
    db: deps.db,
    within: (work) => within(deps.db, { organisations: need().scope, person: need().person }, work),
    inCompany: (company, work) => {
      if (!need().scope.includes(company)) throw fault('NOT_FOUND')
      return within(deps.db, { organisations: [company], person: need().person }, work)
    },
    asset: (name) => serving.assets.href(name),
    live: {
      listen: (wish, hear) => {
        const scope = need().scope.filter((id) => wish.scope?.includes(id) ?? true)
        return deps.live.listen({ scope, ...(wish.kinds && { kinds: wish.kinds }) }, hear)
      },
    },
  }
}

/** A form's texts, and its file where the route takes one. */
function bodyOf(body: unknown): Uploaded {
  if (body instanceof URLSearchParams) return { fields: body, file: undefined }
  const nothing = { fields: new URLSearchParams(), file: undefined }
  return isUploaded(body) ? body : nothing
}

const isUploaded = (body: unknown): body is Uploaded =>
  typeof body === 'object' && body !== null && 'fields' in body && body.fields instanceof URLSearchParams

function paramsOf(params: unknown): Readonly<Record<string, string | undefined>> {
  return typeof params === 'object' && params !== null
    ? Object.fromEntries(Object.entries(params).map(([name, value]) => [name, String(value)]))
    : {}
}
