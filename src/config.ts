import { createHash } from 'node:crypto'
import { statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fault } from './base/fault.ts'

/** Every setting of one installation, read once at the start. */
export type Config = {
  /** All data: the database, the secret, evidence, exports. */
  readonly home: string
  /** A PostgreSQL server of your own, as the role that owns the tables; absent = the embedded one. */
  readonly databaseUrl?: string
  readonly databasePort?: number
  readonly practice: boolean
  readonly port: number
  readonly host: string
  /** How people reach the portal; without a slash at the end. */
  readonly baseUrl: string
  readonly syslog: { readonly host: string; readonly udpPort: number; readonly tcpPort: number }
  readonly smtpUrl?: string
  readonly mailFrom: string
  /** Proxies in front of us whose word about the sender's address counts: how many, or their addresses. */
  readonly trustProxy: false | number | readonly string[]
  readonly limits: Limits
}

/** What one sender may ask of us at most. */
export type Limits = {
  /** Bytes of one line; a longer one is cut and marked. */
  readonly lineBytes: number
  /** Bytes of one request after inflating. */
  readonly bodyBytes: number
  /** Bytes of one request on the wire. */
  readonly wireBytes: number
  readonly jsonDepth: number
  /** Keys of one JSON event, all levels together. */
  readonly jsonKeys: number
  /** Lines a second of one sensor, kept up for long. */
  readonly linesPerSecond: number
  /** Lines that one sensor may send at once after a rest. */
  readonly lineBurst: number
}

export type Environment = Readonly<Record<string, string | undefined>>

/** The few facts about this machine that the default home depends on. */
export type Probe = {
  readonly checkout: string
  readonly isRoot: boolean
  /** Whether the account `nobody` can pass through a folder and all above it. */
  readonly nobodyReaches: (folder: string) => boolean
}

type Setting = { readonly name: string; readonly default: string; readonly why: string }

/** The settings, for `--help` and the guide. A default of `''` means absent. */
export const settings = [
  {
    name: 'MIMAMORI_HOME',
    default: '<checkout>/data',
    why: 'all data lie here; as root, /var/lib/mimamori/… where the account of the database cannot reach the checkout',
  },
  {
    name: 'DATABASE_URL',
    default: '',
    why: 'postgres://owner:password@host/database instead of the embedded one',
  },
  {
    name: 'DATABASE_PORT',
    default: '',
    why: 'port of the embedded database; otherwise a free one, kept in the home',
  },
  {
    name: 'MIMAMORI_PRACTICE',
    default: '1',
    why: 'a newcomer sees the main job at once; 0 for a real installation',
  },
  { name: 'PORT', default: '8080', why: 'the web; needs no rights of root' },
  { name: 'HOST', default: '127.0.0.1', why: 'nothing is open to a network until somebody says so' },
  {
    name: 'BASE_URL',
    default: 'http://localhost:<PORT>',
    why: 'links in mails; https unless it is this machine',
  },
  { name: 'SYSLOG_UDP_PORT', default: '5514', why: '514 needs rights of root; forward it or set it' },
  { name: 'SYSLOG_TCP_PORT', default: '5514', why: 'the same number as UDP: one thing to tell a technician' },
  {
    name: 'SYSLOG_HOST',
    default: '127.0.0.1, or 0.0.0.0 without practice',
    why: 'devices send from elsewhere',
  },
  {
    name: 'SMTP_URL',
    default: '',
    why: 'smtp://user:password@host:587; without it mail is only in the mailbox page',
  },
  { name: 'MAIL_FROM', default: 'Mimamori <mimamori@localhost>', why: 'the sender of every notice' },
  {
    name: 'TRUST_PROXY',
    default: '0',
    why: 'how many proxies stand in front, or their addresses; trust none',
  },
  { name: 'LINE_LIMIT_BYTES', default: '65536', why: 'the largest syslog line devices send, with room' },
  { name: 'BODY_LIMIT_BYTES', default: '67108864', why: 'one request after inflating; stops a gzip bomb' },
  { name: 'WIRE_LIMIT_BYTES', default: '16777216', why: 'one request as it arrives' },
  { name: 'JSON_DEPTH_LIMIT', default: '32', why: 'real events nest less than 10 deep' },
  { name: 'JSON_KEYS_LIMIT', default: '2000', why: 'real events have fewer than 300 keys' },
  { name: 'RATE_LINES_PER_SECOND', default: '2000', why: 'one sensor must not crowd out the others' },
  {
    name: 'RATE_LINES_BURST',
    default: '20000',
    why: 'what a device kept while the line was down may come at once',
  },
] as const satisfies readonly Setting[]

