import { gradeOfSeverity, headerFields, timeOf } from '../header/header.ts'
import { readHeader } from '../header/read-header.ts'
import type { Hints, Parsed, Source } from '../source.ts'
import { present } from '../text.ts'
import { readPhrase } from './phrase.ts'

/** OpenSSH's server: who tried to sign in, from where, and whether it worked. */
export const sshd: Source = { name: 'sshd', recognises: looksLikeSshd, read: readSshd }

/** Since OpenSSH 9.8 the part that signs people in calls itself `sshd-session`, since 10 also `sshd-auth`. */
const programs = new Set(['sshd', 'sshd-session', 'sshd-auth'])

const anywhen: Hints = { receivedAt: 0, zoneMinutes: 0 }

function looksLikeSshd(line: string): boolean {
  if (!line.includes('sshd')) return false
  return programs.has(programOf(readHeader(line, anywhen).app))
}

function programOf(app: string | undefined): string {
  return app === undefined ? '' : app.slice(app.lastIndexOf('/') + 1)
}

const mostRepeats = 1_000_000
const repeatedAt = /^message repeated (\d{1,9}) times: \[ ?/

/**
 * Reads a line of sshd. Fields: those of the syslog head, `message`, and as far as the message says them `event` (what
 * happened, in our words), `action` (failed, accepted), `method`, `user`, `invalid_user`, `src_ip`, `src_port`.
 * `count` is 1, or what "message repeated N times" says: it stays one event.
 */
function readSshd(line: string, hints: Hints): Parsed {
  const header = readHeader(line, hints)
  const { message, count } = unrepeated(header.message)
  const phrase = readPhrase(message)
  const { event: _event, invalid_user: _invalid, method: _method, ...shared } = phrase
  return {
    source: 'sshd',
    ...verdict(header, message),
    ...timeOf(header, hints.receivedAt),
    labels: { product: 'linux', categories: [], services: ['sshd', 'auth', 'syslog'] },
    common: present({ ...shared, severity: gradeOfSeverity(header.severity), host: header.host }),
    fields: { ...headerFields(header), ...phrase, count, message },
  }
}

/** rsyslog and syslog-ng fold equal lines: `message repeated 5 times: [ Failed password … ]`. */
function unrepeated(message: string): { message: string; count: number } {
  const found = repeatedAt.exec(message)
  if (!found) return { message, count: 1 }
  const inner = message.slice(found[0].length)
  const trimmed = inner.endsWith(']') ? inner.slice(0, -1) : inner
  return { message: trimmed, count: Math.min(Math.max(Number(found[1]), 1), mostRepeats) }
}

function verdict(header: ReturnType<typeof readHeader>, message: string): Pick<Parsed, 'status' | 'reason'> {
  if (!programs.has(programOf(header.app))) return { status: 'failed', reason: 'not a line of sshd' }
  if (message === '') return { status: 'partial', reason: 'no message' }
  if (header.odd.length > 0) return { status: 'partial', reason: header.odd.join('; ') }
  return { status: 'ok' }
}
