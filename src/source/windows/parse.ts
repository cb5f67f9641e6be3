import { readHeader } from '../header/read-header.ts'
import type { Hints, Parsed, Source } from '../source.ts'
import { whole } from '../text.ts'
import { namesZone, readCalendar } from '../time.ts'
import { channelOfProvider, labelsOf } from './channel.ts'
import { commonOf } from './common.ts'
import type { System, WindowsEvent } from './event.ts'
import { addData, addSigmaNames } from './fields.ts'
import { readJson } from '../json.ts'
import { shapeOf } from './shape.ts'

/** Windows event log and Sysmon as JSON: Winlogbeat 6 to 8, NXLog, evtx_dump, Fluent Bit; also behind a syslog head. */
export const windows: Source = { name: 'windows', recognises: looksLikeWindows, read: readWindows }

const marks = ['"EventID"', '"winlog"', '"event_id"']

function looksLikeWindows(line: string): boolean {
  const brace = line.indexOf('{')
  // A syslog head before the JSON is shorter than this.
  if (brace === -1 || brace > 400 || (brace > 0 && !/[\s:\ufeff]/.test(line[brace - 1] ?? ''))) return false
  if (brace > 0 && !/^[<\d\sA-Z\ufeff]/i.test(line)) return false
  return marks.some((mark) => line.includes(mark, brace))
}

/**
 * Reads a Windows event. Fields, all at the top: `Channel Provider_Name EventID Computer RecordID TimeCreated` and other
 * names of Event/System joined with `_`, then the names of EventData or UserData exactly (blanks taken out), `Message`
 * (never match on it: it is localised). Security 4688 bears Sysmon's names besides; `Hashes` is split.
 */
function readWindows(line: string, hints: Hints): Parsed {
  const json = readJson(jsonOf(line, hints))
  if (json.object === undefined) return failed(json.reason, hints)
  const event = shapeOf(json.object)
  if (event === undefined) return failed('JSON, but no Windows event in a shape we know', hints)
  const provider = said(event.system.provider)
  const channel = said(event.system.channel) ?? channelOfProvider(provider)
  const eventId = eventIdOf(event.system.eventId)
  const time = timeOf(event, provider, hints)
  const fields = fieldsOf(event, { channel, provider, eventId, time })
  const odd = [
    ...json.odd,
    ...event.odd,
    ...(channel === undefined ? ['no channel'] : []),
    ...(eventId === undefined ? ['no event id that is a number'] : []),
    ...(time === undefined ? ['no time that can be read'] : []),
  ]
  return {
    source: 'windows',
    ...(odd.length === 0 ? { status: 'ok' } : { status: 'partial', reason: odd.join('; ') }),
    eventTime: time ?? hints.receivedAt,
    timeSource: time === undefined ? 'received' : 'event',
    labels: labelsOf(channel, eventId),
    common: commonOf(fields, eventId),
    fields,
  }
}

function jsonOf(line: string, hints: Hints): string {
  if (line.startsWith('{')) return line
  const bare = line.trimStart()
  if (bare.startsWith('{')) return bare
  const { message } = readHeader(line, hints)
  return message.slice(Math.max(message.indexOf('{'), 0))
}

function failed(reason: string, hints: Hints): Parsed {
  return {
    source: 'windows',
    status: 'failed',
    reason,
    eventTime: hints.receivedAt,
    timeSource: 'received',
    labels: { product: 'windows', categories: [], services: [] },
    common: {},
    fields: {},
  }
}

function said(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** Some collectors write the id as text. */
function eventIdOf(value: unknown): number | undefined {
  return typeof value === 'number' ? whole(value) : whole(said(value)?.trim())
}

/**
 * The event's own time. A wall clock without zone (NXLog) is only believed after Sysmon's `UtcTime`, whose zone is
 * known by definition.
 */
function timeOf(event: WindowsEvent, provider: string | undefined, hints: Hints): number | undefined {
  const times = event.system.times.map(said).filter((each) => each !== undefined)
  const [best] = times
  if (best !== undefined && !namesZone(best) && provider === 'Microsoft-Windows-Sysmon') {
    const utc = readCalendar(said(event.data['UtcTime']) ?? '', 0)
    if (utc !== undefined) return utc
  }
  for (const each of times) {
    const time = readCalendar(each, hints.zoneMinutes)
    if (time !== undefined) return time
  }
  return undefined
}

type Head = {
  readonly channel: string | undefined
  readonly provider: string | undefined
  readonly eventId: number | undefined
  readonly time: number | undefined
}

/** System first: data of the same name cannot take the place of what says where an event belongs. */
function fieldsOf(event: WindowsEvent, head: Head): Record<string, unknown> {
  const { system } = event
  const fields: Record<string, unknown> = {}
  const known: Readonly<Record<string, unknown>> = {
    Channel: head.channel,
    Provider_Name: head.provider,
    EventID: head.eventId ?? system.eventId,
    Computer: system.computer,
    RecordID: whole(system.recordId) ?? system.recordId,
    TimeCreated: head.time === undefined ? undefined : new Date(head.time).toISOString(),
    ...restOfSystem(system),
  }
  for (const [name, value] of Object.entries(known))
    if (value !== undefined && value !== null) fields[name] = value
  addData(fields, event.data)
  addData(fields, event.extra)
  if (event.message !== undefined && fields['Message'] === undefined) fields['Message'] = event.message
  addSigmaNames(fields, head.channel ?? '', head.eventId)
  return fields
}

function restOfSystem(system: System): Record<string, unknown> {
  return {
    Provider_Guid: system.providerGuid,
    Level: system.level,
    Task: system.task,
    Opcode: system.opcode,
    Keywords: system.keywords,
    Execution_ProcessID: system.processId,
    Execution_ThreadID: system.threadId,
    Security_UserID: system.userId,
  }
}
