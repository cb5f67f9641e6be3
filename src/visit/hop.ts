import type { IncomingMessage } from 'node:http'
import { request } from 'node:https'
import type { LookupFunction } from 'node:net'
import { isPublicAddress } from './address.ts'
import type { Net } from './net.ts'
import type { Target } from './target.ts'

/** Why a visit ends without a page. */
export type HopFailure = 'private' | 'no-host' | 'unreachable' | 'certificate' | 'timeout' | 'too-large'

/** Thrown inside a visit; becomes its `why`. */
export type VisitError = Error & { readonly endedVisit: HopFailure }

/** An error that ends a visit. */
export function visitError(why: HopFailure): VisitError {
  return Object.assign(new Error(why), { endedVisit: why })
}

/** Why a thrown value ended a visit; undefined when it is another error. */
export function whyOf(thrown: unknown): HopFailure | undefined {
  return thrown instanceof Error && 'endedVisit' in thrown ? (thrown as VisitError).endedVisit : undefined
}

const headers = {
  accept: 'text/html,application/xhtml+xml,application/pdf,text/plain;q=0.9,*/*;q=0.5',
  'accept-encoding': 'gzip, br, deflate',
  'accept-language': 'ja,en;q=0.8',
  'user-agent': 'Mozilla/5.0 (compatible; Mimamori; looks whether a published policy can be read)',
} as const

/** Every address of the host, all of them public: one inside address among them spoils the name. Throws VisitError. */
export async function addressesOf(host: string, net: Net, signal: AbortSignal): Promise<readonly string[]> {
  let found: readonly string[]
  try {
    found = await net.resolve(host, signal)
  } catch (thrown) {
    throw visitError(signal.aborted || codeOf(thrown) === 'ETIMEOUT' ? 'timeout' : 'no-host')
  }
  if (found.length === 0) throw visitError('no-host')
  if (!found.every(isPublicAddress)) throw visitError('private')
  return found
}

/**
 * One GET, dialled to the addresses that were checked and to no other: the name is not resolved again, so an answer that
 * changes meanwhile leads nowhere. The certificate must be for the name. Resolves when the head has come. Throws VisitError.
 */
export function askPage(
  target: Target,
  way: { readonly addresses: readonly string[]; readonly net: Net; readonly signal: AbortSignal },
): Promise<IncomingMessage> {
  const dialled = way.addresses.map((address) => way.net.dial(address))
  const [first] = dialled
  if (first === undefined) throw visitError('no-host')
  const lookup: LookupFunction = (_name, options, done) => {
    const found = dialled.map(({ address }) => ({ address, family: address.includes(':') ? 6 : 4 }))
    if (options.all) done(null, found)
    else done(null, first.address, first.address.includes(':') ? 6 : 4)
  }
  // Not among the typed options of a request, but handed on to the socket.
  const connecting = { autoSelectFamily: true, autoSelectFamilyAttemptTimeout: 1_500 }
  return new Promise((resolve, reject) => {
    const asked = request(
      {
        ...connecting,
        host: target.host,
        servername: target.host,
        port: first.port,
        path: `${target.url.pathname}${target.url.search}`,
        method: 'GET',
        headers: { ...headers, host: target.host },
        // No agent of the process: no connection kept, no session resumed, no proxy of the environment.
        agent: false,
        lookup,
        rejectUnauthorized: true,
        minVersion: 'TLSv1.2',
        maxHeaderSize: 32 * 1_024,
        signal: way.signal,
        ...(way.net.ca !== undefined && { ca: way.net.ca }),
      },
      resolve,
    )
    asked.on('error', (thrown) => reject(visitError(way.signal.aborted ? 'timeout' : failureOf(thrown))))
    asked.end()
  })
}

function codeOf(thrown: unknown): string {
  return thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : ''
}

/** What OpenSSL says about a chain, and what the handshake itself says; the rest is the network. */
const certificateCodes =
  /^(?:CERT_|ERR_TLS_|ERR_SSL_|EPROTO$|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|CRL_|HOSTNAME_MISMATCH$|INVALID_(?:CA|PURPOSE)$|PATH_LENGTH_)/

function failureOf(thrown: unknown): HopFailure {
  const code = codeOf(thrown)
  if (certificateCodes.test(code)) return 'certificate'
  return code === 'HPE_HEADER_OVERFLOW' ? 'too-large' : code === 'ETIMEDOUT' ? 'timeout' : 'unreachable'
}
