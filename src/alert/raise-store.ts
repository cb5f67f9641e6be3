import type { Instant } from '../base/time.ts'
import type { Finding } from '../detect/index.ts'
import { moment, type Tx } from '../store/index.ts'
import { type AlertRow, longestStory, quietEnds } from './alert.ts'

/** The columns of an alert `a`, as `AlertRow` names them. */
export const alertColumns = `a.id, a.company_id as company, a.family, a.detection, a.notice_type as "noticeType",
  a.device_id as device, a.sensor_id as sensor, a.severity, a.severity_reason as "severityReason", a.held, a.facts, a.count,
  a.first_at as "firstAt", a.last_at as "lastAt", a.arrived_at as "arrivedAt", a.raised_at as "raisedAt", a.practice`

/** At most so many lines stand behind an alert; its count stays exact. */
const mostEvidence = 200

/** Whether this installation is practice: its alerts are marked so. */
export async function isPractice(tx: Tx): Promise<boolean> {
  const row = await tx.one<{ practice: boolean }>('select practice from installation')
  return row?.practice ?? false
}

/** Findings that were raised before, by key. */
export async function knownDetections(
  tx: Tx,
  company: string,
  keys: readonly string[],
): Promise<Map<string, { alert: string; count: number }>> {
  const rows = await tx.rows<{ key: string; alert: string; count: number }>(
    'select key, alert_id as alert, count from detection where company_id = $1 and key = any ($2::text[])',
    [company, keys],
  )
  return new Map(rows.map((row) => [row.key, row]))
}

/** An alert, held until the end of the transaction. */
export function lockAlert(tx: Tx, company: string, id: string): Promise<AlertRow | undefined> {
  return tx.one<AlertRow>(
    `select ${alertColumns} from alert a where a.company_id = $1 and a.id = $2 for update`,
    [company, id],
  )
}

/**
 * The story of this group that the time belongs to: quiet for less than 15 minutes, not longer than a day, and not closed.
 * One that was merged goes on in the alert that took it in.
 */
export async function findStory(
  tx: Tx,
  company: string,
  of: { readonly groupKey: string; readonly from: Instant; readonly to: Instant },
): Promise<AlertRow | undefined> {
  const found = await tx.rows<{ id: string; into: string | null }>(
    `select a.id, (select d.into_alert_id from alert_decision d where d.company_id = a.company_id and d.alert_id = a.id
         and d.kind = 'merge' and d.withdrawn_at is null order by d.at desc limit 1) as into
     from alert a
     where a.company_id = $1 and a.group_key = $2 and a.last_at > $3 and a.first_at < $4 and a.first_at > $5
       and not exists (select from alert_decision d where d.company_id = a.company_id and d.alert_id = a.id
         and d.kind = 'closing' and d.withdrawn_at is null)
     order by a.last_at desc limit 1`,
    [
      company,
      of.groupKey,
      moment(of.from - quietEnds),
      moment(of.to + quietEnds),
      moment(of.from - longestStory),
    ],
  )
  const [story] = found
  if (story === undefined) return undefined
  if (story.into === null) return lockAlert(tx, company, story.id)
  return lockAlert(tx, company, await endOfMerges(tx, company, story.into))
}

/** How many stories of a family a company got since an instant of our own clock. */
export async function countStories(
  tx: Tx,
  company: string,
  of: { readonly family: string; readonly since: Instant },
): Promise<number> {
  const row = await tx.one<{ n: number }>(
    'select count(*) as n from alert where company_id = $1 and raised_at > $3 and family = $2',
    [company, of.family, moment(of.since)],
  )
  return row?.n ?? 0
}

/** The newest open story of a group, whatever time the lines name. */
export async function newestStory(tx: Tx, company: string, groupKey: string): Promise<AlertRow | undefined> {
  const found = await tx.rows<{ id: string }>(
    `select a.id from alert a where a.company_id = $1 and a.group_key = $2
       and not exists (select from alert_decision d where d.company_id = a.company_id and d.alert_id = a.id
         and d.kind in ('closing', 'merge') and d.withdrawn_at is null)
     order by a.raised_at desc limit 1`,
    [company, groupKey],
  )
  const [story] = found
  return story === undefined ? undefined : lockAlert(tx, company, story.id)
}

/** The last alert of a chain of merges; the chain has no ring, since a merged alert takes none in. */
async function endOfMerges(tx: Tx, company: string, from: string): Promise<string> {
  const row = await tx.one<{ id: string }>(
    `with recursive chain (id, depth) as (
       select $2::uuid, 0
       union all
       select d.into_alert_id, depth + 1 from chain join alert_decision d on d.alert_id = chain.id and d.company_id = $1
       where d.kind = 'merge' and d.withdrawn_at is null and depth < 20)
     select id from chain order by depth desc limit 1`,
    [company, from],
  )
  return row?.id ?? from
}

