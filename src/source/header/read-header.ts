import type { Hints } from '../source.ts'
import { clip } from '../text.ts'
import { readCalendar, readEpoch } from '../time.ts'
import type { Header, Rest } from './header.ts'
import { readLegacy } from './legacy.ts'
import { readStructuredData } from './structured-data.ts'
import { word } from './word.ts'

/**
 * Reads the head of a syslog line: RFC 5424, RFC 3164, and the "almost syslog" of real devices (blank after the PRI,
 * no time, no host, version 1 with epoch nanoseconds, structured data that are none, host given twice). A line
 * without any head is returned whole as the message. Linear time; never throws.
 *
 * @param hints zone and year come from here where the line names none.
 */
export function readHeader(line: string, hints: Hints): Header {
  const text = unframed(line)
  const pri = readPri(text)
  const body = text.slice(pri.end)
  const rest = readVersion1(body, hints) ?? readLegacy(body.trimStart(), hints, pri.end > 0)
  const odd = pri.odd === undefined ? rest.odd : [pri.odd, ...rest.odd]
  const numbers = pri.value === undefined ? {} : { facility: pri.value >> 3, severity: pri.value & 7 }
  return { ...rest, ...numbers, odd }
}

/** Without byte order mark and without the frame's end (LF, CRLF, NUL; a replaced NUL is U+2400). */
function unframed(line: string): string {
  const start = line.startsWith('\ufeff') ? 1 : 0
  let end = line.length
  while (end > start && frameEnd.has(line.charCodeAt(end - 1))) end -= 1
  return start === 0 && end === line.length ? line : line.slice(start, end)
}

const frameEnd = new Set([0x0a, 0x0d, 0x00, 0x2400])
const priAt = /^<(\d{1,3})>/

function readPri(text: string): { end: number; value?: number; odd?: string } {
  const found = priAt.exec(text)
  if (!found) return { end: 0 }
  const digits = found[1] ?? ''
  const value = Number(digits)
  if (value > 191) return { end: found[0].length, odd: 'PRI over 191' }
  if (digits.length > 1 && digits.startsWith('0'))
    return { end: found[0].length, value, odd: 'PRI with leading zero' }
  return { end: found[0].length, value }
}

/** `1 TIMESTAMP HOSTNAME APP-NAME PROCID MSGID STRUCTURED-DATA [MSG]`, or Meraki's `1 EPOCH.NANOS NAME text`. */
function readVersion1(body: string, hints: Hints): Rest | undefined {
  if (!body.startsWith('1 ')) return undefined
  const stamp = word(body, 2)
  const epoch = readEpoch(stamp.text)
  if (epoch !== undefined && stamp.text.includes('.')) return readMeraki(body, epoch, stamp.end)
  const time = stamp.text === '-' ? undefined : readCalendar(stamp.text, hints.zoneMinutes)
  if (time === undefined && stamp.text !== '-' && !looksLikeTime.test(stamp.text)) return undefined
  const host = word(body, stamp.end + 1)
  const app = word(body, host.end + 1)
  const procid = word(body, app.end + 1)
  const msgid = word(body, procid.end + 1)
  if (msgid.text === '') return undefined
  const tail = readTail(body, msgid.end + 1)
  const odd = time === undefined && stamp.text !== '-' ? ['the time in the header cannot be read'] : []
  return {
    form: '5424',
    ...(time === undefined ? {} : { time }),
    ...named('host', host.text),
    ...named('app', app.text),
    ...named('pid', procid.text),
    ...named('msgid', msgid.text),
    ...tail,
    odd: [...odd, ...tail.odd],
  }
}

const looksLikeTime = /^\d{4}-\d\d-\d\d/

function readTail(body: string, start: number): Pick<Header, 'structured' | 'message' | 'odd'> {
  if (body[start] === '[') {
    const read = readStructuredData(body, start)
    if (read.legal) return { structured: read.data, message: messageFrom(body, read.end), odd: [] }
    return {
      ...(read.end > start ? { structured: read.data } : {}),
      message: messageFrom(body, read.end),
      odd: ['structured data not as RFC 5424 has them'],
    }
  }
  if (body[start] === '-' && (body.length === start + 1 || body[start + 1] === ' '))
    return { message: messageFrom(body, start + 1), odd: [] }
  if (start >= body.length) return { message: '', odd: ['no structured data'] }
  return { message: messageFrom(body, start), odd: ['no structured data'] }
}

/** rsyslog writes two blanks before the message; a message may begin with a byte order mark (§6.4). */
function messageFrom(body: string, start: number): string {
  let at = start
  while (body[at] === ' ') at += 1
  return body[at] === '\ufeff' ? body.slice(at + 1) : body.slice(at)
}

function readMeraki(body: string, time: number, end: number): Rest {
  const name = word(body, end + 1)
  return { form: '5424', time, ...named('host', name.text), message: messageFrom(body, name.end), odd: [] }
}

/** A name of the header, unless it is the nil value `-`. Over-long names are cut at what RFC 5424 allows a host. */
function named<K extends string>(key: K, text: string): Partial<Record<K, string>> {
  if (text === '-' || text === '') return {}
  return { [key]: clip(text, 255) } as Partial<Record<K, string>>
}
