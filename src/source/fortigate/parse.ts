import { timeOf } from '../header/header.ts'
import { readHeader } from '../header/read-header.ts'
import type { Hints, Labels, Parsed, Source } from '../source.ts'
import { put } from '../text.ts'
import { readCalendar, readEpoch, readZone } from '../time.ts'
import { commonOf } from './common.ts'
import { type Pairs, readPairs } from './pairs.ts'

/** FortiGate (FortiOS) in the formats `default` and `csv`, inside any syslog frame or without one. */
export const fortigate: Source = { name: 'fortigate', recognises: looksLikeFortigate, read: readFortigate }

/**
 * `devid=`/`logid=` (FortiOS 6 and later) or `device_id=`/`log_id=` with a `type=` (3 to 5). Sophos uses some of the
 * same keys and always says `device="SFW"` or `log_type=`.
 */
function looksLikeFortigate(line: string): boolean {
  if (!/(?:^|[ ,>"\t])type=/.test(line)) return false
  if (line.includes('log_type=') || line.includes('device="SFW"')) return false
  return (
    line.includes('logid=') ||
    line.includes('log_id=') ||
    (line.includes('subtype=') && (line.includes('devid=') || line.includes('device_id=')))
  )
}

/** Names of FortiOS 3 to 5 → today's. Rules and screens know only today's; the old ones stay beside them. */
const modern: Readonly<Record<string, string>> = {
  device_id: 'devid',
  log_id: 'logid',
  pri: 'level',
  src: 'srcip',
  dst: 'dstip',
  src_port: 'srcport',
  dst_port: 'dstport',
  src_int: 'srcintf',
  dst_int: 'dstintf',
  sent: 'sentbyte',
  rcvd: 'rcvdbyte',
  serial: 'sessionid',
}

/**
 * Reads a FortiGate line. Fields: all native names (unquoted whole numbers as numbers), today's names for the old
 * ones, and Sigma's firewall names `src_ip src_port dst_ip dst_port username` besides.
 */
function readFortigate(line: string, hints: Hints): Parsed {
  const header = readHeader(line, hints)
  const pairs = readPairs(pairsOnly(line))
  const values = withModernNames(pairs.values)
  const eventTime = timeOfLine(values, hints)
  const common = commonOf(values, header.host)
  return {
    source: 'fortigate',
    ...verdict(pairs, values, eventTime !== undefined || header.time !== undefined),
    ...(eventTime === undefined ? timeOf(header, hints.receivedAt) : { eventTime, timeSource: 'event' }),
    labels: labelsOf(values),
    common,
    fields: fieldsOf(values, pairs.quoted, common),
  }
}

const firstKey =
  /(?<=^|[\s>:\]\ufeff])(?:date|time|devname|devid|device_id|itime|logver|eventtime|timestamp|logid|log_id|type)=/

/** The pairs begin with the first key; any syslog head stands before it. */
function pairsOnly(line: string): string {
  const start = line.search(firstKey)
  return start === -1 ? '' : line.slice(start)
}

function withModernNames(values: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const all: Record<string, string> = { ...values }
  for (const [old, name] of Object.entries(modern)) {
    const value = values[old]
    if (value !== undefined && !Object.hasOwn(all, name)) all[name] = value
  }
  // Old traffic lines say `status=accept`; elsewhere `status` means something else.
  if (all['action'] === undefined && all['type'] === 'traffic' && all['status'] !== undefined)
    all['action'] = all['status']
  return all
}

/** `eventtime` is the exact one (10 or 19 digits); else date, time and zone as far as they are there. */
function timeOfLine(values: Readonly<Record<string, string>>, hints: Hints): number | undefined {
  const exact = readEpoch(values['eventtime'] ?? '')
  if (exact !== undefined) return exact
  const zone = readZone(values['tz'] ?? '') ?? hints.zoneMinutes
  const { date, time } = values
  if (date !== undefined && time !== undefined) return readCalendar(`${date} ${time}`, zone)
  return readEpoch(values['timestamp'] ?? values['itime'] ?? '')
}

function verdict(
  pairs: Pairs,
  values: Readonly<Record<string, string>>,
  hasTime: boolean,
): Pick<Parsed, 'status' | 'reason'> {
  if (pairs.count === 0) return { status: 'failed', reason: 'no key=value pairs' }
  if (values['type'] === undefined && values['logid'] === undefined)
    return { status: 'failed', reason: 'neither type= nor logid=: not a FortiGate log' }
  const odd = hasTime ? pairs.odd : [...pairs.odd, 'no time that can be read']
  return odd.length === 0 ? { status: 'ok' } : { status: 'partial', reason: odd.join('; ') }
}

/** SigmaHQ: `product: fortigate, service: event`; traffic is also what its `category: firewall` rules look at. */
function labelsOf(values: Readonly<Record<string, string>>): Labels {
  const type = (values['type'] ?? '').toLowerCase()
  const subtype = (values['subtype'] ?? '').toLowerCase()
  const services = [type, subtype].filter((name) => /^[a-z][a-z0-9_-]{0,31}$/.test(name))
  return { product: 'fortigate', categories: categoriesOf(type, subtype), services: [...new Set(services)] }
}

function categoriesOf(type: string, subtype: string): string[] {
  if (type === 'traffic') return ['firewall']
  if (subtype === 'virus') return ['antivirus']
  return []
}

const plainNumber = /^(?:0|-?[1-9]\d{0,14})$/

function fieldsOf(
  values: Readonly<Record<string, string>>,
  quoted: ReadonlySet<string>,
  common: Parsed['common'],
): Record<string, unknown> {
  const fields: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(values))
    put(fields, name, !quoted.has(name) && plainNumber.test(value) ? Number(value) : value)
  const sigma = {
    src_ip: common.src_ip,
    src_port: common.src_port,
    dst_ip: common.dst_ip,
    dst_port: common.dst_port,
  }
  for (const [name, value] of Object.entries({ ...sigma, username: common.user }))
    if (value !== undefined && !Object.hasOwn(fields, name)) fields[name] = value
  return fields
}
