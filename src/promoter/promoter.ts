import { type Actor, mayWork, must, mustRun, record } from '../access/index.ts'
import { fault } from '../base/fault.ts'
import type { Instant } from '../base/time.ts'
import { moment, newId, type Pool, type Tx, within } from '../store/index.ts'

export const promoterKinds = ['insurer', 'chamber', 'bank', 'it-vendor', 'adviser', 'other'] as const
type PromoterKind = (typeof promoterKinds)[number]

/** What a promoter offers to firms that declared at least `level`. Dates in Japan, YYYY-MM-DD. */
export type Offer = {
  readonly id: string
  readonly promoter: string
  readonly promoterName: string
  readonly title: string
  readonly text: string
  readonly level: 'SA1' | 'SA2'
  /** Codes; empty = everywhere. */
  readonly prefectures: readonly string[]
  /** Major classes A to T; empty = all. */
  readonly industries: readonly string[]
  readonly startsOn: string
  /** The last day; null = until further notice. */
  readonly endsOn: string | null
  /** How to take it up. */
  readonly contact: string
}

/** A firm that spreads SECURITY ACTION. It has declared itself; nobody certified it. */
export type Promoter = {
  readonly id: string
  readonly name: string
  readonly kind: PromoterKind
  readonly ownDeclaration: string
  readonly since: string
  readonly url: string | null
  readonly offers: readonly Offer[]
}

export type NewPromoter = Omit<Promoter, 'id' | 'offers'>
export type NewOffer = Omit<Offer, 'id' | 'promoterName'>

const offerColumns = `o.id, o.promoter_id as promoter, p.name as "promoterName", o.title, o.body as text, o.level,
  o.prefectures, o.industries, o.starts_on as "startsOn", o.ends_on as "endsOn", o.contact`

/** All offers that nobody ended, of promoters that are still listed. */
export async function standingOffers(tx: Tx): Promise<Offer[]> {
  return tx.rows(
    `select ${offerColumns} from offer o join promoter p on p.id = o.promoter_id
     where o.ended_at is null and p.ended_at is null order by o.ends_on nulls last, o.created_at`,
  )
}

/** The promoters that are listed here, by name, with their offers. */
export async function listPromoters(tx: Tx): Promise<Promoter[]> {
  const promoters = await tx.rows<Omit<Promoter, 'offers'>>(
    `select id, name, kind, own_declaration as "ownDeclaration", since, url from promoter where ended_at is null order by name`,
  )
  const offers = await standingOffers(tx)
  return promoters.map((each) => ({ ...each, offers: offers.filter((one) => one.promoter === each.id) }))
}

/** Lists a promoter. Faults: NOT_FOUND for anybody but the provider. @returns its id */
export async function addPromoter(
  pool: Pool,
  actor: Actor,
  { now, ...it }: NewPromoter & { readonly now: Instant },
): Promise<string> {
  must(mayWork(actor))
  const id = newId()
  await within(pool, { organisations: [actor.organisation], person: actor.person }, async (tx) => {
    await mustRun(tx, actor)
    await tx.run(
      `insert into promoter (id, name, kind, own_declaration, since, url, created_at)
       values ($1, $2, $3, $4, $5, $6, $7::timestamptz)`,
      [id, it.name, it.kind, it.ownDeclaration, it.since, it.url, moment(now)],
    )
    await record(tx, actor, { organisation: actor.organisation, act: 'promoter.added', subject: id })
  })
  return id
}

/** Adds an offer of a promoter that is listed. Faults: NOT_FOUND, BAD_INPUT when it ends before it starts. */
export async function addOffer(
  pool: Pool,
  actor: Actor,
  { now, ...it }: NewOffer & { readonly now: Instant },
): Promise<string> {
  must(mayWork(actor))
  if (it.endsOn !== null && it.endsOn < it.startsOn) throw fault('BAD_INPUT', { field: 'endsOn' })
  const id = newId()
  await within(pool, { organisations: [actor.organisation], person: actor.person }, async (tx) => {
    await mustRun(tx, actor)
    const promoter = await tx.one('select 1 from promoter where id = $1 and ended_at is null', [it.promoter])
    if (!promoter) throw fault('NOT_FOUND')
    await tx.run(
      `insert into offer (id, promoter_id, title, body, level, prefectures, industries, starts_on, ends_on, contact, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::timestamptz)`,
      [
        id,
        it.promoter,
        it.title,
        it.text,
        it.level,
        it.prefectures,
        it.industries,
        it.startsOn,
        it.endsOn,
        it.contact,
        moment(now),
      ],
    )
    await record(tx, actor, { organisation: actor.organisation, act: 'offer.added', subject: id })
  })
  return id
}

/** Takes an offer off the list. Fault: NOT_FOUND. */
export async function endOffer(
  pool: Pool,
  actor: Actor,
  of: { readonly id: string; readonly now: Instant },
): Promise<void> {
  await end(pool, actor, { ...of, table: 'offer' })
}

/** Takes a promoter off the list, and its offers with it. Fault: NOT_FOUND. */
export async function endPromoter(
  pool: Pool,
  actor: Actor,
  of: { readonly id: string; readonly now: Instant },
): Promise<void> {
  await end(pool, actor, { ...of, table: 'promoter' })
}

async function end(
  pool: Pool,
  actor: Actor,
  of: { readonly id: string; readonly now: Instant; readonly table: 'offer' | 'promoter' },
): Promise<void> {
  must(mayWork(actor))
  await within(pool, { organisations: [actor.organisation], person: actor.person }, async (tx) => {
    await mustRun(tx, actor)
    const changed = await tx.run(
      `update ${of.table} set ended_at = $2::timestamptz where id = $1 and ended_at is null`,
      [of.id, moment(of.now)],
    )
    if (changed === 0) throw fault('NOT_FOUND')
    await record(tx, actor, { organisation: actor.organisation, act: `${of.table}.ended`, subject: of.id })
  })
}
