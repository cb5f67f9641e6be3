import { describe, expect, test } from 'vitest'
import { golden, nextNoon, sampleLines } from '../golden.ts'
import { read, recognise } from '../read.ts'
import type { Parsed } from '../source.ts'

const sysmon = 'Microsoft-Windows-Sysmon/Operational'

/** An event as NXLog writes it. */
function nxlog(more: object): string {
  return JSON.stringify({
    EventTime: '2026-11-23 14:21:05',
    Hostname: 'YAMADA-PC1',
    EventID: 4624,
    Channel: 'Security',
    SourceName: 'Microsoft-Windows-Security-Auditing',
    RecordNumber: 7,
    ...more,
  })
}

function reads(line: string | object, expected: object): Parsed {
  const parsed = read(typeof line === 'string' ? line : JSON.stringify(line), 'windows', nextNoon)
  expect(parsed).toMatchObject(expected)
  return parsed
}

describe('samples', () => {
  for (const name of ['winlogbeat', 'others'])
    test(`${name}: every line becomes what the golden file says`, async () => {
      const lines = sampleLines('windows', `${name}.ndjson`)
      expect(lines.map(recognise)).toEqual(lines.map(() => 'windows'))
      await expect(golden(lines, 'auto')).toMatchFileSnapshot(`./samples/${name}.golden.ndjson`)
    })
})

describe('shapes', () => {
  const same = {
    status: 'ok',
    eventTime: Date.UTC(2026, 10, 23, 5, 21, 5),
    timeSource: 'event',
    fields: {
      Channel: 'Security',
      EventID: 4625,
      Computer: 'YAMADA-PC1',
      RecordID: 7,
      Provider_Name: 'P',
      TargetUserName: '佐藤',
      TimeCreated: '2026-11-23T05:21:05.000Z',
    },
    labels: { product: 'windows', categories: [], services: ['security'] },
    common: { host: 'YAMADA-PC1', user: '佐藤', action: 'failed' },
  }
  const data = { TargetUserName: '佐藤' }
  test('Winlogbeat 7 and 8', () => {
    reads(
      {
        '@timestamp': '2026-11-23T05:21:05.000Z',
        event: { code: '4625' },
        agent: { hostname: 'collector' },
        winlog: {
          channel: 'Security',
          provider_name: 'P',
          computer_name: 'YAMADA-PC1',
          record_id: 7,
          event_data: data,
        },
      },
      same,
    )
  })
  test('Winlogbeat 6', () => {
    reads(
      {
        '@timestamp': '2026-11-23T05:21:05.000Z',
        event_id: 4625,
        log_name: 'Security',
        source_name: 'P',
        computer_name: 'YAMADA-PC1',
        record_number: '7',
        event_data: data,
      },
      same,
    )
  })
  test('NXLog', () => {
    reads(nxlog({ EventID: 4625, SourceName: 'P', ...data }), same)
  })
  test('evtx_dump, attributes inside and beside', () => {
    const system = { Channel: 'Security', Computer: 'YAMADA-PC1', EventRecordID: 7 }
    reads(
      {
        Event: {
          System: {
            ...system,
            EventID: { '#text': 4625, '#attributes': { Qualifiers: 0 } },
            Provider: { '#attributes': { Name: 'P' } },
            TimeCreated: { '#attributes': { SystemTime: '2026-11-23T05:21:05Z' } },
          },
          EventData: data,
        },
      },
      same,
    )
    reads(
      {
        Event: {
          System: {
            ...system,
            EventID: 4625,
            Provider_attributes: { Name: 'P' },
            TimeCreated_attributes: { SystemTime: '2026-11-23T05:21:05Z' },
          },
          EventData: data,
        },
      },
      same,
    )
    reads(
      {
        Event: {
          System: {
            ...system,
            EventID: '4625',
            Provider: { '@Name': 'P' },
            TimeCreated: { '@SystemTime': '2026-11-23T05:21:05Z' },
          },
          EventData: { Data: [{ '@Name': 'TargetUserName', '#text': '佐藤' }] },
        },
      },
      same,
    )
  })
  test('Fluent Bit with event_data_as_map; without it the values have no names', () => {
    const event = {
      Channel: 'Security',
      Computer: 'YAMADA-PC1',
      EventID: 4625,
      EventRecordID: 7,
      ProviderName: 'P',
      TimeCreated: '2026-11-23 14:21:05 +0900',
      ProcessID: 4,
    }
    reads({ ...event, StringInserts: data }, same)
    reads(
      { ...event, StringInserts: ['佐藤'] },
      { status: 'partial', fields: { Data: ['佐藤'], Execution_ProcessID: 4 } },
    )
  })
  test('JSON behind a syslog head', () => {
    expect(read(`<14>Nov 23 14:21:06 YAMADA-PC1 nxlog[7]: ${nxlog({})}`, 'auto', nextNoon)).toMatchObject({
      source: 'windows',
      status: 'ok',
      fields: { EventID: 4624 },
    })
  })
  test('UserData by the names of the leaves, unnamed data as Data', () => {
    reads(
      {
        Event: {
          System: { Channel: 'System', EventID: 104, TimeCreated: '2026-11-23T05:21:05Z' },
          UserData: {
            LogFileCleared: { '#attributes': { xmlns: 'x' }, SubjectUserName: 'suzuki', BackupPath: '' },
          },
        },
      },
      { fields: { SubjectUserName: 'suzuki', BackupPath: '' } },
    )
    reads(
      {
        Event: {
          System: { Channel: 'Application', EventID: 1, TimeCreated: '2026-11-23T05:21:05Z' },
          EventData: { Data: 'one' },
        },
      },
      { fields: { Data: 'one' } },
    )
  })
})

