import type { Limits } from '../config.ts'
import { isFault } from '../base/fault.ts'
import type { Instant } from '../base/time.ts'
import type { Appender, Line, Transport } from '../event/index.ts'
import type { Log } from '../store/index.ts'
import type { Rate, Rates } from './bucket.ts'
import type { Directory, Sender } from './directory.ts'
import type { Frame } from './framing.ts'
import type { Holding } from './holding.ts'
import type { Incidents } from './incident.ts'
import { toLine } from './line.ts'
import { takeToken } from './structured-data.ts'

/** Where messages of syslog came from. */
export type Origin = {
  readonly transport: Transport
  readonly peer: string
  /** Our receiving port. */
  readonly port: number
}

/** What the ways in share. */
export type IntakeParts = {
  readonly appender: Appender
  readonly directory: Directory
  readonly holding: Holding
  readonly incidents: Incidents
  readonly rates: Rates
  readonly limits: Limits
  readonly log: Log
  /** Waits, at most until the program stops. */
  readonly pause: (milliseconds: number) => Promise<void>
  /** Whether waiting for a better moment has no sense any more. */
  readonly stopped: () => boolean
}

/** The rate of one sensor: its own, else the setting. The burst grows with it. */
export function rateOf(limits: Limits, sender: Sender): Rate {
  const perSecond = sender.linesPerSecond ?? limits.linesPerSecond
  return {
    perSecond,
    burst: Math.max(perSecond, Math.round((limits.lineBurst * perSecond) / limits.linesPerSecond)),
  }
}

type Group = { readonly sender: Sender | undefined; readonly lines: Line[]; mismatched: number }

/**
 * Recognises the senders of messages that arrived together and keeps them under their sensors; unknown senders' are held
 * apart. Resolves when all is durable, with the milliseconds that this origin should wait before it sends more. A database
 * that is away is waited for.
 */
export async function deliver(
  parts: IntakeParts,
  origin: Origin,
  arrived: { readonly frames: readonly Frame[]; readonly receivedAt: Instant },
): Promise<{ wait: number }> {
  const groups = await insist(parts, () => recognise(parts.directory, origin, arrived.frames))
  let wait = 0
  for (const { sender, lines, mismatched } of groups ?? []) {
    if (!sender) {
      await insist(parts, () => parts.holding.hold({ ...origin, receivedAt: arrived.receivedAt, lines }))
      continue
    }
    if (mismatched > 0)
      parts.incidents.note(sender, 'token-mismatch', { count: mismatched, detail: origin.peer })
    const { kept, wait: longer } = allowed(parts, origin, { sender, lines })
    wait = Math.max(wait, longer)
    await keep(parts, { sender, origin, receivedAt: arrived.receivedAt, lines: kept })
  }
  return { wait }
}

/**
 * Groups messages by sender, in order. The agreed address goes before a token; a token of somebody else at such an address
 * is counted and has no effect.
 */
async function recognise(directory: Directory, origin: Origin, frames: readonly Frame[]): Promise<Group[]> {
  const agreed = await directory.byAddress(origin.peer, origin.port)
  const groups = new Map<string, Group>()
  for (const frame of frames) {
    const { token, rest } = takeToken(frame.bytes)
    const shown = token === undefined ? undefined : await directory.byToken(token)
    const sender = agreed ?? shown
    const key = sender?.sensor ?? ''
    const group = groups.get(key) ?? { sender, lines: [], mismatched: 0 }
    groups.set(key, group)
    group.lines.push(toLine({ bytes: rest, truncated: frame.truncated }))
    if (agreed && token !== undefined && shown?.sensor !== agreed.sensor) group.mismatched += 1
  }
  return [...groups.values()]
}

/** TCP is slowed and loses nothing by the rate; UDP cannot be slowed, so what is over the rate is counted and let go. */
function allowed(
  { rates, limits, incidents }: IntakeParts,
  origin: Origin,
  { sender, lines }: { readonly sender: Sender; readonly lines: readonly Line[] },
): { kept: readonly Line[]; wait: number } {
  const rate = rateOf(limits, sender)
  if (origin.transport !== 'syslog-udp') {
    return { kept: lines, wait: rates.charge(sender.sensor, rate, lines.length) }
  }
  const granted = rates.grant(sender.sensor, rate, lines.length)
  const over = lines.length - granted
  if (over > 0) incidents.note(sender, 'rate', { count: over, detail: `over ${rate.perSecond} lines/s` })
  return { kept: lines.slice(0, granted), wait: 0 }
}

async function keep(
  parts: IntakeParts,
  batch: {
    readonly sender: Sender
    readonly origin: Origin
    readonly receivedAt: Instant
    readonly lines: readonly Line[]
  },
): Promise<void> {
  const { sender, origin, receivedAt, lines } = batch
  if (lines.length === 0) return
  const cut = lines.filter((line) => line.truncated).length
  if (cut > 0) parts.incidents.note(sender, 'truncated', { count: cut })
  const { company, sensor } = sender
  const { transport, peer } = origin
  const kept = await insist(parts, async () => {
    await parts.appender.whenRoom()
    return parts.appender.append({ company, sensor, transport, peer, receivedAt, lines })
  })
  if (!kept)
    parts.incidents.note(sender, 'refused', { count: lines.length, detail: 'not taken by the database' })
}

const firstPause = 100
const longestPause = 2_000

/** Tries until it works; gives undefined for what will never work, or when the program stops. */
async function insist<T>(parts: IntakeParts, work: () => Promise<T>): Promise<T | undefined> {
  for (let wait = firstPause; ; wait = Math.min(wait * 2, longestPause)) {
    try {
      return await work()
    } catch (thrown) {
      const never = isFault(thrown) && thrown.code === 'INTERNAL'
      if (never || parts.stopped()) {
        parts.log.error({ because: String(thrown) }, 'lines of syslog could not be kept')
        return undefined
      }
      await parts.pause(wait)
    }
  }
}
