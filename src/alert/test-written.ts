import type { TestDatabase } from '../store/test-database.ts'

/** Everything that detection wrote for a company, without the random ids and the clock. */
export async function written(db: TestDatabase, company: string) {
  const ask = (sql: string) => db.superuser.query(sql, [company]).then((answer) => answer.rows)
  return {
    detections: await ask(
      `select d.key, a.group_key, d.rule_title, d.count, d.at, d.fields, d.selections from detection d join alert a on a.id = d.alert_id
       where d.company_id = $1 order by d.key`,
    ),
    alerts: await ask(
      `select group_key, family, detection, severity, severity_reason, held, facts, count, first_at, last_at, arrived_at
       from alert where company_id = $1 order by first_at, group_key`,
    ),
    evidence: await ask(
      `select e.batch_no, e.line, e.rule_id, e.at from alert_evidence e where company_id = $1 order by 1, 2, 3`,
    ),
    health: await ask(
      `select h.upto_batch, h.lines, h.late, h.unreadable, h.recent_gaps from sensor_health h where company_id = $1`,
    ),
    hours: await ask('select hour, lines from sensor_hour where company_id = $1'),
  }
}
