import { createSocket } from 'node:dgram'
import { connect, type Socket } from 'node:net'

/** The doors of this very program, as its devices see them. */
export type Doors = { readonly web: string; readonly udpPort: number; readonly tcpPort: number }

/** A way out for the practice devices: real sockets, one connection kept per sender as a real box keeps it. */
export type Sender = {
  http(token: string, source: string, lines: readonly string[]): Promise<void>
  tcp(from: string | undefined, lines: readonly string[]): Promise<void>
  udp(from: string, lines: readonly string[]): Promise<void>
  close(): void
}

/** Makes the sender. A line that cannot be sent is sent again by the next beat of its device: nothing here retries. */
export function makeSender(doors: Doors): Sender {
  const connections = new Map<string, Promise<Socket>>()
  return {
    http: (token, source, lines) => postLines(doors.web, { token, source, lines }),
    async tcp(from, lines) {
      const socket = await openTcp(connections, doors.tcpPort, from)
      await new Promise<void>((sent, failed) => {
        socket.write(lines.map((line) => `${line}\n`).join(''), (error) => (error ? failed(error) : sent()))
      })
    },
    udp: (from, lines) => sendUdp(doors.udpPort, from, lines),
    close() {
      for (const opening of connections.values())
        opening.then((socket) => socket.destroy()).catch(() => undefined)
    },
  }
}

async function postLines(
  web: string,
  post: { readonly token: string; readonly source: string; readonly lines: readonly string[] },
): Promise<void> {
  const answer = await fetch(`${web}/ingest/v1/${post.source}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${post.token}`, 'content-type': 'application/x-ndjson' },
    body: post.lines.join('\n'),
  })
  await answer.arrayBuffer()
  if (!answer.ok) throw new Error(`the receiver answered ${answer.status}`)
}

function openTcp(
  connections: Map<string, Promise<Socket>>,
  port: number,
  from: string | undefined,
): Promise<Socket> {
  const key = from ?? 'token'
  const known = connections.get(key)
  if (known) return known
  const opening = new Promise<Socket>((opened, failed) => {
    const socket = connect({ port, host: '127.0.0.1', ...(from ? { localAddress: from } : {}) })
    const forget = (): void => void connections.delete(key)
    socket.once('connect', () => opened(socket))
    socket.once('error', (error) => {
      forget()
      failed(error)
    })
    socket.on('error', forget)
    socket.once('close', forget)
  })
  connections.set(key, opening)
  return opening
}

function sendUdp(port: number, from: string, lines: readonly string[]): Promise<void> {
  return new Promise((sent, failed) => {
    const socket = createSocket('udp4')
    const finish = (error: Error | null): void => {
      socket.close()
      if (error) failed(error)
      else sent()
    }
    socket.once('error', (error) => finish(error))
    socket.bind(0, from, () => {
      let left = lines.length
      if (left === 0) finish(null)
      for (const line of lines) {
        socket.send(line, port, '127.0.0.1', (error) => {
          left -= 1
          if (error || left === 0) finish(error)
        })
      }
    })
  })
}
