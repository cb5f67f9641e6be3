import { createSocket } from 'node:dgram'
import { createServer, type Server } from 'node:http'
import { createServer as createTcp, type Server as TcpServer, type Socket } from 'node:net'
import { once } from 'node:events'
import { afterEach, describe, expect, test } from 'vitest'
import { makeSender, type Sender } from './doors.ts'

const ends: (() => void)[] = []
afterEach(() => {
  for (const end of ends.splice(0)) end()
})

async function portOf(server: Server | TcpServer): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  ends.push(() => void server.close())
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

function senderTo(doors: { web?: string; udpPort?: number; tcpPort?: number }): Sender {
  const sender = makeSender({ web: '', udpPort: 0, tcpPort: 0, ...doors })
  ends.push(() => sender.close())
  return sender
}

describe('a sender by HTTP', () => {
  test('posts the lines with the token; an answer that is no success is an error', async () => {
    const heard: string[] = []
    const server = createServer((request, response) => {
      let body = ''
      request.on('data', (part) => (body += String(part)))
      request.on('end', () => {
        heard.push(`${request.method} ${request.url} ${request.headers.authorization} ${body}`)
        response.statusCode = heard.length === 1 ? 202 : 503
        response.end()
      })
    })
    const port = await portOf(server)
    const sender = senderTo({ web: `http://127.0.0.1:${port}` })
    await sender.http('mm_key', 'syslog', ['one', 'two'])
    expect(heard).toEqual(['POST /ingest/v1/syslog Bearer mm_key one\ntwo'])
    await expect(sender.http('mm_key', 'syslog', ['three'])).rejects.toThrow('503')
  })
})

describe('a sender by TCP', () => {
  test('keeps one connection, and opens a new one after it was closed', async () => {
    const sockets: Socket[] = []
    const lines: string[] = []
    const waiting: (() => void)[] = []
    const server = createTcp((socket) => {
      sockets.push(socket)
      socket.on('data', (part) => {
        lines.push(...String(part).trimEnd().split('\n'))
        for (const wake of waiting.splice(0)) wake()
      })
      socket.on('error', () => undefined)
    })
    const arrived = (): Promise<void> => new Promise((wake) => waiting.push(wake))
    const sender = senderTo({ tcpPort: await portOf(server) })
    for (const line of ['one', 'two']) {
      const heard = arrived()
      await sender.tcp(undefined, [line])
      await heard
    }
    expect({ lines, connections: sockets.length }).toEqual({ lines: ['one', 'two'], connections: 1 })
    for (const socket of sockets) socket.destroy()
    // The client learns of the end by an event of its own; until then a write may still go to the old connection.
    await expect
      .poll(async () => {
        await sender.tcp(undefined, ['three']).catch(() => undefined)
        return sockets.length
      })
      .toBe(2)
    await expect.poll(() => lines).toContain('three')
  })

  test('says when nobody is there, and comes back by itself', async () => {
    const gone = createTcp()
    const port = await portOf(gone)
    gone.close()
    await once(gone, 'close')
    const sender = senderTo({ tcpPort: port })
    await expect(sender.tcp(undefined, ['one'])).rejects.toMatchObject({ code: 'ECONNREFUSED' })
    const back = createTcp((socket) => void socket.on('error', () => undefined).resume())
    back.listen(port, '127.0.0.1')
    await once(back, 'listening')
    ends.push(() => void back.close())
    await sender.tcp(undefined, ['two'])
  })
})

test('a sender by UDP sends each line as a packet from its own address', async () => {
  const receiver = createSocket('udp4')
  receiver.bind(0, '127.0.0.1')
  await once(receiver, 'listening')
  ends.push(() => receiver.close())
  const heard: string[] = []
  receiver.on('message', (message, from) => heard.push(`${from.address} ${String(message)}`))
  const sender = senderTo({ udpPort: receiver.address().port })
  await sender.udp('127.0.27.1', ['one', 'two'])
  await sender.udp('127.0.27.1', [])
  await expect.poll(() => heard.toSorted()).toEqual(['127.0.27.1 one', '127.0.27.1 two'])
})