export async function insertAlert(tx: Tx, alert: AlertRow, groupKey: string): Promise<void> {
  await tx.run(
    `insert into alert (id, company_id, family, group_key, detection, notice_type, device_id, sensor_id, severity,
       severity_reason, held, facts, count, first_at, last_at, arrived_at, raised_at, practice)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
    [
      alert.id,
      alert.company,
      alert.family,
      groupKey,
      alert.detection,
      alert.noticeType,
      alert.device,
      alert.sensor,
      alert.severity,
      alert.severityReason,
      alert.held === null ? null : JSON.stringify(alert.held),
      JSON.stringify(alert.facts),
      alert.count,
      moment(alert.firstAt),
      moment(alert.lastAt),
      moment(alert.arrivedAt),
      moment(alert.raisedAt),
      alert.practice,
    ],
  )
}

export async function updateAlert(tx: Tx, alert: AlertRow): Promise<void> {
  await tx.run(
    `update alert set detection = $3, notice_type = $4, severity = $5, severity_reason = $6, held = $7, facts = $8,
       count = $9, first_at = $10, last_at = $11, arrived_at = $12
     where company_id = $1 and id = $2`,
    [
      alert.company,
      alert.id,
      alert.detection,
      alert.noticeType,
      alert.severity,
      alert.severityReason,
      alert.held === null ? null : JSON.stringify(alert.held),
      JSON.stringify(alert.facts),
      alert.count,
      moment(alert.firstAt),
      moment(alert.lastAt),
      moment(alert.arrivedAt),
    ],
  )
}

/** Writes a finding, or what a running correlation has grown to. */
export async function saveDetection(tx: Tx, alert: string, finding: Finding): Promise<void> {
  const { rule, common } = finding
  const { host, src_ip, dst_ip } = common
  const fields = {
    ...finding.fields,
    ...(host && { host }),
    ...(src_ip && { src_ip }),
    ...(dst_ip && { dst_ip }),
  }
  await tx.run(
    `insert into detection (company_id, key, alert_id, sensor_id, rule_id, rule_title, rule_author, rule_link, rule_licence,
       rule_level, rule_set, at, arrived_at, count, selections, fields)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
     on conflict (company_id, key) do update set count = excluded.count, fields = excluded.fields
       where detection.count < excluded.count`,
    [
      finding.company,
      finding.key,
      alert,
      finding.sensor,
      rule.id,
      rule.title,
      rule.author,
      rule.link,
      rule.licence,
      rule.level,
      finding.ruleSet,
      moment(finding.at),
      moment(finding.arrivedAt),
      finding.count,
      finding.selections,
      JSON.stringify(fields),
    ],
  )
}

/** Puts the stored lines behind a finding to its alert, as long as there is room. */
export async function addEvidence(tx: Tx, alert: string, finding: Finding): Promise<void> {
  const { refs, company } = finding
  if (refs.length === 0) return
  await tx.run(
    `insert into alert_evidence (company_id, alert_id, day, batch_no, line, at, rule_id)
     select $1, $2, day, batch, line, at, $3
     from unnest($4::date[], $5::bigint[], $6::integer[], $7::timestamptz[]) as row (day, batch, line, at)
     limit greatest(0, $8 - (select count(*) from alert_evidence where company_id = $1 and alert_id = $2))
     on conflict do nothing`,
    [
      company,
      alert,
      finding.rule.id,
      refs.map((ref) => ref.day),
      refs.map((ref) => ref.batchNo),
      refs.map((ref) => ref.line),
      refs.map((ref) => moment(ref.at)),
      mostEvidence,
    ],
  )
}

/** Events that one rule has found for an alert. */
export async function countOfRule(tx: Tx, alert: AlertRow, rule: string): Promise<number> {
  const row = await tx.one<{ count: number | null }>(
    'select sum(count)::int8 as count from detection where company_id = $1 and alert_id = $2 and rule_id = $3',
    [alert.company, alert.id, rule],
  )
  return row?.count ?? 0
}

/** The device that a sensor stands for. */
export async function sensorDevice(tx: Tx, sensor: string): Promise<string | null> {
  const row = await tx.one<{ device: string | null }>(
    'select device_id as device from sensor where id = $1',
    [sensor],
  )
  return row?.device ?? null
}
