import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'

/** Whether nobody listens on a port of 127.0.0.1; port 0 asks the kernel for any. Gives the port, or undefined. */
export function freePort(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(undefined))
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address()
      const got = typeof address === 'object' && address !== null ? address.port : undefined
      server.close(() => resolve(got))
    })
  })
}

function kept(file: string): number | undefined {
  try {
    const port = Number(readFileSync(file, 'utf8').trim())
    return Number.isInteger(port) && port > 0 && port < 65_536 ? port : undefined
  } catch {
    return undefined
  }
}

/**
 * The port of the embedded database: the one asked for, else the one of last time, else a new one of the kernel's, which
 * is then kept, so that the same home is found at the same port.
 */
export async function choosePort(file: string, asked: number | undefined): Promise<number> {
  const before = asked ?? kept(file)
  const port = (before === undefined ? undefined : await freePort(before)) ?? (await freePort(0))
  if (port === undefined) throw new Error('no port is free on 127.0.0.1')
  writeFileSync(file, `${port}\n`)
  return port
}
