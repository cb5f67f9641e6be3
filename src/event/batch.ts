import type { Instant } from '../base/time.ts'

/** How lines came in. The two syslog ways can lose, and the portal says so. */
export type Transport = 'http' | 'syslog-udp' | 'syslog-tcp'

/** One line as it arrived, without its frame. */
export type Line = {
  readonly raw: string
  /** The original bytes, where they are not the UTF-8 of `raw`. */
  readonly rawBytes?: Uint8Array
  /** Cut at the limit, or torn by the end of a connection. */
  readonly truncated: boolean
}

/** Lines of one sensor that arrived together; kept whole or not at all. */
export type Batch = {
  readonly company: string
  readonly sensor: string
  readonly transport: Transport
  /** The sender's address. */
  readonly peer: string
  /** Our clock; it decides the day (in Japan) under which the lines are kept. */
  readonly receivedAt: Instant
  readonly lines: readonly Line[]
  /** The sender's key of the batch, or a digest of it. A second batch of the same sensor and key is not kept. */
  readonly key?: string
}

/** What waits in memory for a line: its text and bytes, and what the objects around it weigh. */
const overhead = 100

/** Bytes that a batch holds in memory, roughly; for limits, not for accounts. */
export function weight(batch: Batch): number {
  let bytes = 0
  for (const line of batch.lines) bytes += line.raw.length + (line.rawBytes?.length ?? 0) + overhead
  return bytes
}
