import { type Instant, minute } from '../base/time.ts'
import { moment, newId, type Pool, tell, type Tx, within, withoutScope } from '../store/index.ts'
import { callBy, nextMorning, type ServiceHours } from './calendar.ts'
import { readHouse, storyOfAlert, wordsFor } from './make-notice.ts'
import type { NoticeRecord } from './notice.ts'
import { findAlertSubject, findInstallation, markHanded, noticeColumns, rewriteNotice } from './store.ts'

/**
 * The companies of `watched` in which `question` finds something: ids and nothing else leave the query, and each company is
 * then worked on in its own scope.
 * @param question SQL that gives `company_id`; $1 is now
 */
export async function companiesWith(pool: Pool, question: string, now: Instant): Promise<string[]> {
  const watched = await withoutScope(pool, (tx) =>
    tx.rows<{ id: string }>('select watched_companies() as id'),
  )
  if (watched.length === 0) return []
  const found = await within(pool, { organisations: watched.map((each) => each.id) }, (tx) =>
    tx.rows<{ company: string }>(`select distinct company_id as company from (${question}) x`, [moment(now)]),
  )
  return found.map((each) => each.company)
}

/**
 * Does the work for each item, some at a time; what fails for one (a company, a notice) does not keep the others waiting, and
 * is thrown at the end.
 */
export async function each<T>(
  items: readonly T[],
  work: (item: T) => Promise<void>,
  together = 1,
): Promise<void> {
  const failures: unknown[] = []
  const waiting = [...items]
  const worker = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
      try {
        await work(item)
      } catch (failure) {
        failures.push(failure)
      }
    }
  }
  await Promise.all(Array.from({ length: together }, worker))
  if (failures.length === 1) throw failures[0]
  if (failures.length > 1) throw new AggregateError(failures, `${failures.length} of ${items.length} failed`)
}

/**
 * Hands over every notice that is due: a line per person and channel, the next promised word, and the message to the other
 * slices. Safe to repeat and to run twice at once.
 * @param pool detector role
 */
export async function handDue(pool: Pool, now: Instant): Promise<{ handed: number }> {
  const companies = await companiesWith(
    pool,
    'select company_id from notice where due_at <= $1 and handed_at is null and withdrawn_at is null and not canary',
    now,
  )
  if (companies.length === 0) return { handed: 0 }
  const staff = await readStaff(pool)
  let handed = 0
  await each(companies, async (company) => {
    const due = await within(pool, { organisations: [company] }, (tx) => findDue(tx, company, now))
    await each(due, async (id) => {
      const done = await within(pool, { organisations: [company] }, (tx) => handOne(tx, id, { now, staff }))
      if (done) handed += 1
    })
  })
  return { handed }
}

/** The notices of a company whose time has come, most urgent first. */
async function findDue(tx: Tx, company: string, now: Instant): Promise<string[]> {
  const due = await tx.rows<{ id: string }>(
    `select id from notice where company_id = $1 and due_at <= $2 and handed_at is null and withdrawn_at is null and not canary
     order by array_position(array['now','today','week','info'], severity), due_at, made_at`,
    [company, moment(now)],
  )
  return due.map((row) => row.id)
}

async function findReceivers(tx: Tx, company: string): Promise<string[]> {
  const people = await tx.rows<{ id: string }>(
    `select id from person p where organisation_id = $1 and ended_at is null
       and (contact_order is not null or (role = 'owner' and not exists (select 1 from person c
         where c.organisation_id = $1 and c.ended_at is null and c.contact_order is not null)))
     order by contact_order, created_at`,
    [company],
  )
  return people.map((person) => person.id)
}

/** Beyond this the words (「14時46分までに電話します」) may have become untrue while nobody handed them over. */
const tooLate = 2 * minute

