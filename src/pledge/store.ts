import type { Instant } from '../base/time.ts'
import { moment, newId, type Tx } from '../store/index.ts'
import { editionOf, type Pledge, type PledgeEditionId } from './pledge.ts'

/** One ticked item of a pledge. */
export type Tick = { readonly item: string; readonly at: Instant; readonly by: string }

type Row = {
  id: string
  edition: PledgeEditionId
  name: string | null
  title: string | null
  at: Instant | null
  hash: string | null
  ticked: string[]
}

const select = `select p.id, p.edition, p.by_name as name, p.by_title as title, p.confirmed_at as at, p.text_hash as hash,
  coalesce((select array_agg(t.item) from pledge_tick t where t.company_id = p.company_id and t.pledge_id = p.id), '{}') as ticked
  from pledge p where p.company_id = $1`

function pledgeFrom(row: Row): Pledge {
  const { order } = editionOf(row.edition)
  const confirmed = row.at !== null && row.name !== null && row.title !== null && row.hash !== null
  return {
    id: row.id,
    edition: row.edition,
    complete: confirmed,
    ...(confirmed && {
      by: { name: row.name ?? '', title: row.title ?? '', at: row.at ?? 0 },
      textHash: row.hash ?? '',
    }),
    ticked: order.filter((key) => row.ticked.includes(key)),
  }
}

/** The newest confirmed pledge of a company; before there is one, the one it is working on. */
export async function pledgeOf(tx: Tx, company: string): Promise<Pledge | undefined> {
  const [row] = await tx.rows<Row>(
    `${select} order by p.confirmed_at desc nulls last, p.edition desc limit 1`,
    [company],
  )
  return row && pledgeFrom(row)
}

/** The pledge a company is working on. */
export async function draftOf(tx: Tx, company: string): Promise<Pledge | undefined> {
  const row = await tx.one<Row>(`${select} and p.confirmed_at is null`, [company])
  return row && pledgeFrom(row)
}

/** All confirmed pledges, the newest first. */
export async function listPledges(tx: Tx, company: string): Promise<Pledge[]> {
  const rows = await tx.rows<Row>(
    `${select} and p.confirmed_at is not null order by p.confirmed_at desc, p.edition desc`,
    [company],
  )
  return rows.map(pledgeFrom)
}

/** The text as it stood on the page when it was confirmed. */
export async function pledgeText(tx: Tx, pledge: string): Promise<string | undefined> {
  const row = await tx.one<{ text: string | null }>('select text_shown as text from pledge where id = $1', [
    pledge,
  ])
  return row?.text ?? undefined
}

/** Who ticked what of a pledge. */
export async function ticksOf(tx: Tx, pledge: Pick<Pledge, 'id'>): Promise<Tick[]> {
  return tx.rows<Tick>('select item, at, by_name as by from pledge_tick where pledge_id = $1', [pledge.id])
}

type By = { readonly person: string; readonly name: string; readonly now: Instant }

/** The draft of a company, begun where there is none; locked until the end of the transaction. */
export async function openDraft(
  tx: Tx,
  company: string,
  of: { readonly edition: PledgeEditionId; readonly by: By },
): Promise<Pledge> {
  await tx.run(
    `insert into pledge (id, company_id, edition, begun_at, begun_by) values ($1, $2, $3, $4::timestamptz, $5)
     on conflict (company_id) where confirmed_at is null do nothing`,
    [newId(), company, of.edition, moment(of.by.now), of.by.person],
  )
  const row = await tx.one<Row>(`${select} and p.confirmed_at is null for update of p`, [company])
  if (row === undefined) throw new Error('BUG: the draft of a pledge is not there')
  return pledgeFrom(row)
}

/** Ticks items; what is ticked already keeps its first name and date. */
export async function saveTicks(
  tx: Tx,
  of: {
    readonly company: string
    readonly pledge: string
    readonly items: readonly string[]
    readonly by: By
  },
): Promise<void> {
  await tx.run(
    `insert into pledge_tick (company_id, pledge_id, item, at, by_person, by_name)
     select $1, $2, item, $4::timestamptz, $5, $6 from unnest($3::text[]) item on conflict do nothing`,
    [of.company, of.pledge, of.items, moment(of.by.now), of.by.person, of.by.name],
  )
}

/** Takes a tick of a draft back. */
export async function dropTick(tx: Tx, company: string, of: { pledge: string; item: string }): Promise<void> {
  await tx.run('delete from pledge_tick where company_id = $1 and pledge_id = $2 and item = $3', [
    company,
    of.pledge,
    of.item,
  ])
}

/** Confirms a draft. From then on the row cannot be changed. */
export async function saveConfirmation(
  tx: Tx,
  pledge: string,
  of: {
    readonly edition: PledgeEditionId
    readonly name: string
    readonly title: string
    readonly text: string
    readonly hash: string
    readonly by: By
  },
): Promise<void> {
  await tx.run(
    `update pledge set edition = $2, confirmed_at = $3::timestamptz, confirmed_by = $4, by_name = $5, by_title = $6,
       text_shown = $7, text_hash = $8 where id = $1 and confirmed_at is null`,
    [pledge, of.edition, moment(of.by.now), of.by.person, of.name, of.title, of.text, of.hash],
  )
}
