import { address, clip, port } from '../text.ts'

/** What one message of sshd says; absent where it does not say it. */
export type Phrase = {
  readonly event?: string
  readonly action?: 'failed' | 'accepted'
  readonly method?: string
  readonly user?: string
  readonly invalid_user?: true
  readonly src_ip?: string
  readonly src_port?: number
}

type End = {
  readonly src_ip?: string
  readonly src_port?: number
  /** The text before ` from ADDRESS` or ` ADDRESS port N`. */
  readonly before: string
}

/**
 * One sentence of sshd: how it begins and how the rest is read. A user name is chosen by the attacker and may hold
 * " from 192.0.2.1 port 22", so the address is looked for from the end wherever nothing the attacker chose follows it.
 */
type Sentence = { readonly begins: string; readonly read: (rest: string) => Phrase }

const sentences: readonly Sentence[] = [
  { begins: 'Failed ', read: failed },
  { begins: 'Accepted ', read: accepted },
  {
    begins: 'Invalid user ',
    read: (rest) => ({ ...who(lastFrom(` ${rest}`), 'invalid-user'), action: 'failed', invalid_user: true }),
  },
  {
    begins: 'Illegal user ',
    read: (rest) => ({ ...who(lastFrom(` ${rest}`), 'invalid-user'), action: 'failed', invalid_user: true }),
  },
  {
    begins: 'error: maximum authentication attempts exceeded for ',
    read: (rest) => named(lastFrom(` ${rest}`), 'max-attempts'),
  },
  {
    begins: 'maximum authentication attempts exceeded for ',
    read: (rest) => named(lastFrom(` ${rest}`), 'max-attempts'),
  },
  { begins: 'Connection closed by ', read: (rest) => named(lastPort(` ${rest}`), 'closed') },
  { begins: 'Connection reset by ', read: (rest) => named(lastPort(` ${rest}`), 'closed') },
  { begins: 'Disconnected from ', read: (rest) => named(lastPort(` ${rest}`), 'disconnected') },
  { begins: 'Disconnecting ', read: (rest) => named(lastPort(` ${beforeColon(rest)}`), 'disconnected') },
  { begins: 'Received disconnect from ', read: (rest) => where(firstPort(` ${rest}`), 'disconnected') },
  { begins: 'User ', read: refused },
  { begins: 'error: PAM: ', read: pamFailure },
  { begins: 'PAM: ', read: pamFailure },
  { begins: 'pam_', read: pam },
  { begins: 'PAM ', read: pam },
  { begins: 'Postponed ', read: (rest) => named(lastFrom(` ${afterFor(rest)}`), 'postponed') },
  { begins: 'Close session: user ', read: (rest) => who(lastFrom(` ${rest}`), 'session-closed') },
  { begins: 'Starting session: ', read: (rest) => who(lastFrom(` ${afterFor(rest)}`), 'session-started') },
  {
    begins: 'ROOT LOGIN REFUSED',
    read: (rest) => ({ ...where(lastFrom(rest), 'refused'), user: 'root', action: 'failed' }),
  },
  { begins: 'refused connect from ', read: (rest) => where(inBrackets(rest), 'refused') },
  { begins: 'reverse mapping checking ', read: (rest) => where(inBrackets(rest), 'name-mismatch') },
  {
    begins: 'Did not receive identification string from ',
    read: (rest) => where(firstPort(` ${rest}`), 'probe'),
  },
  { begins: 'Bad protocol version identification ', read: (rest) => where(lastFrom(rest), 'probe') },
  { begins: 'banner exchange: Connection from ', read: (rest) => where(firstPort(` ${rest}`), 'probe') },
  { begins: 'error: kex_exchange_identification', read: () => ({ event: 'probe' }) },
  { begins: 'kex_exchange_identification', read: () => ({ event: 'probe' }) },
  { begins: 'Unable to negotiate with ', read: (rest) => where(firstPort(` ${rest}`), 'probe') },
  { begins: 'fatal: Unable to negotiate with ', read: (rest) => where(firstPort(` ${rest}`), 'probe') },
  {
    begins: 'fatal: Timeout before authentication for ',
    read: (rest) => where(firstPort(` ${rest}`), 'timeout'),
  },
  { begins: 'Timeout before authentication for ', read: (rest) => where(firstPort(` ${rest}`), 'timeout') },
  {
    begins: 'ssh_dispatch_run_fatal: Connection from ',
    read: (rest) => named(firstPort(` ${rest}`), 'broken'),
  },
  { begins: 'Connection from ', read: (rest) => where(firstPort(` ${rest}`), 'connected') },
  { begins: 'Server listening on ', read: () => ({ event: 'listening' }) },
]

/** Reads the message of one line; an unknown sentence gives nothing but stays as `message`. */
export function readPhrase(message: string): Phrase {
  const found = sentences.find((each) => message.startsWith(each.begins))
  return found === undefined ? {} : found.read(message.slice(found.begins.length))
}

/** `METHOD for [invalid user] NAME from ADDRESS port N ssh2[: KEY]`. */
function failed(rest: string): Phrase {
  const method = rest.slice(0, Math.max(rest.indexOf(' '), 0))
  const target = afterFor(rest)
  // A key's text may follow only for a user who exists, whose name the attacker did not invent.
  const end =
    method === 'publickey' && !target.startsWith(invalid) ? firstFrom(` ${target}`) : lastFrom(` ${target}`)
  return { ...named(end, 'failed'), action: 'failed', ...methodOf(method) }
}

