import { describe, expect, test } from 'vitest'
import { nextNoon } from '../golden.ts'
import type { Hints } from '../source.ts'
import { readHeader } from './read-header.ts'

const bom = '\ufeff'

function reads(line: string, expected: object, hints: Hints = nextNoon): void {
  expect(readHeader(line, hints)).toMatchObject(expected)
}

describe('RFC 5424', () => {
  test('all parts', () => {
    reads(`<34>1 2026-11-23T05:32:05.003Z nas su 812 ID47 - ${bom}'su root' failed`, {
      form: '5424',
      facility: 4,
      severity: 2,
      host: 'nas',
      app: 'su',
      pid: '812',
      msgid: 'ID47',
      time: Date.UTC(2026, 10, 23, 5, 32, 5, 3),
      message: "'su root' failed",
      odd: [],
    })
  })
  test('nil values are absent', () => {
    const header = readHeader('<13>1 - - - - - -', nextNoon)
    expect(header).toEqual({ form: '5424', facility: 1, severity: 5, message: '', odd: [] })
  })
  test('structured data with escapes, several elements, one name twice, and Japanese', () => {
    reads(
      String.raw`<165>1 2026-11-23T14:32:05+09:00 nas app - - [a@1 x="say \"hi\"" y="\\ \] c:\path"][origin ip="192.0.2.1" ip="192.0.2.2" 名="佐藤"] text`,
      {
        structured: {
          'a@1': { x: 'say "hi"', y: String.raw`\ ] c:\path` },
          origin: { ip: ['192.0.2.1', '192.0.2.2'], 名: '佐藤' },
        },
        message: 'text',
      },
    )
  })
  test('two blanks before the message, as rsyslog writes them', () => {
    reads('<188>1 2026-11-23T18:19:18.094046+00:00 vm fw - - -  hello 日本', { message: 'hello 日本' })
  })
  test('structured data that are none are kept in the message', () => {
    reads('<134>1 2026-11-23T05:32:05Z gw CheckPoint 1 - [action:"Accept"; src:"192.0.2.4"]', {
      message: '[action:"Accept"; src:"192.0.2.4"]',
      odd: ['structured data not as RFC 5424 has them'],
    })
    reads('<134>1 2026-11-23T05:32:05Z gw app 1 - [cut x="never', { message: '[cut x="never' })
  })
  test('a time with a zone of its own ignores the zone of the device', () => {
    reads('<13>1 2026-11-23T14:32:05-07:00 a b - - -', { time: Date.UTC(2026, 10, 23, 21, 32, 5) })
  })
})

describe('RFC 3164', () => {
  const at = Date.UTC(2026, 10, 23, 5, 32, 5)
  test('host, program and number', () => {
    reads('<13>Nov 23 14:32:05 nas smbd[881]: 接続しました', {
      form: '3164',
      time: at,
      host: 'nas',
      app: 'smbd',
      pid: '881',
      message: '接続しました',
    })
    reads('Nov 23 14:32:05 mx postfix/smtpd[3]: hello', { app: 'postfix/smtpd', pid: '3' })
    reads('Nov 23 14:32:05 nas kernel: [ 1.2] IN=', { app: 'kernel', message: '[ 1.2] IN=' })
  })
  test('days with a blank, a zero or nothing before them', () => {
    for (const day of [' 3', '03', '3'])
      reads(`Nov ${day} 14:32:05 nas a: b`, { time: Date.UTC(2026, 10, 3, 5, 32, 5), host: 'nas' })
  })
  test('the year is the one nearest to the arrival', () => {
    const newYear: Hints = { receivedAt: Date.UTC(2026, 11, 31, 15, 0, 5), zoneMinutes: 540 }
    reads('Dec 31 23:59:58 nas a: b', { time: Date.UTC(2026, 11, 31, 14, 59, 58) }, newYear)
    reads('Jan  1 00:00:01 nas a: b', { time: Date.UTC(2026, 11, 31, 15, 0, 1) }, newYear)
    reads(
      'Jan  1 00:00:01 nas a: b',
      { time: Date.UTC(2026, 11, 31, 15, 0, 1) },
      { ...newYear, receivedAt: newYear.receivedAt - 60_000 },
    )
  })
  test('29 February belongs to a leap year', () => {
    reads(
      'Feb 29 12:00:00 nas a: b',
      { time: Date.UTC(2028, 1, 29, 3) },
      { receivedAt: Date.UTC(2027, 2, 1), zoneMinutes: 540 },
    )
  })
  test('the zone is the device’s', () => {
    reads('Nov 23 14:32:05 nas a: b', { time: at + 9 * 3_600_000 }, { ...nextNoon, zoneMinutes: 0 })
  })
  test('a time of RFC 3339 in the old frame, with and without zone', () => {
    reads('2026-11-23T14:32:05.799042+09:00 leto kernel: x', { time: at + 799, host: 'leto', app: 'kernel' })
    reads('<13>2026-11-23T14:32:05 leto kernel: x', { time: at })
  })
  test('a time that does not exist is told', () => {
    reads('Nov 31 14:32:05 nas a: b', { odd: ['the time in the header cannot be read'], host: 'nas' })
    expect(readHeader('Nov 31 14:32:05 nas a: b', nextNoon)).not.toHaveProperty('time')
  })
  test('a host given twice by a relay', () => {
    reads('Nov 23 14:32:05 udm udm sshd[1]: x', { host: 'udm', app: 'sshd' })
    reads('Nov 23 14:32:05 rtx1210 192.168.100.1 dhcpd: x', { host: 'rtx1210', app: 'dhcpd' })
    reads('Nov 23 14:32:05 192.168.100.1 rtx1210 dhcpd: x', { host: 'rtx1210', app: 'dhcpd' })
  })
})

describe('almost syslog', () => {
  test('a blank behind the PRI, no time, no host', () => {
    reads('<13> [INSPECT] LAN2[out] TCP', {
      form: 'pri',
      facility: 1,
      severity: 5,
      message: '[INSPECT] LAN2[out] TCP',
    })
    reads('<30>device="SFW" date=2026-11-23', { form: 'pri', message: 'device="SFW" date=2026-11-23' })
  })
  test('version 1 with seconds of 1970', () => {
    reads('<134>1 1795411925.774247467 TANAKA_AP events type=x', {
      time: 1_795_411_925_774,
      host: 'TANAKA_AP',
      message: 'events type=x',
    })
  })
  test('an address as host before pairs', () => {
    reads('Nov 23 14:32:05 192.168.5.1 id=firewall sn=1', {
      host: '192.168.5.1',
      message: 'id=firewall sn=1',
    })
  })
  test('a bad PRI does not count and is told', () => {
    const header = readHeader('<999>Nov 23 14:32:05 nas a: b', nextNoon)
    expect(header).toMatchObject({ odd: ['PRI over 191'], host: 'nas' })
    expect(header).not.toHaveProperty('severity')
    reads('<013>a: b', { odd: ['PRI with leading zero'], severity: 5 })
  })
  test('the end of a frame is no part of the message', () => {
    reads('<13>Nov 23 14:32:05 nas a: b\r\n\0', { message: 'b' })
  })
  test('nothing at all', () => {
    expect(readHeader('', nextNoon)).toEqual({ form: 'none', message: '', odd: [] })
    reads('hello world', { form: 'none', message: 'hello world' })
    reads(`${bom}<13>a: b`, { app: 'a' })
  })
})
