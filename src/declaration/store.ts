import type { Instant } from '../base/time.ts'
import { moment, newId, type Tx } from '../store/index.ts'
import {
  type Begun,
  type Declaration,
  type DeclarationEvent,
  eventData,
  foldDeclaration,
  follow,
} from './declaration.ts'

type Row = Omit<DeclarationEvent, 'data'> & { readonly declaration: string; readonly data: unknown }

/** Every declaration of the given companies, told from their events, oldest first. */
export async function readDeclarations(tx: Tx, companies: readonly string[]): Promise<Declaration[]> {
  const begun = await tx.rows<Begun>(
    `select id, company_id as company, registry, level, began_at as began from declaration
     where company_id = any ($1::uuid[]) order by began_at, id`,
    [companies],
  )
  if (begun.length === 0) return []
  const events = await tx.rows<Row>(
    `select id, declaration_id as declaration, kind, at, by_person as by, data from declaration_event
     where company_id = any ($1::uuid[]) order by no`,
    [companies],
  )
  const of = Map.groupBy(events, (event) => event.declaration)
  return begun.map((one) => foldDeclaration(one, (of.get(one.id) ?? []).map(readEvent)))
}

function readEvent({ declaration: _, ...row }: Row): DeclarationEvent {
  return { ...row, data: eventData.parse(row.data) }
}

/** Makes others who write about this company's declarations wait, so that no two are declared at once. */
export async function lockCompany(tx: Tx, company: string): Promise<void> {
  await tx.rows('select id from company where id = $1 for update', [company])
}

/** Begins a declaration. */
export async function saveDeclaration(
  tx: Tx,
  begun: Omit<Begun, 'id'> & { readonly by: string | null },
): Promise<Declaration> {
  const id = newId()
  await tx.run(
    `insert into declaration (id, company_id, registry, level, began_at, began_by)
     values ($1, $2, $3, $4, $5::timestamptz, $6)`,
    [id, begun.company, begun.registry, begun.level, moment(begun.began), begun.by],
  )
  return foldDeclaration({ id, ...begun }, [])
}

/** Writes one more event and gives the declaration after it. Fault: DECLARATION_STATE, and nothing is written. */
export async function saveEvent(
  tx: Tx,
  it: Declaration,
  happened: Omit<DeclarationEvent, 'id'>,
): Promise<Declaration> {
  const event = { id: newId(), ...happened }
  const next = follow(it, event)
  await tx.run(
    `insert into declaration_event (id, company_id, declaration_id, kind, at, by_person, data)
     values ($1, $2, $3, $4, $5::timestamptz, $6, $7)`,
    [event.id, it.company, it.id, event.kind, moment(event.at), event.by, JSON.stringify(event.data)],
  )
  return next
}

export type AckKind = 'wording' | 'evidence'
export type Ack = { readonly kind: AckKind; readonly subject: string | null; readonly at: Instant }

/** What was shown to the company and confirmed, the newest of each kind and subject. */
export async function readAcks(tx: Tx, company: string): Promise<Ack[]> {
  return tx.rows<Ack>(
    `select distinct on (kind, subject) kind, subject, at from declaration_ack
     where company_id = $1 order by kind, subject, at desc`,
    [company],
  )
}

/** Keeps that something was shown and confirmed. */
export async function saveAck(
  tx: Tx,
  ack: Ack & { readonly company: string; readonly textShown: string; readonly by: string },
): Promise<void> {
  await tx.run(
    `insert into declaration_ack (id, company_id, kind, subject, text_shown, at, by_person)
     values ($1, $2, $3, $4, $5, $6::timestamptz, $7)`,
    [newId(), ack.company, ack.kind, ack.subject, ack.textShown, moment(ack.at), ack.by],
  )
}