/** The user exists, so the first address is the real one; a certificate's free text may follow. */
function accepted(rest: string): Phrase {
  const method = rest.slice(0, Math.max(rest.indexOf(' '), 0))
  return { ...who(firstFrom(` ${afterFor(rest)}`), 'accepted'), action: 'accepted', ...methodOf(method) }
}

function methodOf(method: string): { method?: string } {
  return method === '' ? {} : { method: clip(method, 64) }
}

/** `NAME from ADDRESS not allowed because …`. */
function refused(rest: string): Phrase {
  const end = rest.lastIndexOf(' not allowed because ')
  if (end === -1) {
    const gone = rest.indexOf(' not allowed')
    return gone === -1 ? {} : { event: 'refused', ...userOf(rest.slice(0, gone)) }
  }
  return who(lastFrom(` ${rest.slice(0, end)}`), 'refused')
}

/** `Authentication failure for NAME from ADDRESS`, FreeBSD's and OPNsense's way of saying it. */
function pamFailure(rest: string): Phrase {
  return { ...named(lastFrom(` ${afterFor(rest)}`), 'failed'), action: 'failed', method: 'pam' }
}

/**
 * `pam_unix(sshd:auth): authentication failure; … rhost=192.0.2.1  user=root`, and session lines. No action: sshd itself says
 * "Failed password" for the same attempt, and one attempt must count once.
 */
function pam(rest: string): Phrase {
  if (rest.includes('authentication failure')) {
    const user = valueOf(rest, ' user=')
    const from = address(valueOf(rest, ' rhost='))
    return { event: 'pam-failure', ...userOf(user ?? ''), ...(from === undefined ? {} : { src_ip: from }) }
  }
  const opened = rest.indexOf('session opened for user ')
  const closed = rest.indexOf('session closed for user ')
  const at = Math.max(opened, closed)
  if (at === -1) return { event: 'pam' }
  const name = rest.slice(at + 'session opened for user '.length)
  const end = name.search(/[( ]/)
  return {
    event: opened === -1 ? 'session-closed' : 'session-opened',
    ...userOf(end === -1 ? name : name.slice(0, end)),
  }
}

const invalid = 'invalid user '

/** Takes "invalid user" or "authenticating user" off the name before the address. */
function named(end: End, event: string): Phrase {
  const text = end.before.trimStart()
  if (text.startsWith(invalid))
    return { ...who({ ...end, before: text.slice(invalid.length) }, event), invalid_user: true }
  if (text === 'invalid user') return { ...where(end, event), invalid_user: true }
  for (const words of ['authenticating user ', 'user '])
    if (text.startsWith(words)) return who({ ...end, before: text.slice(words.length) }, event)
  return who(end, event)
}

function who(end: End, event: string): Phrase {
  return { ...where(end, event), ...userOf(end.before) }
}

function where({ src_ip, src_port }: End, event: string): Phrase {
  return {
    event,
    ...(src_ip === undefined ? {} : { src_ip }),
    ...(src_port === undefined ? {} : { src_port }),
  }
}

function userOf(text: string): { user?: string } {
  const name = text.trim()
  return name === '' ? {} : { user: clip(name, 256) }
}

function afterFor(rest: string): string {
  const at = rest.indexOf(' for ')
  return at === -1 ? rest : rest.slice(at + 5)
}

function beforeColon(rest: string): string {
  const at = rest.lastIndexOf(': ')
  return at === -1 ? rest : rest.slice(0, at)
}

/** The last ` from ADDRESS [port N]`. */
function lastFrom(text: string): End {
  return ending(text, text.lastIndexOf(' from '))
}

function firstFrom(text: string): End {
  return ending(text, text.indexOf(' from '))
}

function ending(text: string, at: number): End {
  if (at === -1) return { before: text }
  const [from = '', word, number] = text.slice(at + 6, at + 6 + 128).split(' ', 3)
  return { before: text.slice(0, at), ...endpoint(from, word === 'port' ? number : undefined) }
}

/** The last ` ADDRESS port N`. */
function lastPort(text: string): End {
  return beside(text, text.lastIndexOf(' port '))
}

function firstPort(text: string): End {
  return beside(text, text.indexOf(' port '))
}

function beside(text: string, at: number): End {
  if (at === -1) return lonely(text)
  const start = text.lastIndexOf(' ', at - 1)
  const [number] = text.slice(at + 6, at + 18).split(/[ :]/, 1)
  return { before: text.slice(0, Math.max(start, 0)), ...endpoint(text.slice(start + 1, at), number) }
}

/** Old versions give no port: `Received disconnect from 192.0.2.1: 11: Bye`. */
function lonely(text: string): End {
  const [first = ''] = text.trimStart().split(' ', 1)
  const from = address(first) ?? address(first.replace(/:$/, ''))
  return from === undefined ? { before: text } : { before: '', src_ip: from }
}

function endpoint(from: string, number: string | undefined): Omit<End, 'before'> {
  const src_ip = address(from)
  const src_port = port(number)
  return { ...(src_ip === undefined ? {} : { src_ip }), ...(src_port === undefined ? {} : { src_port }) }
}

/** The address in `(192.0.2.1)` or `[192.0.2.1]`. */
function inBrackets(text: string): End {
  const found = /[([]([\da-f.:]{2,45})[)\]]/i.exec(text.slice(0, 1_024))
  const src_ip = address(found?.[1])
  return { before: '', ...(src_ip === undefined ? {} : { src_ip }) }
}

function valueOf(text: string, key: string): string | undefined {
  const at = text.lastIndexOf(key)
  if (at === -1) return undefined
  const [value] = clip(text.slice(at + key.length), 256).split(' ', 1)
  return value === '' ? undefined : value
}
