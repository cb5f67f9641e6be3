import { describe, expect, test } from 'vitest'
import { labelsOf } from './channel.ts'

const sysmon = 'Microsoft-Windows-Sysmon/Operational'

describe('labels', () => {
  const table: readonly [string, number, string[], string[]][] = [
    [sysmon, 1, ['process_creation'], ['sysmon']],
    [sysmon.toUpperCase(), 12, ['registry_add', 'registry_delete', 'registry_event'], ['sysmon']],
    [sysmon, 13, ['registry_set', 'registry_event'], ['sysmon']],
    [sysmon, 255, ['sysmon_error'], ['sysmon']],
    [sysmon, 99, [], ['sysmon']],
    ['security', 4625, [], ['security']],
    ['Microsoft-Windows-PowerShell/Operational', 4104, ['ps_script'], ['powershell']],
    ['PowerShellCore/Operational', 4103, ['ps_module'], ['powershell']],
    ['Windows PowerShell', 400, ['ps_classic_start'], ['powershell-classic']],
    ['Microsoft-Windows-DNS-Client/Operational', 3008, [], ['dns-client']],
    ['Microsoft-Windows-DNS Client Events/Operational', 3008, [], ['dns-client']],
    ['Microsoft-Windows-Windows Defender/Operational', 1116, [], ['windefend']],
    ['Microsoft-Windows-AppLocker/EXE and DLL', 8004, [], ['applocker']],
    ['Microsoft-ServiceBus-Client/Admin', 1, [], ['servicebus-client', 'microsoft-servicebus-client']],
    ['constructor', 1, [], []],
  ]
  for (const [channel, id, categories, services] of table)
    test(`${channel} ${id}`, () => {
      expect(labelsOf(channel, id)).toEqual({ product: 'windows', categories, services })
    })
})
