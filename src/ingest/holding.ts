import { type Instant, jstDate } from '../base/time.ts'
import type { Line, Transport } from '../event/index.ts'
import { moment, newId, type Pool, within, withoutScope } from '../store/index.ts'
import type { Incidents } from './incident.ts'

/** Lines of senders that nobody knows. */
export type Unknown = {
  readonly transport: Transport
  readonly peer: string
  /** Our receiving port. */
  readonly port: number
  readonly receivedAt: Instant
  readonly lines: readonly Line[]
}

/** Keeps the first lines of unknown senders apart, for the provider to see and adopt; counts the rest. */
export type Holding = {
  /** Resolves when what is kept is durable; rejects when the database cannot take it. */
  readonly hold: (unknown: Unknown) => Promise<void>
}

export type HoldingLimits = {
  /** Lines of one peer and port a day. */
  readonly perPeer: number
  /** Lines of all a day: addresses of UDP can be forged without end. */
  readonly inAll: number
}

export const holdingLimits: HoldingLimits = { perPeer: 1_000, inAll: 100_000 }

const mostPeers = 20_000

type Options = { readonly pool: Pool; readonly incidents: Incidents; readonly limits?: HoldingLimits }

export function makeHolding({ pool, incidents, limits = holdingLimits }: Options): Holding {
  let today = ''
  let all = 0
  let perPeer = new Map<string, number>()
  let provider: string | undefined

  /** How many of `wanted` lines may be kept today; takes them. */
  function take(unknown: Unknown): number {
    const day = jstDate(unknown.receivedAt)
    if (day !== today) {
      today = day
      all = 0
      perPeer = new Map()
    }
    const key = `${unknown.peer} ${unknown.port} ${unknown.transport}`
    const known = perPeer.get(key)
    if (known === undefined && perPeer.size >= mostPeers) return 0
    const room = Math.min(limits.perPeer - (known ?? 0), limits.inAll - all)
    const taken = Math.max(0, Math.min(room, unknown.lines.length))
    perPeer.set(key, (known ?? 0) + taken)
    all += taken
    return taken
  }

  async function findProvider(): Promise<string | undefined> {
    provider ??= await withoutScope(pool, async (tx) => {
      const row = await tx.one<{ provider: string }>('select provider_id as provider from installation')
      return row?.provider
    })
    return provider
  }

  return {
    hold: async (unknown) => {
      const owner = await findProvider()
      // Before the first run there is nobody to show them to.
      const taken = owner === undefined ? 0 : take(unknown)
      const beyond = unknown.lines.length - taken
      const receiver = unknown.transport === 'syslog-udp' ? 'udp' : 'tcp'
      if (beyond > 0) incidents.noteReceiver(receiver, 'held-full', { count: beyond, detail: unknown.peer })
      if (owner !== undefined && taken > 0)
        await insertHeld(pool, owner, { ...unknown, lines: unknown.lines.slice(0, taken) })
    },
  }
}

async function insertHeld(pool: Pool, organisation: string, held: Unknown): Promise<void> {
  const { lines } = held
  await within(pool, { organisations: [organisation] }, (tx) =>
    tx.run(
      `insert into held_line (id, organisation_id, received_at, transport, peer, port, raw, raw_bytes)
       select id, $1, $2::timestamptz, $3, $4, $5, raw, bytes
       from unnest($6::uuid[], $7::text[], $8::bytea[]) as row (id, raw, bytes)`,
      [
        organisation,
        moment(held.receivedAt),
        held.transport,
        held.peer,
        held.port,
        lines.map(() => newId()),
        lines.map((line) => line.raw.replaceAll('\0', '\uFFFD')),
        lines.map((line) => (line.rawBytes ? Buffer.from(line.rawBytes) : null)),
      ],
    ),
  )
}
