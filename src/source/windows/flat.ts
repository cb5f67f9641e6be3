import { put } from '../text.ts'
import type { System, WindowsEvent } from './event.ts'
import { isObject, type JsonObject } from '../json.ts'

type Spelling = { readonly key: Exclude<keyof System, 'times'>; readonly names: readonly string[] }

/**
 * Where flat collectors (NXLog, Fluent Bit's winevtlog, Azure's table) put what Event/System says; the first name that
 * is there counts, and only that one is taken away from the data: with NXLog `ProviderName` beside `SourceName` is the
 * event's own.
 */
const spellings: readonly Spelling[] = [
  { key: 'channel', names: ['Channel', 'EventLog'] },
  { key: 'provider', names: ['SourceName', 'Provider_Name', 'ProviderName', 'EventSourceName', 'Source'] },
  { key: 'providerGuid', names: ['ProviderGuid', 'Provider_Guid'] },
  { key: 'eventId', names: ['EventID'] },
  { key: 'computer', names: ['Computer', 'Hostname', 'ComputerName'] },
  { key: 'recordId', names: ['RecordNumber', 'EventRecordID', 'RecordID'] },
  { key: 'level', names: ['Level'] },
  { key: 'task', names: ['Task'] },
  { key: 'opcode', names: ['OpcodeValue', 'Opcode'] },
  { key: 'keywords', names: ['Keywords'] },
  { key: 'version', names: ['Version'] },
  { key: 'processId', names: ['ExecutionProcessID', 'Execution_ProcessID'] },
  { key: 'threadId', names: ['ExecutionThreadID', 'Execution_ThreadID', 'ThreadID'] },
  { key: 'userId', names: ['Security_UserID'] },
]

/** Times in the order in which they are believed; `EventTime` of NXLog is the device's wall clock. */
const timeNames = ['TimeCreated', 'EventTime', 'TimeGenerated', '@timestamp', 'date']

/** The collector's own marks; they say nothing of the event. */
const collectors = new Set([
  '@version',
  'SourceModuleName',
  'SourceModuleType',
  'EventReceivedTime',
  'StringInserts',
  'Message',
  'Qualifiers',
])

/** Flat shapes: system and data side by side. */
export function flatShape(object: JsonObject): WindowsEvent {
  const inserts = object['StringInserts']
  const fluentBit = inserts !== undefined
  const taken = new Set([...timeNames, ...collectors])
  const system: Record<string, unknown> = {}
  for (const { key, names } of spellings) {
    const name = names.find((each) => object[each] !== undefined && object[each] !== null)
    if (name === undefined) continue
    system[key] = object[name]
    taken.add(name)
  }
  if (fluentBit) {
    system['processId'] = object['ProcessID']
    system['userId'] = object['UserID']
    for (const name of ['ProcessID', 'UserID']) taken.add(name)
  }
  const rest: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(object)) if (!taken.has(name)) put(rest, name, value)
  return {
    system: { ...system, times: timeNames.map((name) => object[name]) },
    ...(fluentBit ? { data: named(inserts), extra: rest } : { data: rest, extra: {} }),
    message: object['Message'],
    odd:
      Array.isArray(inserts) && inserts.length > 0
        ? ['the event data have no names (set event_data_as_map)']
        : [],
  }
}

/** Fluent Bit's data: a map with `event_data_as_map`, else only values in their order. */
function named(inserts: unknown): Readonly<Record<string, unknown>> {
  if (isObject(inserts)) return inserts
  return Array.isArray(inserts) && inserts.length > 0 ? { Data: inserts } : {}
}
