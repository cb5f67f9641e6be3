import { BlockList, isIPv6 } from 'node:net'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bytesOf, isPublicAddress } from './address.ts'

describe('an address of the public internet', () => {
  test.each([
    '8.8.8.8',
    '153.120.10.1',
    '100.63.255.255',
    '100.128.0.1',
    '172.15.0.1',
    '172.32.0.1',
    '192.0.1.1',
    '198.17.0.1',
    '223.255.255.255',
    '2001:4860:4860::8888',
    '2400:cb00::1',
    '2a00:1450::1',
    '64:ff9b::8.8.8.8',
  ])('%s is one', (address) => {
    expect(isPublicAddress(address)).toBe(true)
  })

  test.each([
    '0.0.0.0',
    '10.0.0.1',
    '100.64.0.1',
    '100.127.255.255',
    '127.0.0.1',
    '127.255.255.254',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.1',
    '192.0.2.1',
    '192.88.99.1',
    '192.168.1.1',
    '198.18.0.1',
    '198.51.100.7',
    '203.0.113.9',
    '224.0.0.1',
    '239.255.255.255',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '::7f00:1',
    'fe80::1',
    'fe80::1%eth0',
    'fc00::1',
    'fd12:3456::1',
    'fec0::1',
    'ff02::1',
    '100::1',
    '2001::1',
    '2001:0:4136:e378:8000:63bf:3fff:fdd2',
    '2001:db8::1',
    '2002:7f00:1::1',
    '2002:808:808::1',
    '3fff::1',
    '5f00::1',
    '64:ff9b::127.0.0.1',
    '64:ff9b::a9fe:a9fe',
    '64:ff9b:1::8.8.8.8',
    '',
    'localhost',
    '127.1',
    '0177.0.0.1',
    '08.8.8.8',
    '0x7f.0.0.1',
    '2130706433',
    '8.8.8.8.',
    '１２７.0.0.1',
  ])('%s is none', (address) => {
    expect(isPublicAddress(address)).toBe(false)
  })
})

/** Bytes of an address, written in a way that RFC 4291 allows. */
const written = fc
  .tuple(
    fc.uint8Array({ minLength: 16, maxLength: 16 }),
    fc.nat(6),
    fc.nat(3),
    fc.boolean(),
    fc.boolean(),
    fc.boolean(),
  )
  .map(([bytes, from, length, compress, upper, dotted]) => {
    const full = Uint8Array.from(bytes)
    if (compress) full.fill(0, from * 2, Math.min(16, (from + length + 1) * 2))
    const groups = Array.from({ length: 8 }, (_, i) =>
      (((full[2 * i] ?? 0) << 8) | (full[2 * i + 1] ?? 0)).toString(16),
    )
    const tail = dotted ? [full.slice(12).join('.')] : groups.slice(6)
    const parts = [...groups.slice(0, 6), ...tail]
    const end = Math.min(from + length + 1, 6)
    const text =
      compress && from < 6
        ? `${parts.slice(0, from).join(':')}::${parts.slice(end).join(':')}`
        : parts.join(':')
    return { bytes: [...full], text: upper ? text.toUpperCase() : text }
  })

/** The same blocks by Node's own matcher, which reads addresses in another way. */
function closedByNode(): BlockList {
  const list = new BlockList()
  for (const [net, bits] of [
    ['0.0.0.0', 8],
    ['10.0.0.0', 8],
    ['100.64.0.0', 10],
    ['127.0.0.0', 8],
    ['169.254.0.0', 16],
    ['172.16.0.0', 12],
    ['192.0.0.0', 24],
    ['192.0.2.0', 24],
    ['192.88.99.0', 24],
    ['192.168.0.0', 16],
    ['198.18.0.0', 15],
    ['198.51.100.0', 24],
    ['203.0.113.0', 24],
    ['224.0.0.0', 3],
  ] as const)
    list.addSubnet(net, bits, 'ipv4')
  return list
}

describe('the reading of addresses', () => {
  test('every writing of the same 16 bytes reads as these bytes', () => {
    fc.assert(
      fc.property(written, ({ bytes, text }) => {
        expect(isIPv6(text)).toBe(true)
        expect(bytesOf(text)).toEqual(bytes)
      }),
      { numRuns: 2_000 },
    )
  })

  test('every IPv4 address is judged as by an independent matcher', () => {
    const closed = closedByNode()
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        expect(isPublicAddress(address)).toBe(!closed.check(address, 'ipv4'))
      }),
      { numRuns: 5_000 },
    )
  })

  test('no IPv6 writing of a closed IPv4 address is public: mapped, compatible, translated, 6to4', () => {
    const closed = closedByNode()
    const groups = (address: string): string => {
      const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number)
      return `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`
    }
    const inside = fc.ipV4().filter((address) => closed.check(address, 'ipv4'))
    fc.assert(
      fc.property(inside, (address) => {
        for (const text of [
          `::ffff:${address}`,
          `::ffff:${groups(address)}`,
          `::${address}`,
          `64:ff9b::${address}`,
          `64:ff9b::${groups(address)}`,
          `2002:${groups(address)}::1`,
        ])
          expect(isPublicAddress(text)).toBe(false)
      }),
      { numRuns: 1_000 },
    )
  })

  test('any text that is no address is not public and does not throw', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123456789abcdefx.:%[]/ '.split('')) }), (text) => {
        if (isPublicAddress(text)) expect(bytesOf(text)).toBeDefined()
      }),
      { numRuns: 5_000 },
    )
  })
})
