import type { Labels } from '../source.ts'

const mw = 'microsoft-windows-'

/** Sigma's service → channels in lower case (`mw` = Microsoft-Windows-), as SigmaHQ's taxonomy has them. */
const services: Readonly<Record<string, readonly string[]>> = {
  application: ['application'],
  'application-experience': [
    `${mw}application-experience/program-telemetry`,
    `${mw}application-experience/program-compatibility-assistant`,
  ],
  applocker: ['msi and script', 'exe and dll', 'packaged app-deployment', 'packaged app-execution'].map(
    (name) => `${mw}applocker/${name}`,
  ),
  'appmodel-runtime': [`${mw}appmodel-runtime/admin`],
  'appxdeployment-server': [`${mw}appxdeploymentserver/operational`],
  'appxpackaging-om': [`${mw}appxpackaging/operational`],
  bitlocker: [`${mw}bitlocker/bitlocker management`],
  'bits-client': [`${mw}bits-client/operational`],
  capi2: [`${mw}capi2/operational`],
  'certificateservicesclient-lifecycle-system': [
    `${mw}certificateservicesclient-lifecycle-system/operational`,
  ],
  'codeintegrity-operational': [`${mw}codeintegrity/operational`],
  dhcp: [`${mw}dhcp-server/operational`],
  'diagnosis-scripted': [`${mw}diagnosis-scripted/operational`],
  // The taxonomy writes the first; Windows itself the second.
  'dns-client': [`${mw}dns client events/operational`, `${mw}dns-client/operational`],
  'dns-server': ['dns server'],
  'dns-server-analytic': [`${mw}dns-server/analytical`],
  'dns-server-audit': [`${mw}dns-server/audit`],
  'driver-framework': [`${mw}driverframeworks-usermode/operational`],
  'firewall-as': [`${mw}windows firewall with advanced security/firewall`],
  'hyper-v-worker': [`${mw}hyper-v-worker`],
  'iis-configuration': ['microsoft-iis-configuration/operational'],
  'kernel-event-tracing': [`${mw}kernel-eventtracing`],
  'kernel-shimengine': [`${mw}kernel-shimengine/operational`],
  ldap: [`${mw}ldap-client/debug`],
  'lsa-server': [`${mw}lsa/operational`],
  'msexchange-management': ['msexchange management'],
  ntfs: [`${mw}ntfs/operational`],
  ntlm: [`${mw}ntlm/operational`],
  openssh: ['openssh/operational'],
  powershell: [`${mw}powershell/operational`, 'powershellcore/operational'],
  'powershell-classic': ['windows powershell'],
  'printservice-admin': [`${mw}printservice/admin`],
  'printservice-operational': [`${mw}printservice/operational`],
  security: ['security'],
  'security-mitigations': [`${mw}security-mitigations/kernel mode`, `${mw}security-mitigations/user mode`],
  sense: [`${mw}sense/operational`],
  'servicebus-client': ['microsoft-servicebus-client/operational', 'microsoft-servicebus-client/admin'],
  // One public rule each names these, which the taxonomy lacks.
  'microsoft-servicebus-client': [
    'microsoft-servicebus-client/operational',
    'microsoft-servicebus-client/admin',
  ],
  'smbserver-connectivity': [`${mw}smbserver/connectivity`],
  'smbclient-connectivity': [`${mw}smbclient/connectivity`],
  'shell-core': [`${mw}shell-core/operational`],
  'smbclient-security': [`${mw}smbclient/security`],
  sysmon: [`${mw}sysmon/operational`],
  system: ['system'],
  taskscheduler: [`${mw}taskscheduler/operational`],
  'terminalservices-localsessionmanager': [`${mw}terminalservices-localsessionmanager/operational`],
  vhdmp: [`${mw}vhdmp/operational`],
  windefend: [`${mw}windows defender/operational`],
  wmi: [`${mw}wmi-activity/operational`],
}

const sysmon: Readonly<Record<number, readonly string[]>> = {
  1: ['process_creation'],
  2: ['file_change'],
  3: ['network_connection'],
  4: ['sysmon_status'],
  5: ['process_termination'],
  6: ['driver_load'],
  7: ['image_load'],
  8: ['create_remote_thread'],
  9: ['raw_access_thread'],
  10: ['process_access'],
  11: ['file_event'],
  12: ['registry_add', 'registry_delete', 'registry_event'],
  13: ['registry_set', 'registry_event'],
  14: ['registry_rename', 'registry_event'],
  15: ['create_stream_hash'],
  16: ['sysmon_status'],
  17: ['pipe_created'],
  18: ['pipe_created'],
  19: ['wmi_event'],
  20: ['wmi_event'],
  21: ['wmi_event'],
  22: ['dns_query'],
  23: ['file_delete'],
  24: ['clipboard_capture'],
  25: ['process_tampering'],
  26: ['file_delete_detected'],
  27: ['file_block_executable'],
  28: ['file_block_shredding'],
  29: ['file_executable_detected'],
  255: ['sysmon_error'],
}

const powershell = { 4103: ['ps_module'], 4104: ['ps_script'] }

/** Channel in lower case → event id → Sigma's categories. */
const categories: Readonly<Record<string, Readonly<Record<number, readonly string[]>>>> = {
  [`${mw}sysmon/operational`]: sysmon,
  [`${mw}powershell/operational`]: powershell,
  'powershellcore/operational': powershell,
  'windows powershell': {
    400: ['ps_classic_start'],
    600: ['ps_classic_provider_start'],
    800: ['ps_classic_script'],
  },
  // Windows' own record of a new process; fields.ts gives it the names of Sysmon's.
  security: { 4688: ['process_creation'] },
}

const servicesByChannel: ReadonlyMap<string, readonly string[]> = (() => {
  const found = new Map<string, string[]>()
  for (const [service, channels] of Object.entries(services))
    for (const channel of channels) found.set(channel, [...(found.get(channel) ?? []), service])
  return found
})()

const none: readonly string[] = []

/** Sigma's labels of a Windows event. Channels are compared without regard to case: real ones differ in it. */
export function labelsOf(channel: string | undefined, eventId: number | undefined): Labels {
  const name = (channel ?? '').toLowerCase()
  const byId = Object.hasOwn(categories, name) ? categories[name] : undefined
  return {
    product: 'windows',
    categories: (eventId === undefined ? undefined : byId?.[eventId]) ?? none,
    services: servicesByChannel.get(name) ?? none,
  }
}

/** The channel of a provider that writes to only one, for collectors that leave it out. */
export function channelOfProvider(provider: string | undefined): string | undefined {
  switch (provider) {
    case 'Microsoft-Windows-Sysmon':
      return 'Microsoft-Windows-Sysmon/Operational'
    case 'Microsoft-Windows-Security-Auditing':
      return 'Security'
    case 'Microsoft-Windows-Windows Defender':
      return 'Microsoft-Windows-Windows Defender/Operational'
    default:
      return undefined
  }
}
