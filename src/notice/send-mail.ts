import type { Severity } from '../base/severity.ts'
import { day, type Instant } from '../base/time.ts'
import { isPermanent, type Mailer } from '../mail/index.ts'
import { type Log, moment, type Pool, type Tx, within } from '../store/index.ts'
import type { Lang } from './catalogue.ts'
import { backOff, floodWindow, type Plan, planMails, type Sent } from './flood.ts'
import { companiesWith, each, readStaff } from './hand-notice.ts'
import { dropOldLinks, linkLife, makeLink } from './link.ts'
import { digestMailText, type MailedNotice, noticeMailText, type Reader } from './mail-text.ts'
import type { NoticeRecord } from './notice.ts'
import { stateOf } from './notice.ts'
import { type StandingRow, standing } from './standing.ts'
import { findInstallation, noticeColumns } from './store.ts'

/** What sending needs besides the pool and the way out. */
export type SendOptions = { readonly baseUrl: string; readonly log?: Log }
export type SendCount = { readonly sent: number; readonly failed: number; readonly waiting: number }

/** Mails of one company that are worked on at a time, so that none outlives the time its row is set aside for. */
const together = 50
/** Companies whose mails are handed over at the same time: one slow station must not hold up everybody's いますぐ. */
const atOnce = 4
/** After a day of tries a mail is given up, and shown as failed. */
const giveUp = day

type QueuedRow = NoticeRecord &
  StandingRow & {
    delivery: string
    person: string
    tries: number
    queuedAt: Instant
    name: string
    email: string
    lang: Lang
    ended_at: Instant | null
  }

type Outgoing = {
  readonly rows: readonly QueuedRow[]
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
}

/**
 * Sends the mails that wait, company by company: takes rows aside in one transaction (try counted, next try set), hands the
 * mails over, and writes the outcome in another. A crash in between sends again after the back-off; nothing is lost.
 * @param pool detector role
 */
// oxlint-disable-next-line max-params -- pool, way out, settings and clock are four things
export async function sendMails(
  pool: Pool,
  mailer: Mailer,
  options: SendOptions,
  now: Instant,
): Promise<SendCount> {
  const companies = await companiesWith(
    pool,
    `select company_id from notice_delivery where channel = 'mail' and state = 'queued' and next_try_at <= $1`,
    now,
  )
  const total = { sent: 0, failed: 0, waiting: 0 }
  if (companies.length === 0) return total
  const { provider } = await readStaff(pool)
  await each(
    companies,
    async (company) => {
      const taken = await within(pool, { organisations: [company] }, (tx) =>
        take(tx, { company, provider, baseUrl: options.baseUrl, now }),
      )
      total.waiting += taken.deferred
      for (const [at, mail] of taken.mails.entries()) {
        const failure = await hand(mailer, company, mail)
        await within(pool, { organisations: [company] }, (tx) =>
          settle(tx, mail.rows, { failure, at: now + at, now }),
        )
        if (failure === undefined) total.sent += 1
        else {
          total.failed += 1
          options.log?.warn(
            { company, tries: mail.rows[0]?.tries, error: describe(failure) },
            'a mail was not handed over',
          )
        }
      }
    },
    atOnce,
  )
  return total
}

const describe = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).slice(0, 300)

async function hand(mailer: Mailer, company: string, mail: Outgoing): Promise<unknown> {
  try {
    const id = `n-${mail.rows[0]?.delivery ?? ''}-${mail.rows.length}`
    await mailer.send({
      organisation: company,
      to: mail.to,
      subject: mail.subject,
      text: mail.text,
      html: mail.html,
      id,
    })
    return undefined
  } catch (error) {
    return error ?? new Error('the mail was not handed over')
  }
}

type Taking = {
  readonly company: string
  readonly provider: string
  readonly baseUrl: string
  readonly now: Instant
}

async function take(tx: Tx, at: Taking): Promise<{ mails: Outgoing[]; deferred: number }> {
  await dropOldLinks(tx, at.company, at.now)
  const waiting = await takeRows(tx, at)
  const wanted = await dropUnneeded(tx, waiting)
  const people = Map.groupBy(wanted, (row) => row.person)
  const mails: Outgoing[] = []
  let deferred = 0
  for (const [person, rows] of people) {
    const plan = planMails(rows, await sentTo(tx, person, at.now), at.now)
    await defer(tx, plan)
    deferred += plan.deferred.length
    const [row] = rows
    if (!row) continue
    const reader = await readerOf(tx, row, at)
    for (const mail of plan.mails) mails.push(await compose(tx, mail, { reader, row, at }))
  }
  return { mails, deferred }
}

/** Rows whose time has come; each is set aside until its next try, should this one not come to an end. */
async function takeRows(tx: Tx, { company, now }: Taking): Promise<QueuedRow[]> {
  const rows = await tx.rows<QueuedRow>(
    `select ${noticeColumns}, ${standing}, d.id as delivery, d.person_id as person, d.tries, d.queued_at as "queuedAt",
       p.name, p.email, p.language as lang, p.ended_at
     from notice_delivery d join notice n on n.id = d.notice_id join person p on p.id = d.person_id
     where d.company_id = $1 and p.organisation_id = $1 and d.channel = 'mail' and d.state = 'queued' and d.next_try_at <= $2
     order by array_position(array['now','today','week','info'], n.severity), d.queued_at, p.contact_order, d.id
     limit $3 for update of d skip locked`,
    [company, moment(now), together],
  )
  for (const row of rows) {
    await tx.run('update notice_delivery set tries = tries + 1, next_try_at = $2 where id = $1', [
      row.delivery,
      moment(now + backOff(row.tries + 1)),
    ])
  }
  return rows
}