type Name = (typeof settings)[number]['name']

/** Reads settings one by one and remembers all that is wrong, so that one start tells everything. */
type Reader = {
  readonly problems: string[]
  readonly text: (name: Name) => string | undefined
  readonly whole: (name: Name, range: { fallback: number; least: number; most: number }) => number
  readonly optional: (name: Name, range: { least: number; most: number }) => number | undefined
}

function reader(env: Environment): Reader {
  const problems: string[] = []
  const text = (name: Name): string | undefined => env[name]?.trim() || undefined
  const optional = (name: Name, range: { least: number; most: number }): number | undefined => {
    const written = text(name)
    if (written === undefined) return undefined
    const value = /^\d{1,12}$/.test(written) ? Number(written) : Number.NaN
    if (value >= range.least && value <= range.most) return value
    problems.push(`${name}=${written}: write a whole number from ${range.least} to ${range.most}`)
    return undefined
  }
  const whole: Reader['whole'] = (name, range) => optional(name, range) ?? range.fallback
  return { problems, text, whole, optional }
}

function yesOrNo(from: Reader, name: Name, fallback: boolean): boolean {
  const written = from.text(name)
  if (written === undefined) return fallback
  if (/^(1|true|yes|on)$/i.test(written)) return true
  if (/^(0|false|no|off)$/i.test(written)) return false
  from.problems.push(`${name}=${written}: write 1 (on) or 0 (off)`)
  return fallback
}

/** A URL setting. Its value may hold a password, so a problem never repeats it. */
function urlOf(from: Reader, name: Name, it: { schemes: readonly string[]; write: string }): URL | undefined {
  const written = from.text(name)
  if (written === undefined) return undefined
  const url = URL.canParse(written) ? new URL(written) : undefined
  if (url !== undefined && it.schemes.includes(url.protocol) && url.hostname !== '') return url
  from.problems.push(`${name}: write ${it.write}`)
  return undefined
}

/** Whether a host name means this machine only. */
export function isLoopback(host: string): boolean {
  return /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(host)
}

function baseUrlOf(from: Reader, port: number): string {
  const write = 'the address people type, e.g. https://mimamori.example.jp'
  const url = urlOf(from, 'BASE_URL', { schemes: ['http:', 'https:'], write })
  if (url === undefined) return `http://localhost:${port}`
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    from.problems.push('BASE_URL: write https://…; plain http is for this machine only (localhost)')
  }
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '' || url.username !== '') {
    from.problems.push('BASE_URL: write only scheme, host and port, without a path or a name')
  }
  return url.origin
}

function trustProxyOf(from: Reader): Config['trustProxy'] {
  const written = from.text('TRUST_PROXY')
  if (written === undefined || /^(0|false|no|off)$/i.test(written)) return false
  if (/^[1-9]$/.test(written)) return Number(written)
  const addresses = written.split(',').map((part) => part.trim())
  if (addresses.every((part) => /^[0-9a-f.:]{2,45}(\/\d{1,3})?$/i.test(part) && /[.:]/.test(part)))
    return addresses
  from.problems.push(
    `TRUST_PROXY=${written}: write how many proxies stand in front (1 to 9), or their addresses with commas`,
  )
  return false
}

