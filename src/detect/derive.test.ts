import { describe, expect, test } from 'vitest'
import type { Parsed } from '../source/index.ts'
import { eventOf, factsOf, heldOf, mergeFacts, namesOf, timeOf } from './derive.ts'
import { isInside } from './inside.ts'
import { readMeta, type RuleMeta } from './rule-meta.ts'

const noon = Date.UTC(2026, 10, 23, 3)
const parsed = (of: Partial<Parsed>): Parsed => ({
  source: 'fortigate',
  status: 'ok',
  eventTime: noon,
  timeSource: 'event',
  labels: { categories: [], services: [] },
  common: {},
  fields: {},
  ...of,
})

function meta(written: object): RuleMeta {
  const read = readMeta({ notice: 'gw.c2.blocked', ja: '試し', ...written })
  if ('reason' in read) throw new Error(read.reason)
  return read
}

test('an event keeps its own time, also when it is late; one from our future counts from its arrival', () => {
  expect(timeOf(parsed({ eventTime: noon - 3_600_000 }), noon)).toBe(noon - 3_600_000)
  expect(timeOf(parsed({ eventTime: noon + 60_000 }), noon)).toBe(noon + 60_000)
  expect(timeOf(parsed({ eventTime: noon + 3_600_000 }), noon)).toBe(noon)
})

test('rules see the source’s names before the common ones, and the hour in Japan', () => {
  const event = eventOf(
    parsed({ common: { action: 'x', src_ip: '192.0.2.1' }, fields: { action: 'close' } }),
    noon,
  )
  expect(event).toEqual({ action: 'close', src_ip: '192.0.2.1', hour_jst: 12 })
})

test('the addresses of a firm’s inside', () => {
  for (const inside of ['10.0.0.1', '192.168.27.52', '172.31.255.1', '100.64.0.1', 'fe80::1', 'fd00::1']) {
    expect(isInside(inside), inside).toBe(true)
  }
  for (const outside of ['172.32.0.1', '100.128.0.1', '203.0.113.66', '2001:db8::1', 'keiri-02', '']) {
    expect(isInside(outside), outside).toBe(false)
  }
})

describe('the machine in question', () => {
  const common = { host: 'FGT', src_ip: '192.168.27.52', dst_ip: '203.0.113.66' }
  test('is the end of the connection that is inside', () => {
    expect(namesOf({ device: 'inside' }, common)).toEqual(['192.168.27.52', 'FGT'])
    expect(
      namesOf({ device: 'inside' }, { ...common, src_ip: '198.51.100.7', dst_ip: '192.168.27.10' }),
    ).toEqual(['192.168.27.10', 'FGT'])
  })
  test('or the machine that wrote the line', () => {
    expect(namesOf({ device: 'host' }, common)).toEqual(['FGT'])
    expect(namesOf({ device: 'host' }, {})).toEqual([])
  })
})

test('only the device’s own action makes a thing held, with its time', () => {
  const rule = meta({ held: { kind: 'gateway-block', field: 'action', values: ['Blocked'] } })
  expect(heldOf(rule, { action: 'blocked' }, noon)).toEqual({ kind: 'gateway-block', at: noon, by: 'device' })
  expect(heldOf(rule, { action: 'passthrough' }, noon)).toBeUndefined()
  expect(heldOf(rule, {}, noon)).toBeUndefined()
  expect(heldOf(meta({}), { action: 'blocked' }, noon)).toBeUndefined()
})

test('facts come from fixed words, fields, sums and counts; what says nothing is left out', () => {
  const rule = meta({
    facts: {
      entry: 'vpn',
      account: { field: ['MemberName', 'user'] },
      size: { sum: 'sentbyte' },
      count: { count: true },
    },
  })
  const first = factsOf(rule, { MemberName: '-', user: 'suzuki', sentbyte: 5 }, 8)
  expect(first).toEqual({ entry: 'vpn', account: 'suzuki', size: 5, count: 8 })
  expect(factsOf(rule, { user: 'x'.repeat(200) }, 1)).toEqual({ entry: 'vpn', size: 0, count: 1 })
  const next = { ...first, account: 'sato', count: 9 }
  expect(mergeFacts(rule, { first, next })).toEqual({ entry: 'vpn', account: 'suzuki', size: 10, count: 9 })
})
