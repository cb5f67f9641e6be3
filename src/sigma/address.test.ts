import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inNetwork, readAddress, readNetwork } from './address.ts'

test('reads addresses of both families; a mapped one is IPv4, a zone is ignored', () => {
  expect(readAddress('192.0.2.1')).toEqual([192, 0, 2, 1])
  expect(readAddress('::ffff:192.0.2.1')).toEqual([192, 0, 2, 1])
  expect(readAddress('2001:db8::1')).toEqual([0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1])
  expect(readAddress('fe80::1%eth0')).toEqual(readAddress('fe80::1'))
  expect(readAddress('::')).toHaveLength(16)
})

test('what is no address reads as nothing', () => {
  for (const text of [
    '',
    '-',
    '1.2.3',
    '1.2.3.4.5',
    '256.0.0.1',
    '01.2.3.4',
    ' 1.2.3.4',
    '1.2.3.4/8',
    'x',
    ':',
    ':::',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7::8',
    '12345::',
    '::1.2.3',
    '1.2.3.4::',
    '::1.2.3.4:5',
    '0x7f.1',
  ]) {
    expect(readAddress(text), text).toBeUndefined()
  }
})

test('a network with host bits or a wrong length is refused with a reason', () => {
  for (const text of [
    '10.0.0.1/8',
    '10.0.0.0/33',
    '10.0.0.0/',
    '10.0.0.0/-1',
    '10.0.0.0/255.0.0.0',
    'fe80::1/10',
    '::/129',
    'x/8',
  ]) {
    expect(typeof readNetwork(text), text).toBe('string')
  }
  expect(readNetwork('::ffff:10.0.0.0/104')).toEqual({ address: [10, 0, 0, 0], bits: 8 })
})

test('an address lies in a network when its first bits agree', () => {
  fc.assert(
    fc.property(fc.nat(0xffffffff), fc.nat(0xffffffff), fc.nat(32), (a, b, bits) => {
      const dotted = (n: number): string => [24, 16, 8, 0].map((shift) => (n >>> shift) & 255).join('.')
      const base = bits === 0 ? 0 : Number((BigInt(a) >> BigInt(32 - bits)) << BigInt(32 - bits))
      const network = readNetwork(`${dotted(base)}/${bits}`)
      const address = readAddress(dotted(b))
      if (typeof network === 'string' || address === undefined) return expect.fail('unreadable')
      const expected = BigInt(base) >> BigInt(32 - bits) === BigInt(b) >> BigInt(32 - bits)
      expect(inNetwork(address, network)).toBe(expected)
    }),
  )
})
