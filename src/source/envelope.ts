import { isObject, readJson } from './json.ts'

/** Where forwarders put the line itself: Filebeat, Fluent Bit, Vector; journald's export. */
const names = ['message', 'log', 'MESSAGE', 'event.original']

/**
 * The log line inside a forwarder's JSON (`{"message":"<134>…","host":…}`), so that FortiGate, sshd and syslog lines may come
 * as NDJSON too. Undefined where the line is no JSON object, or holds no text of a line.
 */
export function unwrap(line: string): string | undefined {
  if (!line.startsWith('{')) return undefined
  const { object } = readJson(line)
  if (object === undefined) return undefined
  for (const name of names) {
    const inner = object[name]
    if (typeof inner === 'string' && inner.length > 0) return inner
  }
  const original = isObject(object['event']) ? object['event']['original'] : undefined
  return typeof original === 'string' ? original : undefined
}