describe('times', () => {
  test('NXLog’s wall clock is in the zone of the device, unless Sysmon says UTC', () => {
    const line = nxlog({
      EventID: 1,
      Channel: sysmon,
      SourceName: 'Microsoft-Windows-Sysmon',
      UtcTime: '2026-11-23 05:21:04.900',
    })
    expect(read(line, 'windows', { ...nextNoon, zoneMinutes: -240 }).eventTime).toBe(
      Date.UTC(2026, 10, 23, 5, 21, 4, 900),
    )
    expect(read(nxlog({}), 'windows', { ...nextNoon, zoneMinutes: 0 }).eventTime).toBe(
      Date.UTC(2026, 10, 23, 14, 21, 5),
    )
  })
  test('without a readable time the arrival counts and the line is partial', () => {
    reads(nxlog({ EventTime: 'yesterday' }), {
      status: 'partial',
      timeSource: 'received',
      eventTime: nextNoon.receivedAt,
    })
  })
})

describe('numbers and names', () => {
  test('integers beyond 2^53 keep their digits, smaller ones stay numbers', () => {
    const line = nxlog({ Small: 9_007_199_254_740_991 }).replace(
      '{',
      '{"Keywords":-9214364837600034816,"List":[ 18446744073709551615 , 1],',
    )
    reads(line, {
      fields: {
        Keywords: '-9214364837600034816',
        List: ['18446744073709551615', 1],
        Small: 9_007_199_254_740_991,
      },
    })
  })
  test('digits inside a text are left alone', () => {
    const text = 'a:1234567890123456789, "b": 1234567890123456789 \\'
    reads(nxlog({ CommandLine: text, Keywords: 1 }), { fields: { CommandLine: text } })
  })
  test('blanks in names are taken out', () => {
    reads(nxlog({ 'New Value': '1', 'Threat Name': 'Virus:EICAR' }), {
      fields: { NewValue: '1', ThreatName: 'Virus:EICAR' },
      common: { rule_name: 'Virus:EICAR' },
    })
  })
  test('data of the same name cannot move an event to another channel', () => {
    reads(
      {
        winlog: {
          channel: 'Security',
          event_id: 4625,
          event_data: { Channel: 'Application', EventID: '1', Computer: 'x' },
        },
        '@timestamp': '2026-11-23T05:21:05Z',
      },
      { fields: { Channel: 'Security', EventID: 4625 } },
    )
  })
  test('a text id is a number; one that is none is told', () => {
    reads(nxlog({ EventID: '1008' }), { status: 'ok', fields: { EventID: 1_008 } })
    reads(nxlog({ EventID: 'x' }), { status: 'partial', reason: 'no event id that is a number' })
  })
  test('Sysmon’s hashes one by one', () => {
    reads(nxlog({ EventID: 1, Channel: sysmon, Hashes: 'SHA1=A,MD5=B,SHA256=C,IMPHASH=D' }), {
      fields: { sha1: 'A', md5: 'B', sha256: 'C', Imphash: 'D' },
      common: { hash: 'C' },
    })
  })
})

describe('Security 4688', () => {
  test('is also a process_creation with Sysmon’s names', () => {
    reads(
      nxlog({
        EventID: 4688,
        NewProcessName: 'C:\\w.exe',
        ParentProcessName: 'C:\\c.exe',
        NewProcessId: '0x7d8',
        ProcessId: '0x2b8',
        CommandLine: 'w /all',
        MandatoryLabel: 'S-1-16-12288',
        SubjectUserName: 'sato',
        SubjectDomainName: 'YAMADA',
        SubjectLogonId: '0x3e7',
      }),
      {
        labels: { categories: ['process_creation'], services: ['security'] },
        fields: {
          Image: 'C:\\w.exe',
          ParentImage: 'C:\\c.exe',
          ProcessId: 2_008,
          ParentProcessId: 696,
          CommandLine: 'w /all',
          IntegrityLevel: 'High',
          User: 'YAMADA\\sato',
          LogonId: '0x3e7',
          NewProcessName: 'C:\\w.exe',
        },
      },
    )
  })
  test('Winlogbeat’s ProcessCommandLine is the command line', () => {
    reads(nxlog({ EventID: 4688, ProcessCommandLine: 'w /all' }), { fields: { CommandLine: 'w /all' } })
  })
})

describe('a channel that the collector leaves out', () => {
  test('of Sysmon and Security is known by their provider', () => {
    reads(nxlog({ Channel: undefined, SourceName: 'Microsoft-Windows-Sysmon', EventID: 3 }), {
      status: 'ok',
      labels: { categories: ['network_connection'] },
    })
    reads(nxlog({ Channel: undefined, SourceName: 'X' }), { status: 'partial', reason: 'no channel' })
  })
})
