import type { Instant } from '../base/time.ts'
import type { Appender, Transport } from '../event/index.ts'
import { type Pool, type Tx, within } from '../store/index.ts'

/** A sender in the holding area, as the provider sees it. */
export type HeldSender = {
  readonly peer: string
  /** Our receiving port. */
  readonly port: number
  readonly transport: Transport
  readonly lines: number
  readonly firstAt: Instant
  readonly lastAt: Instant
  /** The newest of its lines. */
  readonly sample: string
}

/** Senders whose lines wait to be adopted, the newest first; in the provider's scope. */
export function heldSenders(tx: Tx): Promise<HeldSender[]> {
  return tx.rows<HeldSender>(
    `select peer, port, transport, count(*) as lines, min(received_at) as "firstAt", max(received_at) as "lastAt",
       (array_agg(raw order by received_at desc))[1] as sample
     from held_line where adopted_at is null
     group by peer, port, transport order by max(received_at) desc limit 200`,
  )
}

/** Whose held lines go to which sensor, and who says so. */
export type Adoption = {
  /** The provider and the company: the person's scope. */
  readonly scope: readonly string[]
  readonly peer: string
  readonly port: number
  readonly company: string
  readonly sensor: string
  readonly person: string
  readonly now: Instant
}

type HeldLine = {
  readonly id: string
  readonly receivedAt: Instant
  readonly transport: Transport
  readonly raw: string
  readonly rawBytes: Buffer | null
}

const atOnce = 500

/**
 * Moves the held lines of a peer into a sensor's events, each with the time at which it arrived. A line is appended under a
 * key of its own before it is marked, so that a break in the middle and a second try neither lose nor double it.
 */
export async function adoptHeld(
  { app, appender }: { readonly app: Pool; readonly appender: Appender },
  adoption: Adoption,
): Promise<{ adopted: number }> {
  const scope = { organisations: adoption.scope, person: adoption.person }
  let adopted = 0
  for (;;) {
    const lines = await within(app, scope, (tx) => waitingLines(tx, adoption))
    if (lines.length === 0) return { adopted }
    await Promise.all(lines.map((line) => appendHeld(appender, adoption, line)))
    adopted += await within(app, scope, (tx) => markAdopted(tx, adoption, lines))
  }
}

function waitingLines(tx: Tx, { peer, port }: Adoption): Promise<HeldLine[]> {
  return tx.rows<HeldLine>(
    `select id, received_at as "receivedAt", transport, raw, raw_bytes as "rawBytes"
     from held_line where adopted_at is null and peer = $1 and port = $2
     order by received_at, no limit $3`,
    [peer, port, atOnce],
  )
}

async function appendHeld(appender: Appender, adoption: Adoption, line: HeldLine): Promise<void> {
  const { id, receivedAt, transport, raw, rawBytes } = line
  await appender.append({
    company: adoption.company,
    sensor: adoption.sensor,
    transport,
    peer: adoption.peer,
    receivedAt,
    lines: [{ raw, truncated: false, ...(rawBytes ? { rawBytes } : {}) }],
    key: `held:${id}`,
  })
}

function markAdopted(tx: Tx, adoption: Adoption, lines: readonly HeldLine[]): Promise<number> {
  return tx.run(
    `update held_line set adopted_at = to_timestamp($1::float8 / 1000), adopted_by = $2, adopted_sensor_id = $3
     where id = any ($4::uuid[]) and adopted_at is null`,
    [adoption.now, adoption.person, adoption.sensor, lines.map((line) => line.id)],
  )
}
