import { jstDate } from '../base/time.ts'
import { moment, type Pool, type Tx, within, withoutScope } from '../store/index.ts'
import type { Batch, Line } from './batch.ts'

/** What became of each batch of a group, in order. */
export type Fate = 'fresh' | 'duplicate'

/** The first kept batch of a group with its number: where it is, the whole group is. */
export type Proof = { readonly no: number; readonly batch: Batch }

export type Written = { readonly fates: readonly Fate[]; readonly proof: Proof | undefined }

/** Most rows and characters in one statement: larger ones cost memory on both sides and gain no speed. */
const rowsAtOnce = 2_000
const charactersAtOnce = 4 * 1024 * 1024

/**
 * Writes a group of batches in one transaction, numbered in their order. `seen` is told the numbers before the commit, so
 * that the caller can ask `isStored` when the connection breaks and the commit's answer is lost.
 */
export async function writeGroup(
  pool: Pool,
  group: readonly Batch[],
  seen: (written: Written) => void,
): Promise<void> {
  const organisations = [...new Set(group.map((batch) => batch.company))]
  await within(pool, { organisations }, async (tx) => {
    const fates = await claimKeys(tx, group)
    const fresh = group.filter((_, place) => fates[place] === 'fresh')
    const first = fresh[0]
    if (!first) return seen({ fates, proof: undefined })
    const no = await numberBatches(tx, fresh)
    seen({ fates, proof: { no, batch: first } })
    for (const part of parts(fresh)) await insertLines(tx, { fresh, no, part })
  })
}

/** Whether the batch of `proof` is kept; waits for a transaction that may still be writing it. */
export function isStored(pool: Pool, proof: Proof): Promise<boolean> {
  const { no, batch } = proof
  return withoutScope(pool, async (tx) => {
    const row = await tx.one<{ kept: boolean }>(
      'select batch_stored($1, $2, $3, $4::timestamptz, $5) as kept',
      [no, batch.company, batch.sensor, moment(batch.receivedAt), batch.lines.length],
    )
    return row?.kept === true
  })
}

/** Makes the partition of a day (`YYYY-MM-DD` in Japan) where it is not there. */
export function makeDay(pool: Pool, day: string): Promise<void> {
  return withoutScope(pool, async (tx) => {
    await tx.run('select make_event_day($1::date)', [day])
  })
}

const identity = (batch: Batch): string => `${batch.company} ${batch.sensor} ${batch.key ?? ''}`

async function claimKeys(tx: Tx, group: readonly Batch[]): Promise<Fate[]> {
  // In one order everywhere, so that two processes with the same keys wait for each other and do not deadlock.
  const keyed = group
    .filter((batch) => batch.key !== undefined)
    .sort((a, b) => (identity(a) < identity(b) ? -1 : 1))
  if (keyed.length === 0) return group.map(() => 'fresh')
  const rows = await tx.rows<{ company: string; sensor: string; key: string }>(
    `insert into batch_key (company_id, sensor_id, key, at, lines)
     select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::timestamptz[], $5::integer[])
     on conflict do nothing
     returning company_id as company, sensor_id as sensor, key`,
    [
      keyed.map((batch) => batch.company),
      keyed.map((batch) => batch.sensor),
      keyed.map((batch) => batch.key),
      keyed.map((batch) => moment(batch.receivedAt)),
      keyed.map((batch) => batch.lines.length),
    ],
  )
  const claimed = new Set(rows.map((row) => `${row.company} ${row.sensor} ${row.key}`))
  // A key given twice within the group is claimed by its first batch.
  return group.map((batch) =>
    batch.key === undefined || claimed.delete(identity(batch)) ? 'fresh' : 'duplicate',
  )
}

/** Gives the number of the first; the others follow without a hole, since the trigger's lock is held to the commit. */
async function numberBatches(tx: Tx, fresh: readonly Batch[]): Promise<number> {
  await tx.run(
    `insert into event_batch (no, company_id, sensor_id, day, transport, peer, received_at, lines)
     select 0, company, sensor, day, transport, peer, at, lines
     from unnest($1::uuid[], $2::uuid[], $3::date[], $4::text[], $5::text[], $6::timestamptz[], $7::integer[])
       with ordinality as b (company, sensor, day, transport, peer, at, lines, place)
     order by place`,
    [
      fresh.map((batch) => batch.company),
      fresh.map((batch) => batch.sensor),
      fresh.map((batch) => jstDate(batch.receivedAt)),
      fresh.map((batch) => batch.transport),
      fresh.map((batch) => batch.peer),
      fresh.map((batch) => moment(batch.receivedAt)),
      fresh.map((batch) => batch.lines.length),
    ],
  )
  const row = await tx.one<{ last: number }>(`select currval('event_batch_no') as last`)
  if (!row) throw new Error('BUG: event_batch_no gave no number')
  return row.last - fresh.length + 1
}

type Part = { readonly place: number; readonly line: number; readonly content: Line }[]

function* parts(fresh: readonly Batch[]): Generator<Part> {
  let part: Part = []
  let characters = 0
  for (const [place, batch] of fresh.entries()) {
    for (const [index, content] of batch.lines.entries()) {
      part.push({ place, line: index + 1, content })
      characters += content.raw.length + 2 * (content.rawBytes?.length ?? 0)
      if (part.length < rowsAtOnce && characters < charactersAtOnce) continue
      yield part
      part = []
      characters = 0
    }
  }
  if (part.length > 0) yield part
}

/** PostgreSQL's text cannot hold NUL: shown as the replacement character, with the bytes beside it. */
function storable(line: Line): { text: string; bytes: Buffer | null } {
  const bytes = line.rawBytes ? Buffer.from(line.rawBytes) : null
  if (!line.raw.includes('\0')) return { text: line.raw, bytes }
  return { text: line.raw.replaceAll('\0', '\uFFFD'), bytes: bytes ?? Buffer.from(line.raw, 'utf8') }
}

async function insertLines(
  tx: Tx,
  work: { readonly fresh: readonly Batch[]; readonly no: number; readonly part: Part },
): Promise<void> {
  const { fresh, no, part } = work
  const rows = part.map((row) => storable(row.content))
  await tx.run(
    `insert into event (day, batch_no, line, company_id, sensor_id, received_at, raw, raw_bytes, truncated)
     select b.day, $6::bigint + l.place, l.line, b.company, b.sensor, b.at, l.raw, l.bytes, l.truncated
     from unnest($1::integer[], $2::integer[], $3::text[], $4::bytea[], $5::boolean[])
       as l (place, line, raw, bytes, truncated)
     join unnest($7::uuid[], $8::uuid[], $9::date[], $10::timestamptz[])
       with ordinality as b (company, sensor, day, at, place) on b.place = l.place + 1`,
    [
      part.map((row) => row.place),
      part.map((row) => row.line),
      rows.map((row) => row.text),
      rows.map((row) => row.bytes),
      part.map((row) => row.content.truncated),
      no,
      fresh.map((batch) => batch.company),
      fresh.map((batch) => batch.sensor),
      fresh.map((batch) => jstDate(batch.receivedAt)),
      fresh.map((batch) => moment(batch.receivedAt)),
    ],
  )
}
