import { expect, test } from 'vitest'
import { matches } from '../test-kit.ts'

test('the field is an address inside one of the networks', () => {
  const item = { 'A|cidr': ['10.0.0.0/8', '192.168.1.0/24', 'fd00::/8'] }
  for (const address of ['10.255.0.1', '192.168.1.7', 'fd12::1', '::ffff:10.0.0.1']) {
    expect(matches(item, { A: address }), address).toBe(true)
  }
  for (const address of ['11.0.0.1', '192.168.2.1', 'fe80::1', '', '10.0.0', '10.0.0.0/8', null]) {
    expect(matches(item, { A: address }), String(address)).toBe(false)
  }
  expect(matches({ 'A|cidr|neq': '10.0.0.0/8' }, { A: '203.0.113.9' })).toBe(true)
})