function limitsOf(from: Reader): Limits {
  const mebi = 1024 * 1024
  return {
    lineBytes: from.whole('LINE_LIMIT_BYTES', { fallback: 65_536, least: 1_024, most: mebi }),
    bodyBytes: from.whole('BODY_LIMIT_BYTES', { fallback: 64 * mebi, least: 65_536, most: 1_024 * mebi }),
    wireBytes: from.whole('WIRE_LIMIT_BYTES', { fallback: 16 * mebi, least: 65_536, most: 1_024 * mebi }),
    jsonDepth: from.whole('JSON_DEPTH_LIMIT', { fallback: 32, least: 4, most: 256 }),
    jsonKeys: from.whole('JSON_KEYS_LIMIT', { fallback: 2_000, least: 50, most: 100_000 }),
    linesPerSecond: from.whole('RATE_LINES_PER_SECOND', { fallback: 2_000, least: 1, most: 1_000_000 }),
    lineBurst: from.whole('RATE_LINES_BURST', { fallback: 20_000, least: 1, most: 10_000_000 }),
  }
}

function homeOf(from: Reader, probe: Probe): string {
  const written = from.text('MIMAMORI_HOME')
  if (written !== undefined) return resolve(written)
  const inside = join(probe.checkout, 'data')
  // As root the database runs as `nobody`, who must be able to come to its files.
  if (!probe.isRoot || probe.nobodyReaches(probe.checkout)) return inside
  const mark = createHash('sha256').update(probe.checkout).digest('hex').slice(0, 8)
  return join('/var/lib/mimamori', `${basename(probe.checkout)}-${mark}`)
}

const port = (fallback: number) => ({ fallback, least: 0, most: 65_535 })

/**
 * Reads and checks every setting. Port 0 asks the kernel for any.
 *
 * Throws SETTING with `problems`: one sentence per wrong setting that names it and says what to write. No sentence
 * repeats a value that may hold a password.
 */
export function readConfig(env: Environment, probe: Probe = thisMachine()): Config {
  const from = reader(env)
  const practice = yesOrNo(from, 'MIMAMORI_PRACTICE', true)
  const webPort = from.whole('PORT', port(8080))
  const write = 'postgres://name:password@host:5432/database'
  const databaseUrl = urlOf(from, 'DATABASE_URL', { schemes: ['postgres:', 'postgresql:'], write })
  if (databaseUrl !== undefined && databaseUrl.pathname.length < 2) {
    from.problems.push(`DATABASE_URL: name the database, ${write}`)
  }
  const databasePort = from.optional('DATABASE_PORT', { least: 1, most: 65_535 })
  const smtpUrl = urlOf(from, 'SMTP_URL', {
    schemes: ['smtp:', 'smtps:'],
    write: 'smtp://name:password@host:587',
  })
  const mailFrom = from.text('MAIL_FROM') ?? 'Mimamori <mimamori@localhost>'
  if (!/^[^<>\r\n]*<[^\s<>@]+@[^\s<>@]+>$|^[^\s<>@]+@[^\s<>@]+$/.test(mailFrom)) {
    from.problems.push('MAIL_FROM: write an address, e.g. 見守り <mimamori@example.jp>')
  }
  const config: Config = {
    home: homeOf(from, probe),
    ...(databaseUrl === undefined ? {} : { databaseUrl: databaseUrl.href }),
    ...(databasePort === undefined ? {} : { databasePort }),
    practice,
    port: webPort,
    host: from.text('HOST') ?? '127.0.0.1',
    baseUrl: baseUrlOf(from, webPort),
    syslog: {
      host: from.text('SYSLOG_HOST') ?? (practice ? '127.0.0.1' : '0.0.0.0'),
      udpPort: from.whole('SYSLOG_UDP_PORT', port(5514)),
      tcpPort: from.whole('SYSLOG_TCP_PORT', port(5514)),
    },
    ...(smtpUrl === undefined ? {} : { smtpUrl: smtpUrl.href }),
    mailFrom,
    trustProxy: trustProxyOf(from),
    limits: limitsOf(from),
  }
  if (from.problems.length > 0) throw fault('SETTING', { problems: from.problems })
  return config
}

function thisMachine(): Probe {
  const passes = (folder: string): boolean => {
    // An existing folder without the right for others to pass keeps `nobody` out.
    const about = statSync(folder, { throwIfNoEntry: false })
    if (about !== undefined && (about.mode & 0o001) === 0) return false
    return dirname(folder) === folder || passes(dirname(folder))
  }
  return {
    checkout: dirname(dirname(fileURLToPath(import.meta.url))),
    isRoot: process.getuid?.() === 0,
    nobodyReaches: passes,
  }
}
