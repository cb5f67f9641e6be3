import { describe, expect, test } from 'vitest'
import { plainAddress } from './directory.ts'
import { dropsIn } from './kernel-drops.ts'
import { tokenHash, tokenOf } from './token.ts'

describe('the token of a request', () => {
  test('is that of Bearer, or the password of Basic with any name', () => {
    const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`
    expect(tokenOf('Bearer abc')).toBe('abc')
    expect(tokenOf('bearer abc')).toBe('abc')
    expect(tokenOf(basic('fortigate:abc'))).toBe('abc')
    expect(tokenOf(basic(':a:b'))).toBe('a:b')
  })
  test('is nothing else', () => {
    for (const header of [
      undefined,
      '',
      'Bearer',
      'Bearer ',
      'Digest abc',
      'abc',
      `Bearer ${'x'.repeat(300)}`,
    ]) {
      expect(tokenOf(header)).toBeUndefined()
    }
  })
  test('is kept as SHA-256', () => {
    expect(tokenHash('abc').toString('hex')).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    )
  })
})

test('an address is written as people agree on it', () => {
  expect(plainAddress('::ffff:192.0.2.1')).toBe('192.0.2.1')
  expect(plainAddress('FE80::1%eth0')).toBe('fe80::1')
  expect(plainAddress('192.0.2.1')).toBe('192.0.2.1')
})

test('datagrams that the kernel dropped are read for our port', () => {
  const table = `   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops
  441: 0100007F:158A 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 12345 2 0000000000000000 17
  442: 00000000:158A 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 12346 2 0000000000000000 3
  443: 00000000:0035 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 12347 2 0000000000000000 99
`
  expect(dropsIn(table, 5514)).toBe(20)
  expect(dropsIn('', 5514)).toBe(0)
})
