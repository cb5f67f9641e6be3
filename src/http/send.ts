import { Readable } from 'node:stream'
import { createGzip } from 'node:zlib'
import type { FastifyReply } from 'fastify'
import type { VNode } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { acceptedEncoding, pack } from './compress.ts'
import type { Exchange } from './exchange.ts'
import type { Answer, Chunks, Ctx, Open } from './route.ts'
import { contentSecurity, isLocalPath } from './secure.ts'
import { sendStream } from './stream.ts'

/** The finished text of a page. */
export function renderPage(page: VNode): string {
  return `<!doctype html>${renderToString(page)}`
}

/** What somebody signed in reads is kept nowhere; open pages are asked for again each time. */
function keeping(exchange: Exchange): string {
  return exchange.area === 'public' && !exchange.personal ? 'private, no-cache' : 'no-store'
}

/** Sends a page, packed as the reader takes it. */
export async function sendPage(exchange: Exchange, page: VNode, status: number): Promise<FastifyReply> {
  const { reply, request, area } = exchange
  const { body, encoding } = await pack(
    Buffer.from(renderPage(page)),
    acceptedEncoding(request.headers['accept-encoding']),
  )
  void reply.code(status).headers({
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': contentSecurity(area),
    'cache-control': keeping(exchange),
    vary: 'Accept-Encoding, Cookie',
    ...(encoding && { 'content-encoding': encoding }),
  })
  return reply.send(body)
}

/** Says that anybody may keep it; gives whether the asker already has this state of it. */
function isKept({ reply, request }: Exchange, open: Open): boolean {
  // What is kept for everybody must not carry one reader's session.
  reply.removeHeader('set-cookie')
  const tag = `"${open.tag}"`
  void reply.headers({
    'cache-control': `public, max-age=${open.seconds}`,
    etag: tag,
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
  })
  const kept = request.headers['if-none-match']
  return kept?.split(',').some((one) => one.trim().replace(/^W\//, '') === tag) ?? false
}

/** Sends what a route answered. */
export async function sendAnswer(exchange: Exchange, answer: Answer, ctx: Ctx): Promise<FastifyReply> {
  const { reply } = exchange
  if (answer.cookies && answer.cookies.length > 0) void reply.header('set-cookie', [...answer.cookies])
  if ('page' in answer) return sendPage(exchange, answer.page, answer.status ?? 200)
  if ('redirect' in answer) {
    if (!isLocalPath(answer.redirect)) throw new Error(`BUG: a redirect leaves us: ${answer.redirect}`)
    return reply.header('cache-control', 'no-store').redirect(answer.redirect, 303)
  }
  void reply.header('content-security-policy', "default-src 'none'; frame-ancestors 'none'")
  if ('json' in answer) {
    return reply
      .code(answer.status ?? 200)
      .header('cache-control', 'no-store')
      .send(answer.json)
  }
  // Asked for its head only, a stream has nothing to wait for.
  if ('stream' in answer && exchange.request.method === 'HEAD') return reply.send()
  if ('stream' in answer) return sendStream(exchange, answer.stream, ctx)
  if ('chunks' in answer) return sendChunks(exchange, answer.chunks)
  const { body, type, name } = answer.file
  nameFile(reply, name)
  if (answer.file.open && isKept(exchange, answer.file.open)) return reply.code(304).send()
  return reply
    .headers({ 'content-type': type, ...(!answer.file.open && { 'cache-control': 'no-store' }) })
    .send(typeof body === 'string' ? body : Buffer.from(body))
}

function nameFile(reply: FastifyReply, name: string | undefined): void {
  if (name === undefined) return
  void reply.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
}

/** A long file as it is made; only as much is made ahead as the reader takes. */
function sendChunks(exchange: Exchange, chunks: Chunks): FastifyReply {
  const { reply, request } = exchange
  nameFile(reply, chunks.name)
  void reply.headers({ 'content-type': chunks.type, 'cache-control': 'no-store', vary: 'Accept-Encoding' })
  if (request.method === 'HEAD') return reply.send()
  const made = Readable.from(chunks.of, { objectMode: false, highWaterMark: 65_536 })
  if (acceptedEncoding(request.headers['accept-encoding']) === undefined) return reply.send(made)
  const packed = createGzip({ level: 4 })
  made.on('error', (error) => packed.destroy(error))
  return reply.header('content-encoding', 'gzip').send(made.pipe(packed))
}
