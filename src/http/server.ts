import fastify, { type FastifyInstance, type FastifyPluginAsync, type FastifyReply } from 'fastify'
import { fault } from '../base/fault.ts'
import type { Config } from '../config.ts'
import type { Log } from '../store/index.ts'
import { type Assets, makeAssets } from './assets.ts'
import { acceptedEncoding } from './compress.ts'
import type { ServerDeps, Serving } from './deps.ts'
import { machineRoutes } from './machine.ts'
import { readMultipart } from './multipart.ts'
import { readerRoutes } from './reader.ts'
import type { RouteSpec } from './route.ts'
import { commonHeaders } from './secure.ts'
import { serveNothing, serveRoute } from './serve.ts'

/** Routes that a program speaks to and that read their own bodies, declared by name for the test that walks all routes. */
export type MachinePart = {
  readonly routes: readonly { readonly method: 'GET' | 'POST'; readonly path: string }[]
  readonly plugin: FastifyPluginAsync
}

export type ServerOptions = {
  readonly routes: readonly RouteSpec[]
  readonly deps: ServerDeps
  readonly config: Pick<Config, 'baseUrl' | 'trustProxy'>
  readonly log: Log
  readonly machine?: readonly MachinePart[]
  /** The folder of the provider's scripts. */
  readonly islands?: string
  /** Ready-made, where a test starts many servers. */
  readonly assets?: Assets
}

/** A form of ours is a few fields of text. */
const formBytes = 262_144

function trusted(
  trust: Config['trustProxy'],
): boolean | string[] | ((address: string, hop: number) => boolean) {
  if (typeof trust === 'number') return (_address, hop) => hop < trust
  return trust === false ? false : [...trust]
}

/**
 * The web server with all routes; not yet listening. Its `close` ends streams, lets requests finish and stops.
 * A route that Fastify knows and nobody declared is a bug and stops the start.
 */
export async function makeServer(options: ServerOptions): Promise<FastifyInstance> {
  const { deps, config, log } = options
  const server = fastify({
    logger: false,
    trustProxy: trusted(config.trustProxy),
    bodyLimit: formBytes,
    requestTimeout: 60_000,
    routerOptions: { maxParamLength: 200 },
    return503OnClosing: true,
    // An address that cannot be read is an address where nothing is.
    frameworkErrors: (_error, _request, reply: FastifyReply) => void reply.code(404).send(),
  })
  const serving: Serving = {
    deps,
    config,
    log,
    assets: options.assets ?? (await makeAssets(options.islands)),
    https: config.baseUrl.startsWith('https:'),
    now: deps.clock ?? Date.now,
    streams: new Set(),
  }
  const declared = new Set<string>()
  const declare = (route: { method: string; path: string }): void => {
    declared.add(`${route.method} ${route.path}`)
  }
  mustAllBeDeclared(server, declared)
  server.addHook('onRequest', async (_request, reply) => void reply.headers(commonHeaders(serving.https)))
  server.addHook('preClose', async () => {
    for (const end of serving.streams) end()
    letConnectionsGo(server)
  })
  const specs = [...readerRoutes(serving.https), ...machineRoutes(deps), ...options.routes]
  for (const spec of specs) declare(spec)
  for (const part of options.machine ?? []) part.routes.forEach(declare)
  declare({ method: 'GET', path: '/assets/:name' })
  await server.register(async (scope) => addPages(scope, serving, specs))
  for (const part of options.machine ?? []) await server.register(part.plugin)
  server.setNotFoundHandler((request, reply) => serveNothing(serving, { request, reply }))
  return server
}

function mustAllBeDeclared(server: FastifyInstance, declared: ReadonlySet<string>): void {
  server.addHook('onRoute', (route) => {
    for (const method of [route.method].flat()) {
      if (method === 'HEAD' || method === 'OPTIONS') continue
      if (!declared.has(`${method} ${route.url}`)) {
        throw fault('INTERNAL', { bug: 'a route that nobody declared', method, url: route.url })
      }
    }
  })
}

/** Milliseconds that requests have to finish when the server stops. */
const finishWithin = 5_000

/**
 * Ends connections as soon as their request is answered: the senders' end is not waited for, nor one that says nothing or
 * never comes to the end of its request. Node by itself ends only those that are idle at the first moment.
 */
function letConnectionsGo({ server }: FastifyInstance): void {
  if (!server.listening) return
  const sweep = setInterval(() => server.closeIdleConnections(), 50)
  const late = setTimeout(() => server.closeAllConnections(), finishWithin)
  server.once('close', () => {
    clearInterval(sweep)
    clearTimeout(late)
  })
}

function addPages(scope: FastifyInstance, serving: Serving, specs: readonly RouteSpec[]): void {
  scope.setErrorHandler((error, request, reply) => serveNothing(serving, { request, reply }, error))
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: formBytes },
    (_request, body, done) => done(null, new URLSearchParams(String(body))),
  )
  takeFiles(scope, specs)
  const add = (into: FastifyInstance, spec: RouteSpec): void => {
    const bytes = spec.upload?.bytes ?? spec.reads?.bytes
    into.route({
      method: spec.method,
      url: spec.path,
      ...(bytes !== undefined && { bodyLimit: bytes }),
      handler: (request, reply) => serveRoute(serving, spec, { request, reply }),
    })
  }
  for (const spec of specs) if (!spec.reads) add(scope, spec)
  void scope.register(async (whole) => {
    whole.removeAllContentTypeParsers()
    whole.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
    for (const spec of specs) if (spec.reads) add(whole, spec)
  })
  scope.get('/assets/:name', async (request, reply) => {
    const asset = serving.assets.find(request.url)
    if (!asset) return serveNothing(serving, { request, reply })
    const encoding = acceptedEncoding(request.headers['accept-encoding'])
    void reply.headers({
      'content-type': asset.type,
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'Accept-Encoding',
      ...(encoding && { 'content-encoding': encoding }),
    })
    return reply.send(encoding ? asset[encoding] : asset.body)
  })
}

/** Reads a form with a file on the routes that declare one; elsewhere such a body is refused as a type nobody takes. */
function takeFiles(scope: FastifyInstance, specs: readonly RouteSpec[]): void {
  const taking = new Set(specs.filter((spec) => spec.upload).map((spec) => spec.path))
  if (taking.size === 0) return
  scope.addContentTypeParser('multipart/form-data', { parseAs: 'buffer' }, (request, body, done) => {
    const whole = typeof body === 'string' ? Buffer.from(body) : body
    const read = taking.has(request.routeOptions.url ?? '')
      ? readMultipart(whole, request.headers['content-type'] ?? '')
      : undefined
    done(read === undefined ? fault('BAD_INPUT', { body: 'multipart' }) : null, read)
  })
}
