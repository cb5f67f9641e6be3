import { put } from '../text.ts'
import type { System, WindowsEvent } from './event.ts'
import { flatShape } from './flat.ts'
import { isObject, type JsonObject } from '../json.ts'

/** Takes the collector's shape off a Windows event; undefined where the object is none. */
export function shapeOf(object: JsonObject): WindowsEvent | undefined {
  if (isObject(object['winlog'])) return winlogbeat7(object, object['winlog'])
  if (isObject(object['Event'])) return nested(object['Event'])
  if (isObject(object['System'])) return nested(object)
  if (
    object['event_id'] !== undefined &&
    (object['log_name'] !== undefined || isObject(object['event_data']))
  )
    return winlogbeat6(object)
  if (object['EventID'] !== undefined) return flatShape(object)
  return undefined
}

function sub(object: JsonObject, ...path: readonly string[]): unknown {
  let value: unknown = object
  for (const name of path) value = isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined
  return value
}

/** Named data of the first place that has any; Winlogbeat puts unnamed data as param1, param2, … */
function dataOf(...candidates: readonly unknown[]): Record<string, unknown> {
  const data: Record<string, unknown> = {}
  for (const each of candidates)
    if (isObject(each)) for (const [name, value] of Object.entries(each)) put(data, name, value)
  return data
}

/** Winlogbeat 7 and 8 (ECS): everything of the event under `winlog`. */
function winlogbeat7(object: JsonObject, winlog: JsonObject): WindowsEvent {
  return {
    system: {
      channel: winlog['channel'],
      provider: winlog['provider_name'] ?? sub(object, 'event', 'provider'),
      providerGuid: winlog['provider_guid'],
      eventId: winlog['event_id'] ?? sub(object, 'event', 'code'),
      computer: winlog['computer_name'] ?? sub(object, 'host', 'name'),
      recordId: winlog['record_id'],
      times: [winlog['time_created'], object['@timestamp']],
      level: sub(object, 'log', 'level'),
      task: winlog['task'],
      opcode: winlog['opcode'],
      keywords: winlog['keywords'],
      version: winlog['version'],
      processId: sub(winlog, 'process', 'pid'),
      threadId: sub(winlog, 'process', 'thread', 'id'),
      userId: sub(winlog, 'user', 'identifier'),
    },
    data: dataOf(winlog['user_data'], winlog['event_data']),
    extra: {},
    message: object['message'],
    odd: [],
  }
}

/** Winlogbeat 6: names of the event at the top, in snake case. */
function winlogbeat6(object: JsonObject): WindowsEvent {
  return {
    system: {
      channel: object['log_name'],
      provider: object['source_name'],
      providerGuid: object['provider_guid'],
      eventId: object['event_id'],
      computer: object['computer_name'],
      recordId: object['record_number'],
      times: [object['@timestamp']],
      level: object['level'],
      task: object['task'],
      opcode: object['opcode'],
      keywords: object['keywords'],
      version: object['version'],
      processId: object['process_id'],
      threadId: object['thread_id'],
      userId: sub(object, 'user', 'identifier'),
    },
    data: dataOf(object['user_data'], object['event_data']),
    extra: {},
    message: object['message'],
    odd: [],
  }
}

/** evtx_dump and others that turn the event's XML into JSON: Event/System and Event/EventData. */
function nested(event: JsonObject): WindowsEvent {
  const head = isObject(event['System']) ? event['System'] : {}
  const system: System = {
    channel: text(head['Channel']),
    provider: attribute(head, 'Provider', 'Name'),
    providerGuid: attribute(head, 'Provider', 'Guid'),
    eventId: text(head['EventID']),
    computer: text(head['Computer']),
    recordId: text(head['EventRecordID']),
    times: [attribute(head, 'TimeCreated', 'SystemTime'), event['@timestamp']],
    level: text(head['Level']),
    task: text(head['Task']),
    opcode: text(head['Opcode']),
    keywords: text(head['Keywords']),
    version: text(head['Version']),
    processId: attribute(head, 'Execution', 'ProcessID'),
    threadId: attribute(head, 'Execution', 'ThreadID'),
    userId: attribute(head, 'Security', 'UserID'),
  }
  const rendered = sub(event, 'RenderingInfo', 'Message')
  return {
    system,
    data: { ...userData(event['UserData']), ...eventData(event['EventData']) },
    extra: {},
    message: rendered,
    odd: [],
  }
}

/** An attribute in the spellings of the converters: `#attributes`, `@Name`, `X_attributes`, or plain. */
function attribute(head: JsonObject, element: string, name: string): unknown {
  const own = head[element]
  if (!isObject(own))
    return sub(head, `${element}_attributes`, name) ?? (element === 'TimeCreated' ? own : undefined)
  return (
    sub(own, '#attributes', name) ?? own[`@${name}`] ?? own[name] ?? sub(head, `${element}_attributes`, name)
  )
}

/** The text of an element that may also carry attributes (`EventID` with Qualifiers). */
function text(value: unknown): unknown {
  return isObject(value) ? (value['#text'] ?? value['$'] ?? value['Value']) : value
}

function isAttribute(name: string): boolean {
  return name.startsWith('#') || name.startsWith('@') || name.endsWith('_attributes') || name === 'xmlns'
}

function eventData(value: unknown): Record<string, unknown> {
  const data: Record<string, unknown> = {}
  if (!isObject(value)) return data
  for (const [name, each] of Object.entries(value)) {
    if (isAttribute(name)) continue
    if (name === 'Data') addData(data, each)
    else put(data, name, text(each))
  }
  return data
}

/** `Data` without names is one text or a list; with `@Name` attributes it is the named data. */
function addData(data: Record<string, unknown>, value: unknown): void {
  const unnamed: unknown[] = []
  for (const each of Array.isArray(value) ? value : [value]) {
    const name = isObject(each)
      ? (each['@Name'] ?? sub(each, '#attributes', 'Name') ?? each['Name'])
      : undefined
    if (typeof name === 'string') put(data, name, text(each))
    else if (Array.isArray(text(each))) unnamed.push(...(text(each) as unknown[]))
    else unnamed.push(text(each))
  }
  if (unnamed.length > 0) put(data, 'Data', unnamed.length === 1 ? unnamed[0] : unnamed)
}

/** UserData has one element of the provider's own around its values: they go by the name of their leaf. */
function userData(value: unknown, into: Record<string, unknown> = {}): Record<string, unknown> {
  if (!isObject(value)) return into
  for (const [name, each] of Object.entries(value)) {
    if (isAttribute(name)) continue
    const leaf = text(each)
    if (isObject(each) && leaf === undefined) userData(each, into)
    else if (!Object.hasOwn(into, name)) put(into, name, leaf)
  }
  return into
}