async function handOne(
  tx: Tx,
  id: string,
  { now, staff }: { readonly now: Instant; readonly staff: Staff },
): Promise<boolean> {
  const notice = await tx.one<NoticeRecord>(
    `select ${noticeColumns} from notice n where n.id = $1 and n.handed_at is null and n.withdrawn_at is null
     for update of n skip locked`,
    [id],
  )
  if (!notice) return false
  const { hours } = await readHouse(tx)
  if (now - notice.dueAt > tooLate) await refresh(tx, notice, { now, hours })
  const people = await findReceivers(tx, notice.company)
  const receivers = notice.severity === 'now' ? people : people.slice(0, 1)
  const mailed = notice.facts.mailTo ?? (notice.severity === 'info' ? [] : receivers)
  const mailAt = notice.severity === 'week' ? nextMorning(notice.dueAt) : now
  for (const person of new Set([...receivers, ...mailed])) {
    await saveDelivery(tx, notice, { person, channel: 'portal', at: now })
  }
  for (const person of mailed) await saveDelivery(tx, notice, { person, channel: 'mail', at: now, mailAt })
  const promised = notice.severity === 'now' || notice.severity === 'today'
  await markHanded(tx, {
    id: notice.id,
    handedAt: now,
    nextContactAt: promised ? callBy(notice.severity, now, hours) : null,
    staff: await staffOf(tx, notice, staff),
  })
  await tell(tx, { kind: 'notice.handed', company: notice.company, id: notice.id }, now)
  return true
}

/** Says the same again with the times of now; only what still comes from an alert can be said again. */
async function refresh(
  tx: Tx,
  notice: NoticeRecord,
  at: { readonly now: Instant; readonly hours: ServiceHours },
): Promise<void> {
  const alert = notice.alert === null ? undefined : await findAlertSubject(tx, notice.alert)
  const words =
    alert &&
    wordsFor({ story: storyOfAlert(alert), severity: notice.severity }, { readAt: at.now, hours: at.hours })
  if (!words) return
  await rewriteNotice(tx, {
    ...notice,
    type: words.written.type.id,
    variant: words.written.chosen.variant,
    texts: words.written.texts,
    facts: { ...notice.facts, ...words.kept },
  })
}

async function saveDelivery(
  tx: Tx,
  notice: NoticeRecord,
  to: {
    readonly person: string
    readonly channel: 'mail' | 'portal'
    readonly at: Instant
    readonly mailAt?: Instant
  },
): Promise<void> {
  const mail = to.channel === 'mail'
  await tx.run(
    `insert into notice_delivery (id, company_id, notice_id, person_id, channel, state, queued_at, handed_at, next_try_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (notice_id, person_id, channel) do nothing`,
    [
      newId(),
      notice.company,
      notice.id,
      to.person,
      to.channel,
      mail ? 'queued' : 'handed',
      moment(to.at),
      mail ? null : moment(to.at),
      mail ? moment(to.mailAt ?? to.at) : null,
    ],
  )
}

/** Names that owners are given: the provider's, and its people's by id. */
export type Staff = { readonly provider: string; readonly names: ReadonlyMap<string, string> }

/** Reads the provider's own rows, in its own scope. */
export async function readStaff(pool: Pool): Promise<Staff> {
  const installation = await withoutScope(pool, findInstallation)
  if (!installation) return { provider: '', names: new Map() }
  return within(pool, { organisations: [installation.provider] }, async (tx) => {
    const provider = await tx.one<{ name: string }>('select name from organisation where id = $1', [
      installation.provider,
    ])
    const people = await tx.rows<{ id: string; name: string }>(
      'select id, name from person where organisation_id = $1',
      [installation.provider],
    )
    return { provider: provider?.name ?? '', names: new Map(people.map((each) => [each.id, each.name])) }
  })
}

/** The analyst who took the alert, else the provider. */
async function staffOf(tx: Tx, notice: NoticeRecord, staff: Staff): Promise<string> {
  const found = await tx.rows<{ assignee: string | null }>(
    `select assignee_id as assignee from alert_decision where company_id = $1 and alert_id = $2 and kind = 'assignment'
       and withdrawn_at is null order by at desc limit 1`,
    [notice.company, notice.alert],
  )
  return staff.names.get(found[0]?.assignee ?? '') ?? staff.provider
}
