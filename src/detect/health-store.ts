import type { Instant } from '../base/time.ts'
import { moment, type Tx } from '../store/index.ts'
import { type Health, healthAfter, hourOf, type Tally } from './health.ts'

type Row = Health & { readonly sensor: string }

/** How many of the newest unreadable lines are kept per sensor. */
const mostUnreadable = 50

/**
 * Counts batches of one company into the health of its sensors. In the company's scope; a batch counts once, however
 * often it is read.
 */
export async function saveHealth(
  tx: Tx,
  company: string,
  { tallies, now }: { readonly tallies: readonly Tally[]; readonly now: Instant },
): Promise<void> {
  if (tallies.length === 0) return
  const sensors = [...new Set(tallies.map((of) => of.sensor))]
  const rows = await tx.rows<Row>(
    `select sensor_id as sensor, upto_batch as upto, first_received_at as "firstAt", last_received_at as "lastAt",
       last_event_at as "lastEventAt", lines, partial, unreadable, late, skew_ms as "skewMs", skew_since as "skewSince",
       recent_gaps as gaps
     from sensor_health where sensor_id = any ($1::uuid[]) for update`,
    [sensors],
  )
  const fresh: Tally[] = []
  const after = new Map<string, Health>(rows.map((row) => [row.sensor, row]))
  for (const of of tallies.toSorted((a, b) => a.batchNo - b.batchNo)) {
    const before = after.get(of.sensor)
    if (before !== undefined && of.batchNo <= before.upto) continue
    after.set(of.sensor, healthAfter(before, of, now))
    fresh.push(of)
  }
  if (fresh.length === 0) return
  await upsertHealth(tx, company, [...after])
  await addHours(tx, company, fresh)
  await keepUnreadable(tx, company, fresh)
}

async function upsertHealth(
  tx: Tx,
  company: string,
  all: readonly (readonly [string, Health])[],
): Promise<void> {
  const stamp = (at: number | null): string | null => (at === null ? null : moment(at))
  // Row by row: an array of arrays cannot travel through unnest, and few sensors speak in one round.
  for (const [sensor, of] of all) {
    await tx.run(
      `insert into sensor_health (sensor_id, company_id, upto_batch, first_received_at, last_received_at, last_event_at,
         lines, partial, unreadable, late, skew_ms, skew_since, recent_gaps)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
       on conflict (sensor_id) do update set upto_batch = $3, first_received_at = $4, last_received_at = $5,
         last_event_at = $6, lines = $7, partial = $8, unreadable = $9, late = $10, skew_ms = $11, skew_since = $12,
         recent_gaps = $13`,
      [
        sensor,
        company,
        of.upto,
        moment(of.firstAt),
        moment(of.lastAt),
        stamp(of.lastEventAt),
        of.lines,
        of.partial,
        of.unreadable,
        of.late,
        of.skewMs,
        stamp(of.skewSince),
        of.gaps,
      ],
    )
  }
}

async function addHours(tx: Tx, company: string, fresh: readonly Tally[]): Promise<void> {
  const byHour = Map.groupBy(fresh, (of) => `${of.sensor} ${hourOf(of.receivedAt)}`)
  const rows = [...byHour.values()].flatMap((group) => {
    const [first] = group
    if (first === undefined) return []
    const lines = group.reduce((sum, of) => sum + of.lines, 0)
    return {
      sensor: first.sensor,
      hour: hourOf(first.receivedAt),
      lines,
      upto: Math.max(...group.map((of) => of.batchNo)),
    }
  })
  await tx.run(
    `insert into sensor_hour (company_id, sensor_id, hour, lines, upto_batch)
     select $1, sensor, hour, lines, upto
     from unnest($2::uuid[], $3::timestamptz[], $4::bigint[], $5::bigint[]) as row (sensor, hour, lines, upto)
     on conflict (company_id, sensor_id, hour) do update
     set lines = sensor_hour.lines + excluded.lines, upto_batch = excluded.upto_batch`,
    [
      company,
      rows.map((row) => row.sensor),
      rows.map((row) => moment(row.hour)),
      rows.map((row) => row.lines),
      rows.map((row) => row.upto),
    ],
  )
}

async function keepUnreadable(tx: Tx, company: string, fresh: readonly Tally[]): Promise<void> {
  const lines = fresh.flatMap((of) =>
    of.unreadable.slice(-mostUnreadable).map((line) => ({ ...line, sensor: of.sensor })),
  )
  if (lines.length === 0) return
  await tx.run(
    `insert into unreadable_line (company_id, sensor_id, day, batch_no, line, reason)
     select $1, sensor, day, batch, line, reason
     from unnest($2::uuid[], $3::date[], $4::bigint[], $5::integer[], $6::text[]) as row (sensor, day, batch, line, reason)
     on conflict do nothing`,
    [
      company,
      lines.map((line) => line.sensor),
      lines.map((line) => line.day),
      lines.map((line) => line.batchNo),
      lines.map((line) => line.line),
      lines.map((line) => line.reason),
    ],
  )
  await tx.run(
    `delete from unreadable_line u using (
       select sensor_id, batch_no, line, row_number() over (partition by sensor_id order by batch_no desc, line desc) as place
       from unreadable_line where company_id = $1 and sensor_id = any ($2::uuid[])) as old
     where u.company_id = $1 and u.sensor_id = old.sensor_id and u.batch_no = old.batch_no and u.line = old.line
       and old.place > $3`,
    [company, [...new Set(lines.map((line) => line.sensor))], mostUnreadable],
  )
}
