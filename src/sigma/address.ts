/** An address as its bytes: 4 for IPv4 (also when it came mapped into IPv6), 16 for IPv6. */
export type Address = readonly number[]
export type Network = { readonly address: Address; readonly bits: number }

const octet = /^(?:0|[1-9]\d{0,2})$/
const group = /^[0-9a-f]{1,4}$/i

function readFour(text: string): number[] | undefined {
  const octets = text.split('.')
  if (octets.length !== 4) return undefined
  const bytes = octets.map((part) => (octet.test(part) ? Number(part) : 256))
  return bytes.every((byte) => byte < 256) ? bytes : undefined
}

/** The bytes of one side of `::`; a dotted tail counts as two groups. */
function readGroups(text: string): number[] | undefined {
  if (text === '') return []
  const bytes: number[] = []
  const groups = text.split(':')
  for (const [i, part] of groups.entries()) {
    if (i === groups.length - 1 && part.includes('.')) {
      const tail = readFour(part)
      if (tail === undefined) return undefined
      bytes.push(...tail)
    } else {
      if (!group.test(part)) return undefined
      const value = Number.parseInt(part, 16)
      bytes.push(value >> 8, value & 255)
    }
  }
  return bytes
}

function readSix(text: string): number[] | undefined {
  const sides = text.split('::')
  if (sides.length > 2) return undefined
  const head = readGroups(sides[0] ?? '')
  const tail = sides.length === 2 ? readGroups(sides[1] ?? '') : []
  // A dotted part may stand only at the very end of the whole address.
  if (sides.length === 2 && (sides[0] ?? '').includes('.')) return undefined
  if (head === undefined || tail === undefined) return undefined
  const gap = 16 - head.length - tail.length
  if (sides.length === 1 ? gap !== 0 : gap < 2) return undefined
  return [...head, ...new Array<number>(gap).fill(0), ...tail]
}

const isMapped = (bytes: readonly number[]): boolean =>
  bytes.length === 16 &&
  bytes.slice(0, 10).every((byte) => byte === 0) &&
  bytes[10] === 255 &&
  bytes[11] === 255

/** Reads an address, or nothing. A zone (`fe80::1%eth0`) is ignored; an IPv4-mapped IPv6 address reads as IPv4. */
export function readAddress(text: string): Address | undefined {
  if (text.length > 80) return undefined
  if (!text.includes(':')) return readFour(text)
  const bytes = readSix(text.replace(/%[^%]+$/, ''))
  return bytes !== undefined && isMapped(bytes) ? bytes.slice(12) : bytes
}

function bitsOf(address: Address): string {
  return address.map((byte) => byte.toString(2).padStart(8, '0')).join('')
}

/** Reads `address/bits` (a bare address is a network of one), or says why it cannot. */
export function readNetwork(text: string): Network | string {
  const slash = text.indexOf('/')
  const host = slash < 0 ? text : text.slice(0, slash)
  const address = readAddress(host)
  if (address === undefined) return `"${text}" is not an IPv4 or IPv6 network`
  const mapped = address.length === 4 && host.includes(':')
  const longest = mapped ? 128 : address.length * 8
  const written = slash < 0 ? String(longest) : text.slice(slash + 1)
  const bits = /^\d{1,3}$/.test(written) ? Number(written) - (mapped ? 96 : 0) : -1
  if (bits < 0 || bits > address.length * 8) return `"${text}" has no valid prefix length`
  if (bitsOf(address).slice(bits).includes('1')) return `"${text}" has host bits set`
  return Object.freeze({ address, bits })
}

/** Whether an address lies in a network; the two families never meet. */
export function inNetwork(address: Address, network: Network): boolean {
  if (address.length !== network.address.length) return false
  let left = network.bits
  for (let i = 0; left > 0; i++, left -= 8) {
    const mask = left >= 8 ? 255 : (255 << (8 - left)) & 255
    if (((address[i] ?? 0) & mask) !== ((network.address[i] ?? 0) & mask)) return false
  }
  return true
}
