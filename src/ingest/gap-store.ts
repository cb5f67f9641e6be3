import type { Instant } from '../base/time.ts'
import { moment, newId, type Tx } from '../store/index.ts'
import { findGaps, type Gap, type Sequence, type Sequences, sequenceOf } from './gap.ts'

/** A kept line as the detector has just read it. */
export type KeptLine = {
  readonly sensor: string
  readonly batchNo: number
  readonly receivedAt: Instant
  readonly raw: string
}

export type SensorGap = Gap & { readonly sensor: string }

type Row = {
  readonly sensor: string
  readonly stream: string
  readonly last: number
  readonly missing: number
  readonly runs: number
  readonly upto: number
}

/**
 * Follows the senders' own numbers through lines of one company, given in the order in which they were kept, and writes a
 * gap as an incident of its sensor. What was lost by a kill of the receiver is found, too, since it works on kept lines
 * alone. Lines of batches that were noted before have no effect. In the detector's transaction, in the company's scope.
 */
export async function noteSequences(
  tx: Tx,
  {
    company,
    lines,
    now,
  }: { readonly company: string; readonly lines: readonly KeptLine[]; readonly now: Instant },
): Promise<SensorGap[]> {
  // Fast path: most lines have no number.
  const numbered = lines.filter((line) => sequenceOf(line.raw) !== undefined)
  if (numbered.length === 0) return []
  const bySensor = Map.groupBy(numbered, (line) => line.sensor)
  const rows = await tx.rows<Row>(
    `select sensor_id as sensor, stream, last, missing, runs, upto_batch as upto
     from sensor_sequence where sensor_id = any ($1::uuid[]) for update`,
    [[...bySensor.keys()]],
  )
  const found: SensorGap[] = []
  for (const [sensor, all] of bySensor) {
    const known = rows.filter((row) => row.sensor === sensor)
    const upto = Math.max(0, ...known.map((row) => row.upto))
    const fresh = all.filter((line) => line.batchNo > upto)
    if (fresh.length === 0) continue
    const before: Sequences = new Map(known.map((row) => [row.stream, row]))
    const { state, gaps } = findGaps(before, fresh)
    const newest = Math.max(...fresh.map((line) => line.batchNo))
    await saveSequences(tx, { company, sensor, state, newest, now })
    found.push(...gaps.map((gap) => ({ ...gap, sensor })))
  }
  await saveGaps(tx, company, found)
  return found
}

async function saveSequences(
  tx: Tx,
  it: {
    readonly company: string
    readonly sensor: string
    readonly state: Sequences
    readonly newest: number
    readonly now: Instant
  },
): Promise<void> {
  const rows: [string, Sequence][] = [...it.state]
  await tx.run(
    `insert into sensor_sequence (company_id, sensor_id, stream, last, missing, runs, upto_batch, seen_at)
     select $1, $2, stream, last, missing, runs, $3, $4::timestamptz
     from unnest($5::text[], $6::bigint[], $7::bigint[], $8::integer[]) as row (stream, last, missing, runs)
     on conflict (company_id, sensor_id, stream) do update
     set last = excluded.last, missing = excluded.missing, runs = excluded.runs,
         upto_batch = excluded.upto_batch, seen_at = excluded.seen_at`,
    [
      it.company,
      it.sensor,
      it.newest,
      moment(it.now),
      rows.map(([stream]) => stream),
      rows.map(([, sequence]) => sequence.last),
      rows.map(([, sequence]) => sequence.missing),
      rows.map(([, sequence]) => sequence.runs),
    ],
  )
}

const largest = 2_000_000_000

async function saveGaps(tx: Tx, company: string, gaps: readonly SensorGap[]): Promise<void> {
  if (gaps.length === 0) return
  await tx.run(
    `insert into ingest_incident (id, company_id, sensor_id, at, kind, count, detail)
     select id, $1, sensor, at, 'gap', count, detail
     from unnest($2::uuid[], $3::uuid[], $4::timestamptz[], $5::integer[], $6::text[])
       as row (id, sensor, at, count, detail)`,
    [
      company,
      gaps.map(() => newId()),
      gaps.map((gap) => gap.sensor),
      gaps.map((gap) => moment(gap.at)),
      gaps.map((gap) => Math.min(largest, gap.missing)),
      gaps.map((gap) => `${gap.stream} ${gap.from}-${gap.to}`),
    ],
  )
}

/** What is known of the numbers of one sender. A sensor without any cannot show gaps. */
export type SensorSequence = {
  readonly sensor: string
  /** The sender's host name. */
  readonly stream: string
  readonly last: number
  /** Messages that never arrived, in all; how often its numbers began anew. */
  readonly missing: number
  readonly runs: number
  readonly seenAt: Instant
}

/** The numbered senders of a company. */
export function listSequences(tx: Tx, company: string): Promise<SensorSequence[]> {
  return tx.rows<SensorSequence>(
    `select sensor_id as sensor, stream, last, missing, runs, seen_at as "seenAt"
     from sensor_sequence where company_id = $1 order by sensor_id, stream`,
    [company],
  )
}
