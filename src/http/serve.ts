import type { FastifyReply, FastifyRequest } from 'fastify'
import { fault, isFault } from '../base/fault.ts'
import { headersOf, makeCtx } from './ctx.ts'
import type { Serving, Session } from './deps.ts'
import type { Exchange } from './exchange.ts'
import { ProblemPage, statusOf } from './problem.tsx'
import { type Area, type Ctx, isTextKind, type RouteSpec } from './route.ts'
import { isOurForm } from './secure.ts'
import { sendAnswer, sendPage } from './send.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const kindOf: Partial<Record<Area, 'company' | 'provider'>> = { owner: 'company', provider: 'provider' }

/** Refuses who may not enter this route; to somebody signed in it looks as if nothing were there. */
async function mustEnter(serving: Serving, spec: RouteSpec, ctx: Ctx): Promise<void> {
  const kind = kindOf[spec.area]
  if (kind === undefined) return
  if (!ctx.actor) throw fault('SIGN_IN_NEEDED')
  if (ctx.actor.kind === kind && (spec.roles?.includes(ctx.actor.role) ?? true)) return
  await serving.deps.refused(ctx.actor, { method: spec.method, path: spec.path }, ctx.now)
  throw fault('NOT_FOUND')
}

/** Refuses ids that cannot be ids, and companies outside the scope, before the page looks at them. */
function mustNameIds(spec: RouteSpec, ctx: Ctx): void {
  for (const [param, kind] of Object.entries(spec.ids ?? {})) {
    const id = ctx.params[param] ?? ''
    if (isTextKind(kind)) continue
    if (!uuid.test(id)) throw fault('NOT_FOUND')
    if (kind === 'company' && ctx.actor && !ctx.actor.scope.includes(id.toLowerCase()))
      throw fault('NOT_FOUND')
  }
}

/** Answers one request to a declared route. */
export async function serveRoute(
  serving: Serving,
  spec: RouteSpec,
  at: { request: FastifyRequest; reply: FastifyReply },
): Promise<FastifyReply> {
  const session = await sessionOf(serving, at.request)
  keepCookies(at.reply, session)
  const ctx = await makeCtx(serving, at.request, session)
  const exchange: Exchange = { serving, ...at, area: spec.area, personal: session !== undefined }
  try {
    if (spec.method === 'POST' && spec.area !== 'machine' && !isOurForm(at.request, serving.config.baseUrl)) {
      throw fault('FORM_ORIGIN')
    }
    await mustEnter(serving, spec, ctx)
    mustNameIds(spec, ctx)
    return await sendAnswer(exchange, await spec.handle(ctx), ctx)
  } catch (thrown) {
    return sendProblem(exchange, ctx, thrown)
  }
}

async function sessionOf(serving: Serving, request: FastifyRequest): Promise<Session | undefined> {
  return request.headers.cookie === undefined
    ? undefined
    : serving.deps.session(headersOf(request), serving.now())
}

function keepCookies(reply: FastifyReply, session: Session | undefined): void {
  if (session && session.cookies.length > 0) void reply.header('set-cookie', [...session.cookies])
}

/** A problem in words; what is ours to mend is logged once, here. */
export async function sendProblem(exchange: Exchange, ctx: Ctx, thrown: unknown): Promise<FastifyReply> {
  const { reply, request, serving } = exchange
  tellOperator(serving, request, thrown)
  if (exchange.area === 'machine') return sendPlain(reply, thrown)
  const signIn = isFault(thrown) && thrown.code === 'SIGN_IN_NEEDED'
  if (signIn && request.method !== 'POST') {
    return reply
      .header('cache-control', 'no-store')
      .redirect(`/sign-in?to=${encodeURIComponent(ctx.path)}`, 303)
  }
  waitHeader(reply, thrown)
  return sendPage(
    { ...exchange, area: 'public', personal: true },
    ProblemPage({ ctx, thrown }),
    statusOf(thrown),
  )
}

function waitHeader(reply: FastifyReply, thrown: unknown): void {
  const wait = isFault(thrown) ? thrown.details['retryAfter'] : undefined
  if (typeof wait === 'number') void reply.header('retry-after', String(wait))
}

function sendPlain(reply: FastifyReply, thrown: unknown): FastifyReply {
  waitHeader(reply, thrown)
  return reply.code(statusOf(thrown)).send({ error: isFault(thrown) ? thrown.code : 'INTERNAL' })
}

function tellOperator(serving: Serving, request: FastifyRequest, thrown: unknown): void {
  if (isFault(thrown) ? !thrown.operator : statusOf(thrown) < 500) return
  const error = thrown instanceof Error ? thrown : new Error(String(thrown))
  serving.log.error(
    { error: error.message, stack: error.stack, method: request.method, route: request.routeOptions.url },
    'a request failed',
  )
}

/** What is asked for and is not there: the same page as for what is not yours. */
export async function serveNothing(
  serving: Serving,
  at: { request: FastifyRequest; reply: FastifyReply },
  thrown: unknown = fault('NOT_FOUND'),
): Promise<FastifyReply> {
  const session = await sessionOf(serving, at.request).catch(() => undefined)
  const ctx = await makeCtx(serving, at.request, session)
  return sendProblem({ serving, ...at, area: 'public', personal: true }, ctx, thrown)
}
