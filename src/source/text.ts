/** Stands for NUL in stored text: PostgreSQL's text and jsonb cannot hold U+0000. */
const nulPicture = '\u2400'

/** Text that PostgreSQL can store: NUL becomes U+2400, half a surrogate pair becomes U+FFFD. */
export function storable(text: string): string {
  const whole = text.isWellFormed() ? text : text.toWellFormed()
  return whole.includes('\0') ? whole.replaceAll('\0', nulPicture) : whole
}

/** The beginning of a text, never with half a surrogate pair at its end. */
export function clip(text: string, length: number): string {
  return text.length <= length ? text : text.slice(0, length).toWellFormed()
}

/**
 * Puts a value under a name that came from outside. `__proto__` would change the object itself instead of naming a
 * field; no product uses it, so it is left out (the raw line keeps it).
 */
export function put(into: Record<string, unknown>, name: string, value: unknown): void {
  if (name !== '__proto__') into[name] = value
}

/** A value of a constant table under a name that came from outside: `constructor` is not in it. */
export function pick<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined
}

/** A decimal number of a port, count or size; undefined for anything else. */
export function whole(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0 ? value : undefined
  if (typeof value !== 'string' || value.length === 0 || value.length > 15) return undefined
  return /^\d+$/.test(value) ? Number(value) : undefined
}

/** A port, 0 to 65535. */
export function port(value: unknown): number | undefined {
  const number = whole(value)
  return number !== undefined && number <= 65_535 ? number : undefined
}

const ipv4 = /^(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}$/
const ipv6 = /^[\da-f:]{2,39}(?:%[\w.-]{1,32})?$/i

/** An IP address as one writes it: IPv4 in IPv6 clothes (`::ffff:192.0.2.1`) is IPv4. Undefined for anything else. */
export function address(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length < 2 || value.length > 72) return undefined
  const bare = /^::ffff:\d/i.test(value) ? value.slice(7) : value
  if (ipv4.test(bare)) return bare
  return ipv6.test(value) && value.includes(':', value.indexOf(':') + 1) ? value : undefined
}

/** IANA protocol numbers that logs of small firms show. */
const protocols: Readonly<Record<string, string>> = {
  '1': 'icmp',
  '2': 'igmp',
  '6': 'tcp',
  '17': 'udp',
  '41': 'ipv6',
  '47': 'gre',
  '50': 'esp',
  '51': 'ah',
  '58': 'icmp6',
  '89': 'ospf',
  '132': 'sctp',
}

/** The name of a protocol given as IANA number or as a word, in lower case. */
export function protocol(value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined
  const text = String(value)
  if (text.length === 0 || text.length > 16 || text === '-') return undefined
  return pick(protocols, text) ?? text.toLowerCase()
}

/** Removes the keys whose value is undefined, so that absent means absent. */
export function present<T extends object>(of: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const kept: Partial<Record<string, unknown>> = {}
  for (const [name, value] of Object.entries(of)) if (value !== undefined) kept[name] = value
  return kept as { [K in keyof T]?: Exclude<T[K], undefined> }
}
