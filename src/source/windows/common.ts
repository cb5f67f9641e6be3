import type { Common } from '../source.ts'
import { address, pick, port, present, protocol } from '../text.ts'

type Fields = Readonly<Record<string, unknown>>

/** The small common set of a Windows event from its Sigma names. */
export function commonOf(fields: Fields, eventId: number | undefined): Common {
  return present({
    src_ip: first(address, fields, ['IpAddress', 'SourceIp', 'SourceAddress', 'ClientAddress']),
    src_port: first(port, fields, ['IpPort', 'SourcePort']),
    dst_ip: first(address, fields, ['DestinationIp', 'DestAddress']),
    dst_port: first(port, fields, ['DestinationPort', 'DestPort']),
    proto: protocol(fields['Protocol']),
    action: actionOf(fields, eventId),
    severity: gradeOf(fields),
    rule_name: first(said, fields, ['ThreatName', 'RuleName']),
    user: first(said, fields, ['TargetUserName', 'User', 'SubjectUserName', 'DetectionUser', 'AccountName']),
    host: said(fields['Computer']),
    file: first(said, fields, ['TargetFilename', 'ImageLoaded', 'Image', 'Path']),
    hash: first(said, fields, ['sha256', 'sha1', 'md5']),
  })
}

/** A text that says something: Windows writes `-` for nothing. */
function said(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' && value !== '-' ? value : undefined
}

function first<T>(
  read: (value: unknown) => T | undefined,
  fields: Fields,
  names: readonly string[],
): T | undefined {
  for (const name of names) {
    const value = fields[name] === undefined ? undefined : read(fields[name])
    if (value !== undefined) return value
  }
  return undefined
}

/** Sign-ins in the words that sshd's have, so that one rule may count both; Defender says what it did. */
function actionOf(fields: Fields, eventId: number | undefined): string | undefined {
  if (isChannel(fields, 'security')) {
    if (eventId === 4624) return 'accepted'
    if (eventId === 4625 || eventId === 4771) return 'failed'
  }
  return said(fields['ActionName'])
}

function isChannel(fields: Fields, name: string): boolean {
  const channel = fields['Channel']
  return typeof channel === 'string' && channel.toLowerCase() === name
}

/** Defender grades a find 1 low, 2 moderate, 4 high, 5 severe; all others have the level 1 critical to 5 verbose. */
function gradeOf(fields: Fields): number | undefined {
  const defender: Readonly<Record<string, number>> = { '1': 2, '2': 3, '4': 4, '5': 5 }
  const level: Readonly<Record<string, number>> = {
    '1': 5,
    '2': 4,
    '3': 3,
    '4': 1,
    '5': 1,
    critical: 5,
    error: 4,
    warning: 3,
    information: 1,
    verbose: 1,
  }
  const grade = fields['SeverityID'] === undefined ? undefined : pick(defender, String(fields['SeverityID']))
  return grade ?? pick(level, String(fields['Level'] ?? '').toLowerCase())
}
