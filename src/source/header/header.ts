import type { StructuredData } from './structured-data.ts'

/**
 * What stands before the message in a syslog line. `form` says which header was there: RFC 5424, the older RFC 3164,
 * only a `<PRI>`, or nothing at all.
 */
export type Header = {
  readonly form: '5424' | '3164' | 'pri' | 'none'
  /** 0 to 23 and 0 to 7, of the PRI. Absent where there is none or a bad one (then 13 is meant, RFC 3164 §4.3.3). */
  readonly facility?: number
  readonly severity?: number
  /** Epoch milliseconds. */
  readonly time?: number
  readonly host?: string
  readonly app?: string
  readonly pid?: string
  readonly msgid?: string
  readonly structured?: StructuredData
  readonly message: string
  /** What is not as the RFC has it, in plain English; empty for a clean header. */
  readonly odd: readonly string[]
}

/** What stands behind the PRI. */
export type Rest = Omit<Header, 'facility' | 'severity'>

/** What a name or time of the header gives a reading: the event's time and where it comes from. */
export function timeOf(
  header: Header,
  receivedAt: number,
): { eventTime: number; timeSource: 'header' | 'received' } {
  if (header.time === undefined) return { eventTime: receivedAt, timeSource: 'received' }
  return { eventTime: header.time, timeSource: 'header' }
}

const facilities = [
  'kern user mail daemon auth syslog lpr news uucp cron authpriv ftp ntp security console solaris-cron',
  'local0 local1 local2 local3 local4 local5 local6 local7',
].flatMap((names) => names.split(' '))

const severities = ['emerg', 'alert', 'crit', 'err', 'warning', 'notice', 'info', 'debug']

/** The header as fields of an event: names instead of numbers, only what is there. */
export function headerFields(header: Header): Record<string, unknown> {
  return {
    ...(header.facility === undefined ? {} : { facility: facilities[header.facility] }),
    ...(header.severity === undefined ? {} : { severity: severities[header.severity] }),
    ...(header.host === undefined ? {} : { host: header.host }),
    ...(header.app === undefined ? {} : { app: header.app }),
    ...(header.pid === undefined ? {} : { pid: header.pid }),
    ...(header.msgid === undefined ? {} : { msgid: header.msgid }),
    ...(header.structured === undefined ? {} : { structured: header.structured }),
  }
}

/** Emergency to debug (0 to 7) on the common scale, 5 worst. */
export function gradeOfSeverity(severity: number | undefined): number | undefined {
  return severity === undefined ? undefined : [5, 5, 5, 4, 3, 2, 1, 1][severity]
}
