import { isIPv4, isIPv6 } from 'node:net'

/**
 * The bytes of an address (4 or 16); undefined when it is none. Only the plain notations: four decimal numbers without
 * leading zeros, or RFC 4291 without a zone.
 */
export function bytesOf(address: string): readonly number[] | undefined {
  if (isIPv4(address)) return address.split('.').map(Number)
  if (!isIPv6(address) || address.includes('%')) return undefined
  const [front = '', back] = address.split('::')
  const head = groupsOf(front)
  const tail = groupsOf(back ?? '')
  const zeros = back === undefined ? 0 : 16 - head.length - tail.length
  return [...head, ...Array.from({ length: zeros }, () => 0), ...tail]
}

function groupsOf(text: string): number[] {
  if (text === '') return []
  return text.split(':').flatMap((group) => {
    if (group.includes('.')) return group.split('.').map(Number)
    const value = Number.parseInt(group, 16)
    return [value >> 8, value & 0xff]
  })
}

type Block = { readonly network: readonly number[]; readonly bits: number }

/** `10.0.0.0/8` as bytes and number of bits. */
function block(text: string): Block {
  const [address = '', bits = ''] = text.split('/')
  const network = bytesOf(address)
  if (network === undefined) throw new Error(`BUG: ${text} is no block`)
  return { network, bits: Number(bits) }
}

function inside(bytes: readonly number[], { network, bits }: Block): boolean {
  return network.every((byte, index) => {
    const rest = Math.min(8, Math.max(0, bits - index * 8))
    const mask = (0xff << (8 - rest)) & 0xff
    return ((bytes[index] ?? 0) & mask) === (byte & mask)
  })
}

/** IANA IPv4 Special-Purpose Address Registry (RFC 6890 and later): all that is not globally reachable, and multicast. */
const closedV4 = [
  '0.0.0.0/8', // this network
  '10.0.0.0/8', // private
  '100.64.0.0/10', // shared by carriers' translators
  '127.0.0.0/8', // loopback
  '169.254.0.0/16', // link-local; cloud machines keep their secrets at .169.254
  '172.16.0.0/12', // private
  '192.0.0.0/24', // IETF protocols
  '192.0.2.0/24', // documentation
  '192.88.99.0/24', // relays of 6to4, withdrawn
  '192.168.0.0/16', // private
  '198.18.0.0/15', // measurements
  '198.51.100.0/24', // documentation
  '203.0.113.0/24', // documentation
  '224.0.0.0/4', // multicast
  '240.0.0.0/4', // reserved, and broadcast
].map(block)

/** Of IPv6 only what is global unicast today, less what the IANA registry takes out of it. */
const globalV6 = block('2000::/3')
const closedV6 = [
  '2001::/23', // IETF protocols: Teredo carries IPv4 inside, ORCHID is no place
  '2001:db8::/32', // documentation
  '2002::/16', // 6to4 carries IPv4 inside; withdrawn
  '3fff::/20', // documentation
].map(block)

/** RFC 6052: the public IPv4 address in the last four bytes, for networks that have no IPv4 of their own. */
const translatedV6 = block('64:ff9b::/96')

/**
 * Whether an address lies in the public internet: nothing private, local, shared, reserved, for documentation or
 * multicast, nor another such address wrapped in IPv6. What is no address is not public.
 */
export function isPublicAddress(address: string): boolean {
  const bytes = bytesOf(address)
  if (bytes === undefined) return false
  return bytes.length === 4 ? isPublicV4(bytes) : isPublicV6(bytes)
}

function isPublicV4(bytes: readonly number[]): boolean {
  return !closedV4.some((closed) => inside(bytes, closed))
}

function isPublicV6(bytes: readonly number[]): boolean {
  if (inside(bytes, translatedV6)) return isPublicV4(bytes.slice(12))
  return inside(bytes, globalV6) && !closedV6.some((closed) => inside(bytes, closed))
}
