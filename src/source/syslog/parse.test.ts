import { describe, expect, test } from 'vitest'
import { golden, nextNoon, sampleLines } from '../golden.ts'
import { read, recognise } from '../read.ts'

function reads(line: string, expected: object): void {
  expect(read(line, 'auto', nextNoon)).toMatchObject({ source: 'syslog', ...expected })
}

test('the office’s boxes: every sample line becomes what the golden file says', async () => {
  const lines = sampleLines('syslog', 'office.log')
  expect(lines.map(recognise)).toEqual(lines.map(() => 'syslog'))
  await expect(golden(lines, 'auto')).toMatchFileSnapshot('./samples/office.golden.ndjson')
})

describe('fields', () => {
  test('facility and severity by name', () => {
    reads('<34>1 2026-11-23T05:32:05Z nas su 8 ID47 [x@1 a="b"] failed', {
      status: 'ok',
      fields: {
        facility: 'auth',
        severity: 'crit',
        host: 'nas',
        app: 'su',
        pid: '8',
        msgid: 'ID47',
        structured: { 'x@1': { a: 'b' } },
        message: 'failed',
      },
    })
  })
  test('the eight severities on the scale of five', () => {
    const grades = [0, 1, 2, 3, 4, 5, 6, 7].map((n) => read(`<${n}>a: b`, 'auto', nextNoon).common.severity)
    expect(grades).toEqual([5, 5, 5, 4, 3, 2, 1, 1])
  })
  test('a line without time has the time of its arrival', () => {
    reads('<13>a: b', { eventTime: nextNoon.receivedAt, timeSource: 'received', status: 'ok' })
    reads('<13>Nov 23 14:32:05 nas a: b', {
      eventTime: Date.UTC(2026, 10, 23, 5, 32, 5),
      timeSource: 'header',
    })
  })
})

describe('labels', () => {
  const services = (line: string): readonly string[] => read(line, 'auto', nextNoon).labels.services
  test('programs that Sigma has rules for', () => {
    expect(services('Nov 23 14:32:05 nas sudo: sato : COMMAND=/bin/sh')).toEqual(['sudo', 'auth', 'syslog'])
    expect(services('Nov 23 14:32:05 nas CRON[1]: (root) CMD (x)')).toEqual(['cron', 'syslog'])
    expect(services('Nov 23 14:32:05 nas clamd[1]: x FOUND')).toEqual(['clamav', 'syslog'])
    expect(services('Nov 23 14:32:05 nas constructor: x')).toEqual(['syslog'])
  })
  test('a router’s line without program is not taken for Linux', () => {
    expect(read('<13> [INSPECT] LAN2', 'auto', nextNoon).labels).toEqual({
      categories: [],
      services: ['syslog'],
    })
  })
})

describe('packet filters', () => {
  const drop = 'IN=eth0 OUT= SRC=198.51.100.7 DST=192.168.10.5 LEN=40 PROTO=TCP SPT=44100 DPT=23 SYN'
  test('say who and where to, in the names of firewall rules', () => {
    reads(`<4>Nov 23 14:32:05 nas kernel: [50.1] FW-DROP: ${drop}`, {
      labels: { categories: ['firewall'] },
      common: {
        src_ip: '198.51.100.7',
        src_port: 44_100,
        dst_ip: '192.168.10.5',
        dst_port: 23,
        proto: 'tcp',
        action: 'blocked',
        rule_name: 'FW-DROP',
      },
      fields: { src_ip: '198.51.100.7', dst_port: 23, SRC: '198.51.100.7', PROTO: 'TCP' },
    })
    reads(`<4>Nov 23 14:32:05 nas kernel: [UFW ALLOW] ${drop}`, { common: { action: 'allowed' } })
  })
  test('without addresses are plain text', () => {
    reads('<4>Nov 23 14:32:05 nas kernel: IN=eth0 SRC=x DST=y', { labels: { categories: [] } })
  })
})

describe('lines that nobody understands', () => {
  test('are failed with a reason, and keep their text', () => {
    for (const line of [
      'hello',
      '10.0.0.1 - - [23/Nov/2026] "GET /"',
      '[notice] x',
      '2026-07-20T21:23:48.514Z,0000,1,x',
    ])
      reads(line, {
        status: 'failed',
        reason: 'no syslog header, and no source known by its look',
        fields: { message: line },
      })
    reads('', { status: 'failed' })
  })
  test('odd heads are partial', () => {
    reads('<999>hello', { status: 'partial', reason: 'PRI over 191' })
    reads('<13>1 2026-11-23T05:32:05Z gw CheckPoint 1 - [a:"b"]', { status: 'partial' })
  })
})
