import { Resolver } from 'node:dns/promises'

/**
 * The outside world as a visit needs it. `main` hands in nothing: only tests of this folder make another one, so no setting
 * can open the way to an inside address.
 */
export type Net = {
  /** Every address of a name. Rejects with the codes of node:dns. */
  resolve(name: string, signal: AbortSignal): Promise<readonly string[]>
  /** Where a checked address is dialled: itself, except in tests. */
  dial(address: string): { readonly address: string; readonly port: number }
  /** Certificates trusted in place of the usual ones; tests only. */
  readonly ca: string | undefined
}

/** Names that no name server knows, by agreement (RFC 6761, 7686): not even asked for. */
const nowhere = /\.(?:invalid|test|example|onion)$/

/**
 * Asks the name servers directly, not the system's hosts file: a name that only this machine knows is not published. Unlike
 * getaddrinfo it can be broken off and holds no thread.
 */
async function resolve(name: string, signal: AbortSignal): Promise<readonly string[]> {
  if (nowhere.test(name)) throw Object.assign(new Error(`${name} is nowhere`), { code: 'ENOTFOUND' })
  const resolver = new Resolver({ timeout: 2_000, tries: 2 })
  const cancel = (): void => resolver.cancel()
  signal.addEventListener('abort', cancel, { once: true })
  try {
    const answers = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)])
    const found = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []))
    const failed = answers.find((answer) => answer.status === 'rejected')
    if (found.length === 0 && failed !== undefined) throw failed.reason
    return found
  } finally {
    signal.removeEventListener('abort', cancel)
  }
}

export const internet: Net = {
  resolve,
  dial: (address) => ({ address, port: 443 }),
  ca: undefined,
}
