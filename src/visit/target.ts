import { isIPv4 } from 'node:net'
import { isPublicAddress } from './address.ts'

/** A page that may be asked for, once its name is resolved. */
export type Target = {
  readonly ok: true
  readonly url: URL
  /** Lower case, ASCII (punycode), without a dot at the end. */
  readonly host: string
}
export type Refused = { readonly ok: false; readonly why: 'address' | 'not-https' | 'private' }

/** Longer addresses are no pages that a person publishes. */
const longest = 2_000

/** Names that lead inside a house by agreement: RFC 6761, 6762, 8375, ICANN's `internal`, and what routers hand out. */
const insideNames = /(?:^|\.)(?:localhost|local|internal|intranet|lan|home|corp|localdomain|home\.arpa)$/

/**
 * What of an address may be visited. From the first step to the last it must be https on port 443 (other ports are not
 * where outsiders read, and would make us a scanner of ports), a name and not a number, without a name and password in
 * it. `base` is the page that redirected there.
 */
export function readTarget(typed: string, base?: URL): Target | Refused {
  const text = typed.trim()
  if (text === '' || text.length > longest || !URL.canParse(text, base?.href)) return no('address')
  const url = new URL(text, base)
  if (url.protocol === 'http:') return no('not-https')
  if (url.protocol !== 'https:' || url.username !== '' || url.password !== '') return no('address')
  const host = url.hostname.replace(/\.$/, '')
  if (isIPv4(host) || host.startsWith('[')) return no(isPublicAddress(bare(host)) ? 'address' : 'private')
  if (insideNames.test(host)) return no('private')
  if (url.port !== '' || !isName(host)) return no('address')
  url.hash = ''
  url.hostname = host
  return { ok: true, url, host }
}

/** `yamada.example/policy`: people leave out what every address begins with. */
const withoutScheme = /^[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63})+(?:[/?#]|$)/u

/** An address as somebody types it into a form: full-width signs and a missing `https://` are taken. */
export function readPageAddress(
  typed: string,
): { readonly ok: true; readonly url: string } | { readonly ok: false; readonly why: Refused['why'] } {
  const text = typed.normalize('NFKC').trim()
  const read = readTarget(withoutScheme.test(text) ? `https://${text}` : text)
  return read.ok ? { ok: true, url: read.url.href } : read
}

const no = (why: Refused['why']): Refused => ({ ok: false, why })
const bare = (host: string): string => host.replace(/^\[|\]$/g, '')

/** A name of at least two labels as DNS takes them, the last one not a number (RFC 1123). */
function isName(host: string): boolean {
  const labels = host.split('.')
  return (
    host.length <= 253 &&
    labels.length >= 2 &&
    labels.every((label) => /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/.test(label)) &&
    !/^\d+$/.test(labels.at(-1) ?? '')
  )
}
