import type { Hints } from '../source.ts'
import { address, clip } from '../text.ts'
import { nearestYear, readCalendar } from '../time.ts'
import type { Rest } from './header.ts'
import { word } from './word.ts'

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** `Nov 23 18:19:18`, day with blank, zero or nothing before it; also Cisco's year, and a fraction. */
const legacyTime =
  /^\*?([A-Za-z]{3}) {1,2}(\d{1,2}) (?:(\d{4}) )?(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?:?(?= |$)/

/** A program's name with its number, as RFC 3164 §4.1.3 has it; slashes and dots as real ones have them. */
const tagAt = /^([\w./%@()+#-]{1,128})(?:\[([\w.-]{1,64})\])?:(?= |$)/
const tagWithNumber = /^([\w./%@()+#-]{1,128})\[(\d{1,10})\]:?(?= |$)/

/**
 * Reads `Mmm dd hh:mm:ss HOST TAG: TEXT` (RFC 3164), the same with a time of RFC 3339 (rsyslog), and what is left of
 * it in real devices. `hasPri` tells whether a PRI stood before: only then is a word with a colon a program's name.
 */
export function readLegacy(body: string, hints: Hints, hasPri: boolean): Rest {
  const stamp = readStamp(body, hints)
  if (!stamp) return readWithoutTime(body, hasPri)
  const behind = body.slice(stamp.end).trimStart()
  const odd = stamp.time === undefined ? ['the time in the header cannot be read'] : []
  const time = stamp.time === undefined ? {} : { time: stamp.time }
  return { form: '3164', ...time, ...readHostAndTag(behind), odd }
}

function readWithoutTime(body: string, hasPri: boolean): Rest {
  const tag = readTag(body, hasPri)
  if (tag) return { form: hasPri ? 'pri' : 'none', ...tag, odd: [] }
  return { form: hasPri ? 'pri' : 'none', message: withoutMark(body), odd: [] }
}

function readStamp(body: string, hints: Hints): { time?: number; end: number } | undefined {
  const first = body.charCodeAt(0)
  if (first >= 0x30 && first <= 0x39) return readIsoStamp(body, hints)
  const found = legacyTime.exec(body)
  const month = found ? months.indexOf((found[1] ?? '').toLowerCase()) : -1
  if (!found || month === -1) return undefined
  const [all, , date, year, hours, minutes, seconds, fraction] = found
  const of = {
    month: month + 1,
    day: Number(date),
    time: [Number(hours), Number(minutes), Number(seconds)] as const,
  }
  const at =
    year === undefined
      ? nearestYear(of, hints)
      : readCalendar(
          `${year}-${two(month + 1)}-${two(of.day)} ${hours}:${minutes}:${seconds}`,
          hints.zoneMinutes,
        )
  const part = Math.floor(Number(`0.${fraction ?? 0}`) * 1_000 + 1e-6)
  return { ...(at === undefined ? {} : { time: at + part }), end: all.length }
}

const two = (n: number): string => String(n).padStart(2, '0')
const isoStamp = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?):?(?= |$)/

function readIsoStamp(body: string, hints: Hints): { time?: number; end: number } | undefined {
  const found = isoStamp.exec(body)
  if (!found) return undefined
  const time = readCalendar(found[1] ?? '', hints.zoneMinutes)
  return { ...(time === undefined ? {} : { time }), end: found[0].length }
}

type Named = Pick<Rest, 'host' | 'app' | 'pid' | 'message'>

/** Behind the time: a host, perhaps given twice or with its address by a relay, then the program and the text. */
function readHostAndTag(behind: string): Named {
  const alone = readTag(behind, true)
  if (alone) return alone
  const first = word(behind, 0)
  if (first.text.includes('=')) return { message: behind }
  const rest = behind.slice(first.end).trimStart()
  const second = word(rest, 0)
  if (isHostAgain(first.text, second.text)) {
    const after = rest.slice(second.end).trimStart()
    const host = address(first.text) === undefined ? first.text : second.text
    return { host: clip(host, 255), ...(readTag(after, true) ?? { message: withoutMark(after) }) }
  }
  return { ...hostOf(first.text), ...(readTag(rest, true) ?? { message: withoutMark(rest) }) }
}

function hostOf(text: string): { host?: string } {
  return text === '' || text === '-' ? {} : { host: clip(text, 255) }
}

function isHostAgain(first: string, second: string): boolean {
  if (second === '') return false
  if (first === second) return true
  return address(second) !== undefined || (address(first) !== undefined && tagLess.test(second))
}

/** A plain host name, which is no program's name and no word with punctuation. */
const tagLess = /^[A-Za-z][A-Za-z0-9-]*\d[A-Za-z0-9.-]*$/

function readTag(text: string, colonIsEnough: boolean): Named | undefined {
  const found = (colonIsEnough ? tagAt.exec(text) : null) ?? tagWithNumber.exec(text)
  if (!found || found[1] === undefined) return undefined
  return {
    app: found[1],
    ...(found[2] === undefined ? {} : { pid: found[2] }),
    message: withoutMark(text.slice(found[0].length).trimStart()),
  }
}

function withoutMark(text: string): string {
  return text.startsWith('\ufeff') ? text.slice(1) : text
}
