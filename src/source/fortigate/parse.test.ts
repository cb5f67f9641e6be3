import { describe, expect, test } from 'vitest'
import { golden, nextNoon, sampleLines } from '../golden.ts'
import { read, recognise } from '../read.ts'
import type { Parsed } from '../source.ts'

const head = 'date=2026-11-23 time=14:21:05 devname="YAMADA-FW" devid="FGT40FTK21000001" tz="+0900"'
const traffic = `${head} logid="0000000013" type="traffic" subtype="forward" level="notice"`

function reads(line: string, expected: object): void {
  expect(read(line, 'fortigate', nextNoon)).toMatchObject(expected)
}

function fieldsOf(line: string): Parsed['fields'] {
  return read(line, 'fortigate', nextNoon).fields
}

test('山田製作所のFortiGate: every sample line becomes what the golden file says', async () => {
  const lines = sampleLines('fortigate', 'yamada.log')
  expect(lines.map(recognise)).toEqual(lines.map(() => 'fortigate'))
  await expect(golden(lines, 'auto')).toMatchFileSnapshot('./samples/yamada.golden.ndjson')
})

describe('the time of a FortiGate line', () => {
  const at = Date.UTC(2026, 10, 23, 5, 21, 5)
  test('eventtime counts in seconds or nanoseconds, whichever the firmware writes', () => {
    reads(`${traffic} eventtime=1795411265`, { eventTime: at, timeSource: 'event' })
    reads(`${traffic} eventtime=1795411265123456789`, { eventTime: at + 123 })
    reads(`${traffic} eventtime=1795411265123`, { eventTime: at + 123 })
  })
  test('without it date and time count in the zone of the line', () => {
    reads(traffic, { eventTime: at })
    reads(traffic.replace('+0900', '-0700'), { eventTime: at + 16 * 3_600_000 })
  })
  test('without a zone the zone of the device counts', () => {
    const line = traffic.replace('tz="+0900" ', '')
    reads(line, { eventTime: at })
    expect(read(line, 'fortigate', { ...nextNoon, zoneMinutes: 0 }).eventTime).toBe(at + 9 * 3_600_000)
  })
  test('a clock that was never set is not believed', () => {
    reads(traffic.replace('2026-11-23', '1970-01-01'), {
      status: 'partial',
      timeSource: 'received',
      eventTime: nextNoon.receivedAt,
    })
  })
  test('a line without time takes the one of its syslog head', () => {
    reads('<189>Nov 23 14:21:05 fw logid="0000000013" type="traffic" srcip=192.168.10.5', {
      eventTime: at,
      timeSource: 'header',
      status: 'ok',
    })
  })
})

describe('values', () => {
  test('unquoted whole numbers are numbers, quoted ones and leading zeros are text', () => {
    expect(
      fieldsOf(`${traffic} sentbyte=5368709120 policyid=0 old=007 serial=12345678901234567890`),
    ).toMatchObject({
      logid: '0000000013',
      sentbyte: 5_368_709_120,
      policyid: 0,
      old: '007',
      serial: '12345678901234567890',
    })
  })
  test('slashes, runs of blanks and protocol words stay as they are', () => {
    expect(fieldsOf(`${traffic}   assignip=N/A    service="udp/7878"   msg="a  b"`)).toMatchObject({
      assignip: 'N/A',
      service: 'udp/7878',
      msg: 'a  b',
    })
  })
  test('a quote in a value does not end it, and what follows cannot become a pair', () => {
    const fields = fieldsOf(String.raw`${traffic} url="/x\" action=\"passthrough" action="blocked"`)
    expect(fields).toMatchObject({ url: '/x" action="passthrough', action: 'blocked' })
  })
  test('the backslashes of a path stay, also the last before the closing quote', () => {
    expect(fieldsOf(String.raw`${traffic} path="\\\\nas\\share\\" action="deny"`)).toMatchObject({
      path: String.raw`\\\\nas\\share\\`,
      action: 'deny',
    })
  })
  test('of two equal keys the first counts, and the line says so', () => {
    reads(`${traffic} action="deny" action="accept"`, {
      status: 'partial',
      reason: 'a key is given twice',
      fields: { action: 'deny' },
    })
  })
  test('a quote that is never closed ends with the line', () => {
    reads(`${traffic} srcip=192.168.10.5 msg="cut off he`, {
      status: 'partial',
      reason: 'a quote is never closed',
      fields: { srcip: '192.168.10.5', msg: 'cut off he' },
    })
  })
  test('an unquoted value with blanks keeps its words', () => {
    reads(`${head} logid="0" type="event" logdesc=Disk log full subtype=system`, {
      status: 'partial',
      fields: { logdesc: 'Disk log full', subtype: 'system' },
    })
  })
  test('Japanese names are read as they are', () => {
    expect(fieldsOf(`${traffic} policyname="社内から外へ" filename="見積書 （最終）.zip"`)).toMatchObject({
      policyname: '社内から外へ',
      filename: '見積書 （最終）.zip',
    })
  })
  test('names of another world do not reach the object itself', () => {
    const { fields, common } = read(
      `${traffic} __proto__=x constructor=y severity="constructor"`,
      'fortigate',
      nextNoon,
    )
    expect(fields['constructor']).toBe('y')
    expect(Object.getPrototypeOf(fields)).toBe(Object.prototype)
    expect(common.severity).toBe(2)
  })
})

