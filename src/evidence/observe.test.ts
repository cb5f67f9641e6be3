import { describe, expect, test } from 'vitest'
import { read } from '../source/index.ts'
import { isSecurityUpdate, signOf, type Sign } from './observe.ts'

const receivedAt = Date.UTC(2026, 10, 24, 3)
const sign = (line: string): Sign | undefined =>
  signOf(read(line, 'auto', { receivedAt, zoneMinutes: 540 }), receivedAt)

const windows = (of: {
  provider: string
  channel: string
  id: number
  data?: Record<string, string>
}): string =>
  JSON.stringify({
    '@timestamp': '2026-11-11T04:00:00.000Z',
    winlog: {
      channel: of.channel,
      provider_name: of.provider,
      event_id: String(of.id),
      computer_name: 'KEIRI-02.yamada.example',
      event_data: of.data ?? {},
    },
  })
const update = (updateTitle: string, id = 19): string =>
  windows({ provider: 'Microsoft-Windows-WindowsUpdateClient', channel: 'System', id, data: { updateTitle } })
const defender = (id: number): string =>
  windows({
    provider: 'Microsoft-Windows-Windows Defender',
    channel: 'Microsoft-Windows-Windows Defender/Operational',
    id,
  })

describe('what one stored line says of a machine', () => {
  test('the monthly update of Windows was installed, on that day, on that computer', () => {
    expect(
      sign(update('2026-11 Cumulative Update for Windows 11 Version 24H2 for x64-based Systems (KB5070000)')),
    ).toEqual({
      signal: 'endpoint_patch',
      state: 'ok',
      at: Date.UTC(2026, 10, 11, 4),
      host: 'keiri-02.yamada.example',
    })
    expect(
      sign(update('2026-11 x64 ベース システム用 Windows 11 Version 24H2 の累積更新プログラム (KB5070000)'))
        ?.state,
    ).toBe('ok')
    expect(sign(update('2026-11 セキュリティ更新プログラム (KB5070001) (26200.7171)'))?.state).toBe('ok')
  })

  test('definitions, apps and .NET arrive daily and say nothing of Windows', () => {
    for (const title of [
      'Security Intelligence Update for Microsoft Defender Antivirus - KB2267602 (Version 1.421.1.0)',
      'Microsoft Defender Antivirus のセキュリティ インテリジェンス更新プログラム - KB2267602',
      '9WZDNCRFJ3Q2-MICROSOFT.BINGWEATHER',
      '2026-11 Cumulative Update for .NET Framework 3.5 and 4.8.1 for Windows 11 (KB5070002)',
      '',
    ])
      expect(isSecurityUpdate(title), title).toBe(false)
  })

  test('an update that failed or is only ready is not installed', () => {
    const title = '2026-11 Cumulative Update for Windows 11 (KB5070000)'
    expect(sign(update(title, 20))).toBeUndefined()
    expect(sign(update(title, 17))).toBeUndefined()
  })

  test('Defender says that it works, or that it is off', () => {
    expect(sign(defender(2000))).toMatchObject({ signal: 'endpoint_protection', state: 'ok' })
    expect(sign(defender(5001))).toMatchObject({ signal: 'endpoint_protection', state: 'bad' })
    expect(sign(defender(1116))).toBeUndefined()
  })

  test('a backup of Windows finished', () => {
    const line = windows({ provider: 'Microsoft-Windows-Backup', channel: 'Microsoft-Windows-Backup', id: 4 })
    expect(sign(line)).toMatchObject({ signal: 'backup_job', state: 'ok' })
  })

  test('the web filter of the gateway rates addresses, or has no licence', () => {
    const fortigate = (rest: string): string =>
      `<13>Nov 24 10:06:12 192.168.10.1 date=2026-11-24 time=10:06:12 devname="YAMADA-FW" devid="FGT40FTK21000001" type="utm" subtype="webfilter" ${rest}`
    expect(sign(fortigate('logid="0316013056" eventtype="ftgd_blk" action="blocked"'))).toMatchObject({
      signal: 'web_filter',
      state: 'ok',
      host: 'yamada-fw',
    })
    expect(sign(fortigate('logid="0318012800" eventtype="ftgd_err" error="invalid license"'))?.state).toBe(
      'bad',
    )
    expect(sign(fortigate('logid="0318012800" eventtype="ftgd_err" error="rating timeout"'))).toBeUndefined()
  })

  test('a clock that runs ahead proves nothing of tomorrow', () => {
    const ahead = update('2026-11 Security Update (KB1)').replace('2026-11-11', '2027-11-11')
    expect(sign(ahead)?.at).toBe(receivedAt)
  })

  test('a text that only quotes a provider is no sign', () => {
    expect(
      sign('<13>Nov 24 10:00:00 web httpd: GET /?q=Microsoft-Windows-WindowsUpdateClient 19'),
    ).toBeUndefined()
  })
})
