import type { Access } from '../access/index.ts'
import type { Instant } from '../base/time.ts'
import { listPeople, type Person } from '../company/index.ts'
import { moment, newId, type Pool, type Tx, within, withoutScope } from '../store/index.ts'
import { reminderMail } from './mail.ts'
import type { Reminder } from './reminder.ts'
import { remindersIn } from './reminders-of.ts'
import { settle } from './settle.ts'

export type RemindDeps = {
  readonly pool: Pool
  readonly access: Pick<Access, 'sendMail' | 'baseUrl' | 'log'>
}

/**
 * Once a day: writes down for every company what the gates say, keeps new reminders, lets go those that are mended, and
 * mails each reminder once to the company's owners in their language. A mail that did not go out goes out the next day.
 * What fails at one company is logged and holds up no other.
 */
export async function remindDaily(deps: RemindDeps, now: Instant): Promise<{ readonly mailed: number }> {
  const companies = await withoutScope(deps.pool, (tx) =>
    tx.rows<{ id: string }>('select id from watched_companies() as id'),
  )
  let mailed = 0
  for (const { id } of companies) {
    try {
      mailed += await remindCompany(deps, id, now)
    } catch (thrown) {
      deps.access.log.error({ error: String(thrown), company: id }, 'reminders of a declaration failed')
    }
  }
  return { mailed }
}

async function remindCompany(deps: RemindDeps, company: string, now: Instant): Promise<number> {
  const { due, owners } = await within(deps.pool, { organisations: [company] }, async (tx) => {
    const standing = await settle(tx, company, now)
    const reminders = await remindersIn(tx, standing, now)
    await keepReminders(tx, { company, reminders }, now)
    const people = await listPeople(tx, company)
    const owners = people.filter((person) => person.role === 'owner' && person.contactOrder !== null)
    return { due: await unmailed(tx, { company, reminders }), owners }
  })
  if (due.length === 0 || owners.length === 0) return 0
  await mailOwners(deps, owners, due)
  await within(deps.pool, { organisations: [company] }, (tx) => markMailed(tx, { company, due }, now))
  return due.length
}

async function mailOwners(
  { access }: RemindDeps,
  owners: readonly Person[],
  due: readonly Reminder[],
): Promise<void> {
  const sent = await Promise.allSettled(
    owners.map((owner) => access.sendMail(reminderMail(owner, due, access.baseUrl))),
  )
  // One owner's full mailbox must not bring the others the same mail every day.
  const failed = sent.filter((one) => one.status === 'rejected')
  if (failed.length === owners.length) throw new Error(String(failed[0]?.reason))
}

type Of = { readonly company: string; readonly reminders: readonly Reminder[] }

async function keepReminders(tx: Tx, { company, reminders }: Of, now: Instant): Promise<void> {
  await tx.run(
    `update declaration_reminder set gone_at = $4::timestamptz where company_id = $1 and gone_at is null
     and (reminder, about) not in (select * from unnest($2::text[], $3::text[]))`,
    [company, reminders.map((one) => one.id), reminders.map((one) => one.about), moment(now)],
  )
  for (const one of reminders) {
    await tx.run(
      `insert into declaration_reminder (id, company_id, reminder, about, first_seen_at)
       values ($1, $2, $3, $4, $5::timestamptz) on conflict (company_id, reminder, about) where gone_at is null do nothing`,
      [newId(), company, one.id, one.about, moment(now)],
    )
  }
}

async function unmailed(tx: Tx, { company, reminders }: Of): Promise<Reminder[]> {
  const rows = await tx.rows<{ reminder: string; about: string }>(
    'select reminder, about from declaration_reminder where company_id = $1 and gone_at is null and mailed_at is null',
    [company],
  )
  return reminders.filter((one) => rows.some((row) => row.reminder === one.id && row.about === one.about))
}

async function markMailed(
  tx: Tx,
  { company, due }: { readonly company: string; readonly due: readonly Reminder[] },
  now: Instant,
): Promise<void> {
  await tx.run(
    `update declaration_reminder set mailed_at = $4::timestamptz
     where company_id = $1 and gone_at is null and mailed_at is null
     and (reminder, about) in (select * from unnest($2::text[], $3::text[]))`,
    [company, due.map((one) => one.id), due.map((one) => one.about), moment(now)],
  )
}
