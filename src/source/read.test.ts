import { describe, expect, test } from 'vitest'
import { nextNoon } from './golden.ts'
import { read, recognise, sources } from './read.ts'

const fortigate =
  '<189>date=2026-11-23 time=14:21:05 devname="YAMADA-FW" devid="FGT40F" logid="0000000013" type="traffic" subtype="forward" srcip=192.168.10.5'
const sshd = 'Nov 23 14:32:05 nas sshd[1]: Failed password for root from 203.0.113.9 port 51022 ssh2'

describe('recognising', () => {
  test('each source by its look', () => {
    expect(recognise(fortigate)).toBe('fortigate')
    expect(recognise(sshd)).toBe('sshd')
    expect(recognise('<13>a: b')).toBe('syslog')
    expect(recognise('{"EventID":1,"Channel":"System"}')).toBe('windows')
  })
  test('words of one source in the text of another do not deceive it', () => {
    expect(recognise('<13>Nov 23 14:32:05 nas app: user said {"EventID":1}')).not.toBe('fortigate')
    expect(recognise('{"EventID":1,"Channel":"Security","CommandLine":"sshd type=1 logid=2"}')).toBe(
      'windows',
    )
  })
  test('what looks like nothing is syslog’s, which says failed', () => {
    expect(recognise('hello')).toBe('syslog')
    expect(read('hello', 'auto', nextNoon)).toMatchObject({ source: 'syslog', status: 'failed' })
  })
  test('names are given once', () => {
    expect(new Set(sources.map(({ name }) => name)).size).toBe(sources.length)
  })
})

describe('reading', () => {
  test('a forwarder’s JSON around a line is taken off', () => {
    for (const name of ['message', 'log', 'MESSAGE'])
      expect(
        read(JSON.stringify({ '@timestamp': '2026-11-23T00:00:00Z', [name]: fortigate }), 'auto', nextNoon),
      ).toMatchObject({ source: 'fortigate', status: 'ok', common: { src_ip: '192.168.10.5' } })
    expect(read(JSON.stringify({ message: sshd }), 'sshd', nextNoon)).toMatchObject({
      status: 'ok',
      common: { user: 'root' },
    })
    expect(read(JSON.stringify({ event: { original: sshd } }), 'auto', nextNoon)).toMatchObject({
      source: 'sshd',
    })
  })
  test('other JSON is failed', () => {
    expect(read('{"kind":"Event","level":"x"}', 'auto', nextNoon)).toMatchObject({
      source: 'syslog',
      status: 'failed',
    })
  })
  test('a fixed source is kept to', () => {
    expect(read(sshd, 'windows', nextNoon)).toMatchObject({ source: 'windows', status: 'failed' })
    expect(read(fortigate, 'syslog', nextNoon)).toMatchObject({ source: 'syslog', status: 'ok' })
  })
  test('a text without end is not looked into', () => {
    expect(read('x'.repeat(1_048_577), 'auto', nextNoon)).toMatchObject({
      status: 'failed',
      reason: 'longer than 1048576 characters',
    })
  })
  test('a clock of ours that is no number does not become an event’s time', () => {
    expect(read('<13>a: b', 'auto', { receivedAt: Number.NaN, zoneMinutes: 540 }).eventTime).toBe(0)
  })
  test('NUL in the line becomes storable', () => {
    expect(read('<13>a: x\0y', 'auto', nextNoon).fields['message']).toBe('x\u2400y')
  })
})
