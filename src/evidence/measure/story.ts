import { findCompany } from '../../company/index.ts'
import { day, type Instant } from '../../base/time.ts'
import { listNews, newsCounts, trainingCounts } from '../../lesson/index.ts'
import { moment } from '../../store/index.ts'
import { type Counts, mostItems } from '../counts.ts'
import { countsOf, type Look } from './look.ts'

/** An alert that somebody looked at and found harmless says nothing. */
const standing = `not a.practice and not exists (select 1 from alert_decision x where x.company_id = a.company_id
  and x.alert_id = a.id and x.kind = 'closing' and x.withdrawn_at is null
  and x.reason in ('false-alarm', 'permitted', 'sensor-test', 'duplicate', 'information'))`

const span = 90 * day

/**
 * Sign-ins that succeeded after many refused ones, in 90 days. “0” is only said after 90 days of watching, and while lines
 * still arrive.
 */
export async function accountTakenOver(look: Look): Promise<Counts | undefined> {
  const { tx, company, now, heardAt, sensors } = look
  const rows = await tx.rows<{ name: string; at: Instant }>(
    `select coalesce(d.nickname, s.name) as name, a.last_at as at from alert a join sensor s on s.id = a.sensor_id
       left join device d on d.id = a.device_id
     where a.company_id = $1 and a.detection = 'auth.brute.success' and a.last_at > $2::timestamptz and ${standing}
     order by a.last_at desc`,
    [company, moment(now - span)],
  )
  const since = Math.min(...sensors.map((sensor) => sensor.firstReceivedAt ?? now))
  if (heardAt === undefined || (rows.length === 0 && since > now - span)) return undefined
  return {
    signal: 'account_taken_over',
    total: rows.length,
    ok: 0,
    bad: rows.length,
    unknown: 0,
    asOf: heardAt,
    items: [...new Set(rows.map((row) => row.name))].slice(0, mostItems),
  }
}

/**
 * Remote desktop and SSH that somebody outside tried passwords at, in 30 days: they face the internet. Closed alerts are
 * done with. What nobody tried is not known, so “none” is never said.
 */
export async function exposedService({ tx, company, now, heardAt }: Look): Promise<Counts | undefined> {
  if (heardAt === undefined) return undefined
  const rows = await tx.rows<{ name: string }>(
    `select distinct coalesce(d.nickname, s.name) as name from alert a join sensor s on s.id = a.sensor_id
       left join device d on d.id = a.device_id
     where a.company_id = $1 and a.family in ('entry-rdp', 'entry-ssh') and a.last_at > $2::timestamptz and not a.practice
       and not exists (select 1 from alert_decision x where x.company_id = a.company_id and x.alert_id = a.id
         and x.kind = 'closing' and x.withdrawn_at is null) order by 1`,
    [company, moment(now - 30 * day)],
  )
  return countsOf(
    'exposed_service',
    rows.map((row) => ({ ...row, state: 'bad' })),
    heardAt,
  )
}

/** When somebody of the company was last reached: by telephone, or by answering a notice. Bad: only tried in vain. */
export async function contactTest({ tx, company, now }: Look): Promise<Counts | undefined> {
  const row = await tx.one<{ reached: Instant | null; vain: Instant | null }>(
    `select greatest((select max(done_at) from task where company_id = $1 and kind = 'call' and outcome = 'reached'),
         (select max(at) from notice_answer where company_id = $1)) as reached,
       (select max(done_at) from task where company_id = $1 and kind = 'call' and outcome = 'not-reached') as vain`,
    [company],
  )
  const reached = row?.reached ?? null
  const last = reached ?? row?.vain ?? null
  if (last === null || last < now - 3 * 365 * day) return undefined
  return countsOf('contact_test', [{ name: '', state: reached === null ? 'bad' : 'ok' }], last)
}

/** Warnings of the last 90 days that somebody of the company opened. Bad: not opened within 30 days. */
export async function advisoryRead({ tx, company, now }: Look): Promise<Counts | undefined> {
  const { ids, asOf } = await newsCounts(tx, company, now)
  const joined = (await findCompany(tx, company))?.createdAt ?? now
  const news = (await listNews(tx, 'ja', now)).filter((one) => one.publishedAt > now - span)
  return countsOf(
    'advisory_read',
    news.map((one) => {
      if (ids.has(one.id)) return { name: one.title, state: 'ok' }
      // What stood there before the company came is counted from the day it came.
      const sent = Math.max(one.publishedAt, joined)
      return { name: one.title, state: sent < now - 30 * day ? 'bad' : 'unknown' }
    }),
    asOf,
  )
}

/** People who finished a lesson in 365 days. Before anybody did, nothing is said: they may learn elsewhere. */
export async function trainingDone({ tx, company, now }: Look): Promise<Counts | undefined> {
  const { people, done, asOf, missing } = await trainingCounts(tx, company, now)
  if (done === 0) return undefined
  return {
    signal: 'training_done',
    total: people,
    ok: done,
    bad: people - done,
    unknown: 0,
    asOf,
    items: missing.slice(0, mostItems),
  }
}

/** The test restores that somebody put on record, for the company as one set. */
export async function restoreTest({ tx, company }: Look): Promise<Counts | undefined> {
  const row = await tx.one<{ on: Instant | null }>(
    `select max(done_on::timestamptz) as on from evidence_record where company_id = $1 and signal = 'restore_test'`,
    [company],
  )
  if (row?.on == null) return undefined
  return countsOf('restore_test', [{ name: '', state: 'ok' }], row.on)
}
