import { clock, type Instant, isoJst, jst, jstDate } from '../base/time.ts'

const two = (n: number): string => String(n).padStart(2, '0')

/** Date, time and zone fields of a FortiGate line. */
export function fortigateHead(at: Instant, host: string): string {
  const p = jst(at)
  const time = `${two(p.hour)}:${two(p.minute)}:${two(p.second)}`
  return `date=${jstDate(at)} time=${time} devname="${host}" devid="FGT40FPRACTICE" eventtime=${at}000000 tz="+0900"`
}

/** One allowed connection from inside, as a UTM logs all day. */
export function trafficLine(
  at: Instant,
  of: { host: string; from: string; to: string; sent: number; received: number },
): string {
  return `<189>${fortigateHead(at, of.host)} logid="0000000013" type="traffic" subtype="forward" level="notice" vd="root" srcip=${of.from} srcport=${49_152 + (at % 16_000)} srcintf="internal" dstip=${of.to} dstport=443 dstintf="wan1" action="close" policyid=1 proto=6 service="HTTPS" duration=12 sentbyte=${of.sent} rcvdbyte=${of.received}`
}

/** A file that the UTM's scanner stopped. */
export function virusLine(at: Instant, of: { host: string; from: string }): string {
  return `<188>${fortigateHead(at, of.host)} logid="0211008192" type="utm" subtype="virus" eventtype="infected" level="warning" vd="root" msg="File is infected." action="blocked" service="HTTP" srcip=${of.from} dstip=198.51.100.80 srcport=51022 dstport=80 direction="incoming" filename="seikyu.zip" virus="EICAR_TEST_FILE" dtype="av-engine" url="http://files.example/seikyu.zip"`
}

/** A connection to a known control server that the UTM stopped. */
export function botnetLine(at: Instant, of: { host: string; from: string; to: string }): string {
  return `<185>${fortigateHead(at, of.host)} logid="0422016400" type="utm" subtype="ips" eventtype="botnet" level="alert" vd="root" msg="Botnet C&C Communication." severity="critical" srcip=${of.from} srcport=${50_000 + (at % 9_000)} dstip=${of.to} dstport=443 action="dropped" proto=6 service="HTTPS" attack="Practice.Botnet" attackid=7630 direction="outgoing"`
}

/** One failed sign-in at the VPN. */
export function vpnFailLine(at: Instant, of: { host: string; from: string; user: string }): string {
  return `<187>${fortigateHead(at, of.host)} logid="0101039426" type="event" subtype="vpn" level="alert" vd="root" logdesc="SSL VPN login fail" action="ssl-login-fail" tunneltype="ssl-web" tunnelid=0 remip=${of.from} user="${of.user}" reason="sslvpn_login_permission_denied" msg="SSL user failed to logged in"`
}

/** A Windows event as Winlogbeat sends it. */
export function winlogbeatLine(
  at: Instant,
  of: { host: string; channel: string; provider: string; id: number; data: Readonly<Record<string, string>> },
): string {
  return JSON.stringify({
    '@timestamp': new Date(at).toISOString(),
    event: { code: String(of.id), provider: of.provider, kind: 'event' },
    host: { name: of.host },
    winlog: {
      channel: of.channel,
      provider_name: of.provider,
      event_id: String(of.id),
      record_id: at % 1_000_000,
      computer_name: of.host,
      event_data: of.data,
    },
  })
}

/** A Windows event as NXLog sends it: flat, with local time. */
export function nxlogLine(
  at: Instant,
  of: { host: string; channel: string; provider: string; id: number; data: Readonly<Record<string, string>> },
): string {
  return JSON.stringify({
    EventTime: `${jstDate(at)} ${isoJst(at).slice(11, 19)}`,
    Hostname: of.host,
    EventID: of.id,
    Channel: of.channel,
    SourceName: of.provider,
    RecordNumber: at % 1_000_000,
    ...of.data,
  })
}

/** RFC 5424 with the sensor's token in the structured data. */
export function tokenFrame(
  at: Instant,
  of: { token: string; host: string; app: string; text: string },
): string {
  return `<86>1 ${isoJst(at)} ${of.host} ${of.app} ${1_000 + (at % 8_000)} - [mimamori@32473 t="${of.token}"] ${of.text}`
}

/** A sign-in by key, as a server sees every few minutes. */
export function sshdText(at: Instant): string {
  return `Accepted publickey for haisha from 192.168.38.20 port ${40_000 + (at % 20_000)} ssh2: ED25519 SHA256:practice`
}

/** The NAS says that its volume is well. */
export function nasText(at: Instant): string {
  return `Volume 1 status normal, checked ${clock(at)}`
}