/** A notice that was taken back or is over needs no mail any more; nor does somebody who left. */
async function dropUnneeded(tx: Tx, rows: readonly QueuedRow[]): Promise<QueuedRow[]> {
  const kept: QueuedRow[] = []
  for (const row of rows) {
    const state = stateOf(row)
    const settled = row.severity === 'week' && state === 'answered'
    if ((state === 'open' || state === 'answered') && !settled && row.ended_at === null) kept.push(row)
    else {
      await tx.run(
        `update notice_delivery set state = 'refused', error = 'not-needed', next_try_at = null where id = $1`,
        [row.delivery],
      )
    }
  }
  return kept
}

async function sentTo(tx: Tx, person: string, now: Instant): Promise<Sent> {
  const rows = await tx.rows<{ at: Instant; urgent: boolean }>(
    `select d.handed_at as at, bool_or(n.severity = 'now') as urgent
     from notice_delivery d join notice n on n.id = d.notice_id
     where d.person_id = $1 and d.channel = 'mail' and d.handed_at > $2 group by d.handed_at
     having bool_or(n.severity <> 'week')`,
    [person, moment(now - floodWindow)],
  )
  return {
    now: rows.filter((row) => row.urgent).map((row) => row.at),
    other: rows.filter((row) => !row.urgent).map((row) => row.at),
  }
}

async function defer(tx: Tx, plan: Plan<QueuedRow & { severity: Severity }>): Promise<void> {
  for (const { of, until } of plan.deferred) {
    await tx.run(
      `update notice_delivery set tries = tries - 1, next_try_at = $2, error = 'flood' where id = $1`,
      [of.delivery, moment(until)],
    )
  }
}

async function readerOf(tx: Tx, row: QueuedRow, at: Taking): Promise<Reader> {
  const company = await tx.one<{ name: string; code: string }>(
    'select o.name, c.code from organisation o join company c on c.id = o.id where o.id = $1',
    [at.company],
  )
  const installation = await findInstallation(tx)
  return {
    name: row.name,
    lang: row.lang,
    companyName: company?.name ?? '',
    code: company?.code ?? '',
    provider: at.provider,
    deskPhone: installation?.deskPhone ?? '',
    deskHours: installation?.deskHours ?? '',
    baseUrl: at.baseUrl,
  }
}

async function compose(
  tx: Tx,
  mail: Plan<QueuedRow>['mails'][number],
  for_: { readonly reader: Reader; readonly row: QueuedRow; readonly at: Taking },
): Promise<Outgoing> {
  const { reader, row, at } = for_
  const notices: MailedNotice[] = []
  for (const each of mail.of) {
    const secret = await makeLink(tx, { company: at.company, notice: each.id, person: each.person }, at.now)
    notices.push({
      ...each,
      staff: each.facts.staff ?? null,
      again: each.facts.again ?? false,
      link: `${at.baseUrl}/n/${secret}`,
      until: at.now + linkLife,
    })
  }
  const [first] = notices
  const text =
    mail.kind === 'single' && first
      ? noticeMailText(first, reader)
      : digestMailText(notices, reader, mail.kind === 'week' ? 'week' : 'flood')
  return { rows: mail.of, to: row.email, ...text }
}

async function settle(
  tx: Tx,
  rows: readonly QueuedRow[],
  outcome: { readonly failure: unknown; readonly at: Instant; readonly now: Instant },
): Promise<void> {
  for (const row of rows) {
    if (outcome.failure === undefined) {
      await tx.run(
        `update notice_delivery set state = 'handed', handed_at = $2, next_try_at = null, error = null where id = $1 and state = 'queued'`,
        [row.delivery, moment(outcome.at)],
      )
      continue
    }
    const over = isPermanent(outcome.failure) || outcome.now - row.queuedAt > giveUp
    await tx.run(
      `update notice_delivery set state = case when $2 then 'failed' else state end,
         next_try_at = case when $2 then null else next_try_at end, error = $3 where id = $1 and state = 'queued'`,
      [row.delivery, over, describe(outcome.failure)],
    )
  }
}

/** A mail that failed or waits for another try. */
export type MailTrouble = {
  readonly notice: string
  readonly company: string
  readonly number: string
  readonly severity: Severity
  readonly person: string
  readonly state: 'queued' | 'failed'
  readonly tries: number
  readonly nextTryAt: Instant | null
  readonly error: string
}

/** The mails of some companies that did not go out, most urgent first: a failed いますぐ must be seen by a person. */
export async function mailTroubles(
  tx: Tx,
  query: { readonly companies: readonly string[]; readonly now?: Instant },
): Promise<MailTrouble[]> {
  return tx.rows<MailTrouble>(
    `select n.id as notice, n.company_id as company, n.number, n.severity, p.name as person, d.state, d.tries,
       d.next_try_at as "nextTryAt", d.error
     from notice_delivery d join notice n on n.id = d.notice_id join person p on p.id = d.person_id
     where d.company_id = any ($1::uuid[]) and d.channel = 'mail' and d.error is not null and d.state in ('queued', 'failed')
       and n.withdrawn_at is null
     order by array_position(array['now','today','week','info'], n.severity), d.queued_at limit 200`,
    [query.companies],
  )
}
