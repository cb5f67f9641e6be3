import { pick, put, whole } from '../text.ts'

type Fields = Record<string, unknown>

/** Adds data under names without blanks, as Sigma has them (`New Value` → `NewValue`). What is there already stays. */
export function addData(fields: Fields, data: Readonly<Record<string, unknown>>): void {
  for (const name of Object.keys(data)) {
    const plain = name.includes(' ') ? name.replaceAll(' ', '') : name
    if (!Object.hasOwn(fields, plain)) put(fields, plain, data[name])
  }
}

/** Adds what a rule looks for under another name than this event has it. Changes `fields`. */
export function addSigmaNames(fields: Fields, channel: string, eventId: number | undefined): void {
  splitHashes(fields)
  if (eventId === 4688 && channel.toLowerCase() === 'security') addProcessCreation(fields)
}

/** Sysmon's `SHA1=…,MD5=…,SHA256=…,IMPHASH=…` also one by one. */
function splitHashes(fields: Fields): void {
  const hashes = fields['Hashes']
  if (typeof hashes !== 'string' || hashes.length > 512) return
  for (const part of hashes.split(',')) {
    const equals = part.indexOf('=')
    const name = pick(hashNames, part.slice(0, Math.max(equals, 0)).trim().toUpperCase())
    if (name !== undefined) add(fields, name, part.slice(equals + 1))
  }
}

const hashNames: Readonly<Record<string, string>> = {
  MD5: 'md5',
  SHA1: 'sha1',
  SHA256: 'sha256',
  IMPHASH: 'Imphash',
}

/**
 * Security 4688 with the names of Sysmon 1, so that rules for process_creation see it. There `ProcessId` is the parent and
 * both ids are hexadecimal. It has no hashes, OriginalFileName or ParentCommandLine: rules that need them stay silent.
 */
function addProcessCreation(fields: Fields): void {
  const parent = fields['ProcessId']
  const own = processNumber(fields['NewProcessId'])
  if (fields['ParentProcessId'] === undefined) add(fields, 'ParentProcessId', processNumber(parent))
  if (own !== undefined) fields['ProcessId'] = own
  add(fields, 'Image', fields['NewProcessName'])
  add(fields, 'ParentImage', fields['ParentProcessName'])
  add(fields, 'CommandLine', fields['ProcessCommandLine'])
  add(fields, 'LogonId', fields['SubjectLogonId'])
  add(fields, 'IntegrityLevel', pick(integrity, String(fields['MandatoryLabel'])))
  const { SubjectDomainName: domain, SubjectUserName: user } = fields
  if (typeof user === 'string') add(fields, 'User', typeof domain === 'string' ? `${domain}\\${user}` : user)
}

const integrity: Readonly<Record<string, string>> = {
  'S-1-16-0': 'Untrusted',
  'S-1-16-4096': 'Low',
  'S-1-16-8192': 'Medium',
  'S-1-16-8448': 'Medium',
  'S-1-16-12288': 'High',
  'S-1-16-16384': 'System',
}

function add(fields: Fields, name: string, value: unknown): void {
  if (value !== undefined && (fields[name] === undefined || fields[name] === null)) fields[name] = value
}

/** `0x7d8` or decimal → number. */
function processNumber(value: unknown): number | undefined {
  if (typeof value === 'string' && /^0x[\da-f]{1,8}$/i.test(value)) return Number.parseInt(value.slice(2), 16)
  return whole(value)
}
