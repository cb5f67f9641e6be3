import type { FastifyReply } from 'fastify'
import { second } from '../base/time.ts'
import type { Actor } from './actor.ts'
import { headersOf } from './ctx.ts'
import type { Ctx, Push } from './route.ts'
import type { Exchange } from './exchange.ts'

/** Proxies and browsers give up on a silent connection after 30 s or more. */
const heartbeat = 15 * second
/** How long somebody who lost a right may go on hearing. */
const recheck = 5 * second
/** A reader that takes nothing is let go before it costs memory. */
const mostWaiting = 1_048_576

type Begin = (push: Push, signal: AbortSignal) => undefined | (() => void)

/** Whether two actors may hear the same. */
export function sameRights(before: Actor, after: Actor | undefined): boolean {
  if (after === undefined || before.person !== after.person || before.role !== after.role) return false
  const known = new Set(before.scope)
  return before.scope.length === after.scope.length && after.scope.every((id) => known.has(id))
}

/**
 * Keeps the connection open and sends events as they come. Every few seconds it asks again whether the reader still is
 * whom they were; if anything changed the stream ends, and the page that connects again gets its new rights.
 */
export function sendStream(exchange: Exchange, begin: Begin, ctx: Ctx): FastifyReply {
  const { reply, request, serving } = exchange
  const { raw } = reply
  reply.hijack()
  void reply.headers({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  })
  for (const [name, value] of Object.entries(reply.getHeaders()))
    if (value !== undefined) raw.setHeader(name, value)
  raw.writeHead(200)
  raw.write('retry: 2000\n\n')
  const gone = new AbortController()
  let undo: (() => void) | undefined
  const end = (): void => {
    if (gone.signal.aborted) return
    gone.abort()
    clearInterval(beat)
    clearInterval(check)
    serving.streams.delete(end)
    undo?.()
    raw.end()
  }
  const write = (text: string): void => {
    if (gone.signal.aborted) return
    raw.write(text)
    if (raw.writableLength > mostWaiting) end()
  }
  const stillAllowed = async (): Promise<void> => {
    const session = await serving.deps.session(headersOf(request), serving.now())
    if (ctx.actor !== undefined && !sameRights(ctx.actor, session?.actor)) end()
  }
  const beat = setInterval(() => write(': \n\n'), heartbeat)
  const check = setInterval(() => void stillAllowed().catch(end), recheck)
  serving.streams.add(end)
  raw.on('close', end)
  raw.on('error', end)
  undo = begin((event) => write(eventText(event)), gone.signal)
  return reply
}

/** One event as the wire has it; a line break inside the name or id would forge another, so it is taken away. */
export function eventText(event: Parameters<Push>[0]): string {
  const line = (text: string): string => text.replace(/[\r\n\0]/g, ' ')
  const id = event.id === undefined ? '' : `id: ${line(event.id)}\n`
  return `${id}event: ${line(event.name)}\ndata: ${JSON.stringify(event.data)}\n\n`
}
