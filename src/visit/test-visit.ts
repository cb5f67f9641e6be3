import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer, type Server } from 'node:https'
import { makeVisitIn, visitLimits } from './make-visit.ts'
import { testCertificate } from './test-certificate.ts'
import type { Visit } from './visit.ts'

/** Answers one request of a test. */
export type Site = (asked: IncomingMessage, answer: ServerResponse) => void

/** A web site of the tests: a real TLS server on this machine that stands for addresses of the internet. */
export type TestSite = {
  readonly visit: Visit
  /** Hosts whose addresses were asked for, in order. */
  readonly resolved: string[]
  /** Addresses that were dialled, in order. */
  readonly dialled: string[]
  readonly port: number
  close(): Promise<void>
}

/** An address that is public and stands for the site. */
export const publicAddress = '153.120.10.1'

type Options = {
  /** Answers of the name servers by host; what is not here is `publicAddress`. */
  readonly names?: Readonly<Record<string, readonly string[] | (() => readonly string[])>>
  readonly milliseconds?: number
  /** Whether the made-up authority is trusted; true when absent. */
  readonly trusted?: boolean
  readonly expired?: boolean
  /** Name servers that never answer. */
  readonly silentNames?: boolean
}

/** Opens a site under every name of the made-up certificate. For tests, also of other folders. */
export async function openSite(site: Site, options: Options = {}): Promise<TestSite> {
  const server = createServer(
    { key: testCertificate.key, cert: options.expired ? testCertificate.expired : testCertificate.cert },
    site,
  )
  const port = await listen(server)
  const resolved: string[] = []
  const dialled: string[] = []
  const visit = makeVisitIn(
    {
      resolve(name, signal) {
        resolved.push(name)
        if (options.silentNames) return silence(signal)
        const answer = options.names?.[name]
        return Promise.resolve(typeof answer === 'function' ? answer() : (answer ?? [publicAddress]))
      },
      dial(address) {
        dialled.push(address)
        return { address: '127.0.0.1', port }
      },
      ca: options.trusted === false ? undefined : testCertificate.ca,
    },
    { ...visitLimits, ...(options.milliseconds !== undefined && { milliseconds: options.milliseconds }) },
  )
  return {
    visit,
    resolved,
    dialled,
    port,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections()
        server.close(() => done())
      }),
  }
}

function listen(server: Server): Promise<number> {
  return new Promise((done) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      done(typeof address === 'object' && address !== null ? address.port : 0)
    })
  })
}

function silence(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('queryA ECANCELLED')))
  })
}
