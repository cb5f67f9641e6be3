import type { Instant } from '../base/time.ts'
import { moment, newId, type Tx } from '../store/index.ts'
import { type ApplicationKind, type ApplicationState, type Filled, readFilled } from './application.ts'
import type { Oddity } from './review-oddity.ts'

export type Language = 'ja' | 'en'

/** One application with what is known of it. Never public. */
export type Application = {
  readonly id: string
  readonly organisation: string
  readonly kind: ApplicationKind
  /** The entry that a change is about. */
  readonly entry: string | null
  readonly filled: Filled
  readonly state: ApplicationState
  readonly language: Language
  readonly email: string | null
  /** The address that answered the last confirmation. */
  readonly confirmedEmail: string | null
  readonly reasons: readonly Oddity[]
  /** Of the entry that came of it. */
  readonly number: string | null
  readonly startedAt: Instant
  readonly sentAt: Instant | null
  readonly confirmedAt: Instant | null
  readonly settledAt: Instant | null
}

export type EventKind =
  | 'sent'
  | 'confirmed'
  | 'looked'
  | 'held'
  | 'asked'
  | 'answered'
  | 'entered'
  | 'refused'
  | 'reopened'
  | 'withdrawn'

export type ApplicationEvent = {
  readonly at: Instant
  readonly kind: EventKind
  /** Null: the applicant or the program. */
  readonly person: string | null
  readonly personName: string | null
  readonly text: string
}

const columns = `id, organisation_id as organisation, kind, entry, filled, state, language, email,
  confirmed_email as "confirmedEmail", reasons, number,
  started_at as "startedAt", sent_at as "sentAt", confirmed_at as "confirmedAt", settled_at as "settledAt"`

type Row = Omit<Application, 'filled'> & { readonly filled: unknown }
const asApplication = (row: Row): Application => ({ ...row, filled: readFilled(row.filled) })

/** The application; undefined outside the scope. */
export async function findApplication(tx: Tx, id: string): Promise<Application | undefined> {
  const row = await tx.one<Row>(`select ${columns} from application where id = $1`, [id])
  return row && asApplication(row)
}

/** The same, kept from everybody else until the transaction ends: of two presses at once one waits for the other. */
export async function holdApplication(tx: Tx, id: string): Promise<Application | undefined> {
  const row = await tx.one<Row>(`select ${columns} from application where id = $1 for update`, [id])
  return row && asApplication(row)
}

/** Begins one. @returns its id */
export async function beginApplication(
  tx: Tx,
  of: Pick<Application, 'organisation' | 'kind' | 'entry' | 'filled' | 'language'> & {
    /** Where the mailbox is known already. */
    readonly confirmedEmail?: string
  },
  now: Instant,
): Promise<string> {
  const id = newId()
  await tx.run(
    `insert into application (id, organisation_id, kind, entry, filled, state, language, email, confirmed_email, started_at)
     values ($1, $2, $3, $4, $5, 'draft', $6, $7, $8, $9)`,
    [
      id,
      of.organisation,
      of.kind,
      of.entry,
      JSON.stringify(of.filled),
      of.language,
      of.filled.email ?? null,
      of.confirmedEmail ?? null,
      moment(now),
    ],
  )
  return id
}

/** Keeps what was typed. */
export async function saveFilled(tx: Tx, id: string, filled: Filled): Promise<void> {
  await tx.run('update application set filled = $2, email = $3 where id = $1', [
    id,
    JSON.stringify(filled),
    filled.email ?? null,
  ])
}

/** Moves it on; what is not named stays. */
export async function moveApplication(
  tx: Tx,
  id: string,
  to: {
    readonly state: ApplicationState
    readonly reasons?: readonly Oddity[]
    readonly number?: string
    readonly sentAt?: Instant
    readonly confirmedAt?: Instant
    readonly confirmedEmail?: string
    /** Null takes it back. */
    readonly settledAt?: Instant | null
  },
): Promise<void> {
  const at = (instant: Instant | null | undefined): string | null =>
    instant == null ? null : moment(instant)
  await tx.run(
    `update application set state = $2, reasons = coalesce($3, reasons), number = coalesce($4, number),
       sent_at = coalesce($5, sent_at), confirmed_at = coalesce($6, confirmed_at),
       settled_at = case when $8 then $7::timestamptz else settled_at end,
       confirmed_email = coalesce($9, confirmed_email)
     where id = $1`,
    [
      id,
      to.state,
      to.reasons === undefined ? null : JSON.stringify(to.reasons),
      to.number ?? null,
      at(to.sentAt),
      at(to.confirmedAt),
      at(to.settledAt),
      to.settledAt !== undefined,
      to.confirmedEmail ?? null,
    ],
  )
}

/** Writes one line of what happened. `detail` is for the people of the register. */
export async function noteEvent(
  tx: Tx,
  of: Pick<Application, 'organisation' | 'id'>,
  event: {
    readonly kind: EventKind
    readonly at: Instant
    readonly person?: string
    readonly text?: string
    readonly detail?: Readonly<Record<string, unknown>>
  },
): Promise<void> {
  await tx.run(
    `insert into application_event (id, organisation_id, application_id, at, kind, by_person, text, detail)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      newId(),
      of.organisation,
      of.id,
      moment(event.at),
      event.kind,
      event.person ?? null,
      event.text ?? '',
      JSON.stringify(event.detail ?? {}),
    ],
  )
}

/** What one request does at one instant is told in the order in which it was done. */
const eventOrder: readonly EventKind[] = [
  'sent',
  'confirmed',
  'answered',
  'looked',
  'held',
  'reopened',
  'asked',
  'entered',
  'refused',
  'withdrawn',
]

/** What happened to it, oldest first. */
export async function eventsOf(tx: Tx, application: string): Promise<ApplicationEvent[]> {
  return tx.rows(
    `select e.at, e.kind, e.by_person as person, p.name as "personName", e.text
     from application_event e left join person p on p.id = e.by_person
     where e.application_id = $1 order by e.at, array_position($2::text[], e.kind), e.id`,
    [application, eventOrder],
  )
}

/** Who answers for an entry: the newest application that was entered under its number. */
export async function standingOf(tx: Tx, number: string): Promise<Application | undefined> {
  const rows = await tx.rows<Row>(
    `select ${columns} from application where number = $1 and state = 'entered' order by settled_at desc, id desc limit 1`,
    [number],
  )
  return rows[0] && asApplication(rows[0])
}

/** How many entries came from a mail address, besides one. */
export async function enteredFrom(
  tx: Tx,
  of: { readonly email: string; readonly besides: string | null },
): Promise<number> {
  const row = await tx.one<{ n: number }>(
    `select count(distinct number)::int as n from application
     where email = $1 and state = 'entered' and number is distinct from $2`,
    [of.email, of.besides],
  )
  return row?.n ?? 0
}

/** A change of an entry that waits for its decision. */
export async function openChangeOf(tx: Tx, number: string): Promise<string | undefined> {
  const rows = await tx.rows<{ id: string }>(
    `select id from application where entry = $1 and state in ('checking', 'review', 'asked') limit 1`,
    [number],
  )
  return rows[0]?.id
}

/** Throws away changes of an entry that were begun and never confirmed. */
export async function dropDrafts(tx: Tx, number: string): Promise<void> {
  await tx.run(`delete from application where entry = $1 and state in ('draft', 'sent')`, [number])
}
