import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import type { Instant } from '../base/time.ts'
import { plainAddress } from './directory.ts'
import { type Framer, makeFramer } from './framing.ts'
import { deliver, type IntakeParts } from './intake.ts'
import { type Lane, makeLane } from './lane.ts'

export type TcpLimits = {
  /** Connections in all and of one address. */
  readonly connections: number
  readonly perPeer: number
  /** Milliseconds: to the first byte, and without any byte. */
  readonly firstByte: number
  readonly idle: number
  /** Milliseconds without a byte after which a connection counts as read to its end, when the program stops. */
  readonly quiet: number
  /** Milliseconds that stopping may take. */
  readonly drain: number
  /** Memory that may wait, of one connection and of all. */
  readonly laneBytes: number
  readonly allBytes: number
}

export const tcpLimits: TcpLimits = {
  connections: 2_000,
  perPeer: 100,
  firstByte: 10_000,
  idle: 60 * 60_000,
  quiet: 300,
  drain: 5_000,
  laneBytes: 256 * 1024,
  allBytes: 48 * 1024 * 1024,
}

export type TcpReceiver = {
  readonly port: number
  readonly state: () => { running: boolean; connections: number; slowed: number; waiting: number }
  /** Stops accepting, reads what the kernel holds, keeps it, closes. */
  readonly close: () => Promise<void>
}

type Connection = { readonly socket: Socket; readonly peer: string; done: Promise<void>; slowed: boolean }

type Options = {
  readonly parts: IntakeParts
  readonly now: () => Instant
  readonly host: string
  readonly port: number
  readonly limits: TcpLimits
}

/** Listens for syslog over TCP. Rejects when the port cannot be had. */
export async function listenTcp(options: Options): Promise<TcpReceiver> {
  const { parts, limits } = options
  const open = new Set<Connection>()
  const perPeer = new Map<string, number>()
  const gate = makeGate(limits.allBytes)
  const server = createServer()
  await listening(server, options)
  const { port } = server.address() as AddressInfo
  let running = true

  function accept(socket: Socket): void {
    const peer = plainAddress(socket.remoteAddress)
    const known = perPeer.get(peer) ?? 0
    socket.on('error', () => undefined)
    if (!running || open.size >= limits.connections || known >= limits.perPeer) {
      socket.destroy()
      parts.incidents.noteReceiver('tcp', 'connections', { count: 1, detail: peer })
      return
    }
    perPeer.set(peer, known + 1)
    const connection: Connection = { socket, peer, done: Promise.resolve(), slowed: false }
    open.add(connection)
    connection.done = serve({ ...options, port, gate }, connection).finally(() => {
      socket.destroy()
      open.delete(connection)
      const left = (perPeer.get(peer) ?? 1) - 1
      if (left > 0) perPeer.set(peer, left)
      else perPeer.delete(peer)
    })
  }
  server.on('connection', accept)

  return {
    port,
    state: () => ({
      running,
      connections: open.size,
      slowed: [...open].filter((connection) => connection.slowed).length,
      waiting: gate.bytes(),
    }),
    close: async () => {
      running = false
      server.close()
      const over = setTimeout(() => {
        for (const { socket } of open) socket.destroy()
      }, limits.drain)
      for (const { socket } of open) {
        // A sender that looks sees the end of the connection and keeps the rest for later; what it has sent is read.
        socket.end()
        socket.setTimeout(limits.quiet)
      }
      await Promise.all([...open].map((connection) => connection.done))
      clearTimeout(over)
    },
  }
}

function listening(server: Server, { host, port }: Options): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host, port }, () => {
      server.off('error', reject)
      server.on('error', () => undefined)
      resolve()
    })
  })
}

type Serving = Options & { readonly gate: Gate }

/** Reads one connection to its end. The socket is read only while there is room, which slows the sender. */
async function serve(serving: Serving, connection: Connection): Promise<void> {
  const { parts, now, gate, port } = serving
  const { socket, peer } = connection
  const origin = { transport: 'syslog-tcp', peer, port } as const
  const framer = makeFramer(parts.limits.lineBytes)
  const lane = makeLane({
    now,
    pause: parts.pause,
    weigh: gate.weigh,
    deliver: (arrived) => deliver(parts, origin, arrived),
  })
  let torn = false
  try {
    await read(serving, connection, { framer, lane })
  } catch {
    torn = true
  }
  lane.give(framer.end(torn))
  socket.destroy()
  if (framer.errors() > 0) await noteFraming(parts, { peer, port, errors: framer.errors() })
  await lane.idle()
}

async function read(
  { limits, gate }: Serving,
  connection: Connection,
  { framer, lane }: { readonly framer: Framer; readonly lane: Lane },
): Promise<void> {
  const { socket } = connection
  let begun = false
  socket.setTimeout(limits.firstByte)
  socket.on('timeout', () => {
    // Not the sender's silence but our own slowness.
    if (connection.slowed) socket.setTimeout(socket.timeout ?? limits.idle)
    else socket.destroy()
  })
  for await (const chunk of socket as AsyncIterable<Buffer>) {
    if (!begun && socket.timeout === limits.firstByte) socket.setTimeout(limits.idle)
    begun = true
    connection.slowed = true
    await gate.open()
    lane.give(framer.push(chunk))
    gate.next()
    if (framer.broken()) return
    await lane.below(limits.laneBytes)
    connection.slowed = false
  }
}

/** Whose framing it was is known only where the address is agreed. */
async function noteFraming(
  parts: IntakeParts,
  what: { readonly peer: string; readonly port: number; readonly errors: number },
): Promise<void> {
  const count = what.errors
  const sender = await parts.directory.byAddress(what.peer, what.port).catch(() => undefined)
  if (sender) parts.incidents.note(sender, 'framing', { count, detail: what.peer })
  else parts.incidents.noteReceiver('tcp', 'framing', { count, detail: what.peer })
}

type Gate = {
  readonly weigh: (change: number) => void
  readonly bytes: () => number
  /** Resolves while all connections together hold less than the limit. */
  readonly open: () => Promise<void>
  /** Lets the next one look, after what was let in has been weighed. */
  readonly next: () => void
}

function makeGate(limit: number): Gate {
  let held = 0
  const waiting: (() => void)[] = []
  const next = (): void => {
    if (held < limit) waiting.shift()?.()
  }
  return {
    weigh: (change) => {
      held += change
      // One after another, since each that goes on takes room.
      if (change < 0) next()
    },
    bytes: () => held,
    open: async () => {
      while (held >= limit) await new Promise<void>((go) => waiting.push(go))
    },
    next,
  }
}
