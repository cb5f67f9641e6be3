import type { Common } from '../source.ts'
import { address, pick, port, present, protocol, whole } from '../text.ts'

type Values = Readonly<Record<string, string>>

/** The device's own grades on the scale 1 to 5, 5 worst. UTM lines have a `severity`, all lines a `level`. */
const grades: Readonly<Record<string, number>> = {
  critical: 5,
  high: 4,
  medium: 3,
  low: 2,
  info: 1,
}
const levels: Readonly<Record<string, number>> = {
  emergency: 5,
  alert: 5,
  critical: 5,
  error: 4,
  warning: 3,
  notice: 2,
  notification: 2,
  information: 1,
  informational: 1,
  info: 1,
  debug: 1,
}

/** The small common set of a FortiGate line; `values` bear today's names. `N/A` and empty mean absent. */
export function commonOf(values: Values, headerHost: string | undefined): Common {
  return present({
    src_ip: address(values['srcip']) ?? address(values['remip']) ?? fromUserInterface(values['ui']),
    src_port: port(values['srcport']),
    dst_ip: address(values['dstip']),
    dst_port: port(values['dstport']),
    proto: protocol(said(values['proto'])),
    action: said(values['action']),
    severity: gradeOf(values),
    rule_id: said(values['attackid'] ?? values['virusid'] ?? values['policyid']),
    rule_name: said(values['attack'] ?? values['virus'] ?? values['policyname']),
    user: said(values['user']) ?? said(values['unauthuser']) ?? said(values['xauthuser']),
    host: said(values['devname']) ?? headerHost ?? said(values['devid']),
    url: urlOf(values),
    file: said(values['filename'] ?? values['file']),
    hash: said(values['filehash'] ?? values['analyticscksum']),
    bytes_in: whole(values['rcvdbyte']),
    bytes_out: whole(values['sentbyte']),
    category: said(values['subtype']),
  })
}

function said(value: string | undefined): string | undefined {
  return value === undefined || value === '' || value === 'N/A' || value === '(null)' ? undefined : value
}

function gradeOf(values: Values): number | undefined {
  const grade = pick(grades, (values['severity'] ?? '').toLowerCase())
  return grade ?? pick(levels, (values['level'] ?? '').toLowerCase())
}

/** Administrators' sign-ins name their place as `ui="ssh(192.0.2.1)"` or `ui="https(192.0.2.1)"`. */
function fromUserInterface(ui: string | undefined): string | undefined {
  const found = /\(([\da-f.:]{2,45})\)/i.exec((ui ?? '').slice(0, 80))
  return address(found?.[1])
}

/** Older web filters write only the path and put the server into `hostname`. */
function urlOf(values: Values): string | undefined {
  const url = said(values['url'])
  const server = said(values['hostname'])
  if (url === undefined || !url.startsWith('/') || server === undefined) return url
  return `${(values['service'] ?? '').toUpperCase() === 'HTTPS' ? 'https' : 'http'}://${server}${url}`
}
