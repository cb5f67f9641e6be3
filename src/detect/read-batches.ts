import type { Instant } from '../base/time.ts'
import { type BatchHeader, readLines } from '../event/index.ts'
import { read, type SourceName } from '../source/index.ts'
import type { Pool, Tx } from '../store/index.ts'
import { within } from '../store/index.ts'
import type { ReadLine } from './watch-batch.ts'

/** A kept line as ingest's gap finder wants it. */
export type RawLine = {
  readonly sensor: string
  readonly batchNo: number
  readonly receivedAt: Instant
  readonly raw: string
}

/** One batch with its lines read by their source. */
export type ReadBatch = {
  readonly header: BatchHeader
  readonly lines: readonly ReadLine[]
  readonly raw: readonly RawLine[]
  /** The receiver whose canary this sensor carries. */
  readonly canary: string | null
}

type SensorRow = {
  readonly id: string
  readonly source: SourceName | 'auto'
  readonly zoneMinutes: number
  readonly canary: string | null
}

function sensorsOf(tx: Tx, ids: readonly string[]): Promise<SensorRow[]> {
  return tx.rows<SensorRow>(
    'select id, source, zone_minutes as "zoneMinutes", canary from sensor where id = any ($1::uuid[])',
    [ids],
  )
}

/** Lets sockets and timers run between stretches of parsing. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve)
  })
}

/** So many lines are parsed before the event loop gets its turn. */
const stretch = 250

/** Reads batches of one company in its scope, and every line by the source of its sensor. */
export async function readCompanyBatches(
  pool: Pool,
  company: string,
  headers: readonly BatchHeader[],
): Promise<ReadBatch[]> {
  const ids = [...new Set(headers.map((header) => header.sensor))]
  const [sensors, kept] = await within(pool, { organisations: [company] }, async (tx) => [
    new Map((await sensorsOf(tx, ids)).map((sensor) => [sensor.id, sensor])),
    Map.groupBy(await readLines(tx, headers), (line) => line.batchNo),
  ])
  const batches: ReadBatch[] = []
  let parsed = 0
  for (const header of headers) {
    const sensor = sensors.get(header.sensor)
    const lines: ReadLine[] = []
    const all = kept.get(header.no) ?? []
    for (const { raw, truncated: _cut, ...place } of all) {
      if (++parsed % stretch === 0) await breathe()
      const hints = { receivedAt: place.receivedAt, zoneMinutes: sensor?.zoneMinutes ?? 540 }
      lines.push({ ...place, parsed: read(raw, sensor?.source ?? 'auto', hints) })
    }
    const raw = all.map(({ sensor: id, batchNo, receivedAt, raw: text }) => ({
      sensor: id,
      batchNo,
      receivedAt,
      raw: text,
    }))
    batches.push({ header, lines, raw, canary: sensor?.canary ?? null })
  }
  return batches
}