describe('what is common', () => {
  test("FortiGate's grade: a UTM line's severity, else the level", () => {
    const grades = {
      emergency: 5,
      alert: 5,
      critical: 5,
      error: 4,
      warning: 3,
      notice: 2,
      information: 1,
      debug: 1,
    }
    for (const [level, severity] of Object.entries(grades))
      reads(traffic.replace('notice', level), { common: { severity } })
    for (const [word, severity] of Object.entries({ critical: 5, high: 4, medium: 3, low: 2, info: 1 }))
      reads(`${traffic} severity="${word}"`, { common: { severity } })
  })
  test('a VPN sign-in comes from remip, an administrator from the place in ui', () => {
    reads(`${head} logid="0101039426" type="event" subtype="vpn" remip=203.0.113.66 user="N/A"`, {
      common: { src_ip: '203.0.113.66', category: 'vpn' },
    })
    reads(`${head} logid="0100032002" type="event" subtype="system" ui="https(198.51.100.4)" user="admin"`, {
      common: { src_ip: '198.51.100.4', user: 'admin' },
      fields: { username: 'admin' },
    })
    expect(read(`${head} type="event" user="N/A"`, 'fortigate', nextNoon).common).not.toHaveProperty('user')
  })
  test('FortiOS 5 and older: old names also under the names of today', () => {
    reads(
      '<189>date=2009-06-01 time=14:07:12 device_id=FG50B log_id=0021000002 type=traffic pri=notice src=10.1.0.5 src_port=1045 dst=192.0.2.9 dst_port=25 status=accept sent=2048',
      {
        common: {
          src_ip: '10.1.0.5',
          src_port: 1_045,
          dst_port: 25,
          action: 'accept',
          bytes_out: 2_048,
          severity: 2,
        },
        fields: { src: '10.1.0.5', srcip: '10.1.0.5', logid: '0021000002' },
      },
    )
  })
})

describe('labels', () => {
  test("events are `product: fortigate, service: event`, as SigmaHQ's rules ask for them", () => {
    reads(`${head} logid="0100044547" type="event" subtype="system" action="Add" cfgpath="system.admin"`, {
      labels: { product: 'fortigate', categories: [], services: ['event', 'system'] },
    })
  })
  test('traffic is also what firewall rules look at, with their names', () => {
    reads(`${traffic} srcip=192.168.10.5 srcport=1 dstip=192.0.2.7 dstport=23 user="sato"`, {
      labels: { product: 'fortigate', categories: ['firewall'], services: ['traffic', 'forward'] },
      fields: { src_ip: '192.168.10.5', src_port: 1, dst_ip: '192.0.2.7', dst_port: 23, username: 'sato' },
    })
  })
})

describe('what is not FortiGate', () => {
  test('Sophos uses some of the same keys and is not taken for one', () => {
    expect(recognise('<30>device="SFW" device_id=C0 log_id=010101600001 log_type="Firewall" type="x"')).toBe(
      'syslog',
    )
    expect(recognise('<30>Nov 23 10:00:00 nas app: type=1 of 3')).toBe('syslog')
  })
  test('a fixed sensor that sends something else is told', () => {
    reads('<30>Nov 23 10:00:00 nas smbd: hello', { status: 'failed', reason: 'no key=value pairs' })
    reads('', { status: 'failed' })
    reads('date=2026-11-23 time=10:00:00 foo=bar', { status: 'failed' })
  })
})
