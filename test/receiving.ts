import { randomUUID } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { expect, vi } from 'vitest'
import type { Limits } from '../src/config.ts'
import { type Appender, makeAppender } from '../src/event/index.ts'
import { type Planted, plant } from '../src/event/planted.ts'
import {
  type Ingest,
  makeIngest,
  type ReceiverOptions,
  type Receivers,
  startReceivers,
  tokenHash,
  tokenHint,
} from '../src/ingest/index.ts'
import { quiet } from '../src/store/index.ts'
import { type TestDatabase, testDatabase } from '../src/store/test-database.ts'

const limits: Limits = {
  lineBytes: 1_000,
  bodyBytes: 1_000_000,
  wireBytes: 1_000_000,
  jsonDepth: 32,
  jsonKeys: 2_000,
  linesPerSecond: 100_000,
  lineBurst: 100_000,
}

export type Owner = { readonly company: string; readonly sensor: string }

export type Kept = {
  readonly sensor: string
  readonly transport: string
  readonly peer: string
  readonly raw: string
  readonly truncated: boolean
}

type Counted = { readonly kind: string; readonly count: number }

/** Receivers that are open, over an empty database with two companies. */
export type Opened = {
  readonly appender: Appender
  readonly ingest: Ingest
  readonly receivers: Receivers
  close(): Promise<void>
}

/** Everything that a test of receiving needs: a database, senders, and what was kept. */
export type Receiving = {
  readonly database: TestDatabase
  readonly planted: Planted
  /** Forgets all lines and credentials, and opens receivers on ports of the kernel's choice. */
  open(options?: Partial<ReceiverOptions>, more?: Partial<Limits>): Promise<Opened>
  /** Opens receivers again and forgets nothing. */
  reopen(options?: Partial<ReceiverOptions>): Promise<Opened>
  agreeAddress(owner: Owner, port: number): Promise<void>
  giveToken(owner: Owner, token: string): Promise<void>
  kept(): Promise<Kept[]>
  untilKept(count: number, patience?: number): Promise<Kept[]>
  /** What went wrong by sensor, and at a receiver; `opened` writes down first what it has counted. */
  incidents(opened: Opened): Promise<(Counted & { readonly sensor: string })[]>
  receiverIncidents(opened: Opened): Promise<(Counted & { readonly receiver: string })[]>
}

export async function makeReceiving(): Promise<Receiving> {
  const database = await testDatabase()
  const planted = await plant(database.superuser)
  const rows = async <R>(text: string): Promise<R[]> => {
    const found = await database.superuser.query(text)
    return found.rows as R[]
  }
  const kept = (): Promise<Kept[]> =>
    rows<Kept>(
      `select e.sensor_id as sensor, b.transport, b.peer, e.raw, e.truncated
       from event e join event_batch b on b.no = e.batch_no order by e.batch_no, e.line`,
    )
  return {
    database,
    planted,
    open: async (options = {}, more = {}) => {
      await rows(
        `truncate event, event_batch, batch_key, held_line, ingest_incident, receiver_incident, sensor_token,
           sensor_address`,
      )
      return openOver(database, options, { ...limits, ...more })
    },
    reopen: (options = {}) => openOver(database, options, limits),
    ...credentials(database),
    kept,
    untilKept: (count, patience = 10_000) =>
      vi.waitFor(
        async () => {
          const lines = await kept()
          expect(lines).toHaveLength(count)
          return lines
        },
        { timeout: patience, interval: 10 },
      ),
    incidents: async ({ ingest }) => {
      await ingest.incidents.flush()
      return rows(
        `select sensor_id as sensor, kind, sum(count)::integer as count from ingest_incident
         group by 1, 2 order by 1, 2`,
      )
    },
    receiverIncidents: async ({ ingest }) => {
      await ingest.incidents.flush()
      return rows(
        'select receiver, kind, sum(count)::integer as count from receiver_incident group by 1, 2 order by 1, 2',
      )
    },
  }
}

async function openOver(
  database: TestDatabase,
  options: Partial<ReceiverOptions>,
  ours: Limits,
): Promise<Opened> {
  const pool = database.store.ingest
  const appender = makeAppender(pool, { log: quiet })
  const ingest = makeIngest({ pool, appender, limits: ours, log: quiet, now: Date.now })
  const syslog = { host: '127.0.0.1', udpPort: 0, tcpPort: 0 }
  const receivers = await startReceivers(ingest, { syslog, ...options })
  const close = async (): Promise<void> => {
    await receivers.close()
    await ingest.close()
    await appender.close()
  }
  return { appender, ingest, receivers, close }
}

function credentials({ superuser }: TestDatabase): Pick<Receiving, 'agreeAddress' | 'giveToken'> {
  return {
    agreeAddress: async ({ company, sensor }, port) => {
      await superuser.query(
        `insert into sensor_address (id, company_id, sensor_id, address, port) values ($1, $2, $3, '127.0.0.1', $4)`,
        [randomUUID(), company, sensor, port],
      )
    },
    giveToken: async ({ company, sensor }, token) => {
      await superuser.query(
        'insert into sensor_token (id, company_id, sensor_id, hash, hint) values ($1, $2, $3, $4, $5)',
        [randomUUID(), company, sensor, tokenHash(token), tokenHint(token)],
      )
    },
  }
}

/** A connection to a port of this machine; its errors are nobody's. */
export async function dial(port: number): Promise<Socket> {
  const socket = connect({ host: '127.0.0.1', port })
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  return socket
}

/** Sends by TCP, ends, and resolves when the other side has closed. */
export async function sendTcp(port: number, bytes: string | Buffer): Promise<void> {
  const socket = await dial(port)
  const closed = once(socket, 'close')
  socket.resume()
  socket.end(bytes)
  await closed
}

/** Sends datagrams one after another. */
export async function sendUdp(port: number, messages: readonly (string | Buffer)[]): Promise<void> {
  const socket = createSocket('udp4')
  for (const message of messages) {
    await new Promise((sent) => {
      socket.send(message, port, '127.0.0.1', sent)
    })
  }
  socket.close()
}
