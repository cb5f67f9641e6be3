import { gradeOfSeverity, type Header, headerFields, timeOf } from '../header/header.ts'
import { readHeader } from '../header/read-header.ts'
import type { Common, Hints, Labels, Parsed, Source } from '../source.ts'
import { clip, pick, present } from '../text.ts'
import { readPacket } from './packet.ts'

/** Plain syslog: every line with a PRI or a header that no other source knows. */
export const syslog: Source = { name: 'syslog', recognises: hasHead, read: readSyslog }

/** Enough to tell a head: a PRI, version 1 with a year, a month with a day, or a time of RFC 3339. */
const head =
  /^\ufeff?(?:<\d{1,3}>|1 \d{4}-\d\d-\d\dT|\*?[A-Za-z]{3} {1,2}\d{1,2} (?:\d{4} )?\d\d:\d\d:\d\d|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)/

function hasHead(line: string): boolean {
  return head.test(line)
}

/**
 * Reads a syslog line. Fields: facility, severity, host, app, pid, msgid, structured, message; the address fields of
 * a packet filter's line besides. A line without any header is `failed`, so that it is counted as not understood.
 */
function readSyslog(line: string, hints: Hints): Parsed {
  const header = readHeader(line, hints)
  const packet = readPacket(header.message)
  const common: Common = present({
    ...packet?.common,
    severity: gradeOfSeverity(header.severity),
    host: header.host,
    category: header.app === undefined ? undefined : clip(header.app, 64),
  })
  return {
    source: 'syslog',
    ...verdict(header),
    ...timeOf(header, hints.receivedAt),
    labels: labelsOf(header, packet !== undefined),
    common,
    fields: { ...headerFields(header), ...packet?.fields, message: header.message },
  }
}

function verdict(header: Header): Pick<Parsed, 'status' | 'reason'> {
  if (header.form === 'none' && header.app === undefined)
    return { status: 'failed', reason: 'no syslog header, and no source known by its look' }
  if (header.odd.length > 0) return { status: 'partial', reason: header.odd.join('; ') }
  return { status: 'ok' }
}

/** Services of Sigma's Linux rules by program name. */
const services: Readonly<Record<string, readonly string[]>> = {
  sudo: ['sudo', 'auth'],
  su: ['auth'],
  login: ['auth'],
  pkexec: ['auth'],
  polkitd: ['auth'],
  'systemd-logind': ['auth'],
  useradd: ['auth'],
  usermod: ['auth'],
  groupadd: ['auth'],
  passwd: ['auth'],
  sshd: ['sshd', 'auth'],
  'sshd-session': ['sshd', 'auth'],
  cron: ['cron'],
  crond: ['cron'],
  crontab: ['cron'],
  clamd: ['clamav'],
  freshclam: ['clamav'],
  clamscan: ['clamav'],
  vsftpd: ['vsftpd'],
}

/**
 * A named program is taken for one of a Linux machine, so that Sigma's Linux rules look at it; a router's line without
 * one is only syslog.
 */
function labelsOf(header: Header, isPacket: boolean): Labels {
  const categories = isPacket ? ['firewall'] : []
  if (header.app === undefined) return { categories, services: ['syslog'] }
  const name = header.app.slice(header.app.lastIndexOf('/') + 1).toLowerCase()
  const own = pick(services, name) ?? []
  return { product: 'linux', categories, services: [...own, 'syslog'] }
}
