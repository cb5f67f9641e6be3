/** SQL over a row `n` of notice: where it stands, from the records of the other tables. */

/**
 * Whether the alert, the case or the silence of a notice has ended. An alert closed by the owner's own answer does not count:
 * who pressed the wrong button must be able to press the right one.
 */
export const ended = `(
  (n.silence_id is not null and exists (select 1 from silence s where s.id = n.silence_id and s.ended_at is not null))
  or exists (select 1 from alert_decision d where d.alert_id = n.alert_id and d.kind in ('closing', 'merge') and d.withdrawn_at is null
    and not exists (select 1 from person p where p.id = d.by_person and p.organisation_id = n.company_id))
  or exists (select 1 from case_closing k where k.case_id = n.case_id))`

/** A newer notice of the same story. */
export const later = `(select l.id from notice l where n.withdrawn_at is not null and l.id <> n.id and l.made_at >= n.withdrawn_at
  and (l.alert_id = n.alert_id or l.silence_id = n.silence_id) order by l.made_at limit 1)`

export const standing = `${ended} as ended, ${later} as later,
  exists (select 1 from notice_answer a where a.notice_id = n.id) as answered`

export type StandingRow = { ended: boolean; later: string | null; answered: boolean }
