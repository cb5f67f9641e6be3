import type { Pool } from '../../src/store/index.ts'

/** For each table that holds rows of an organisation, which column says whose a row is. */
export async function ownedTables(superuser: Pool): Promise<{ table: string; column: string }[]> {
  const { rows } = await superuser.query<{ table: string; column: string }>(
    `select c.relname as "table", a.attname as "column"
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     join pg_attribute a on a.attrelid = c.oid and not a.attisdropped
     where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition
       and (a.attname in ('company_id', 'organisation_id')
         or (c.relname, a.attname) in (('organisation', 'id'), ('company', 'id'), ('relation', 'from_id')))
     order by 1`,
  )
  return rows
}

/** The trail of being refused, of coming and going belongs to the visitor, not to what was visited. */
const passing = `act in ('refused', 'signed-in', 'signed-out', 'sign-in-refused')`

/** What anybody may add by being there: the trail of coming and going, and forms to the register that were begun, not sent. */
const begun: Readonly<Record<string, string>> = {
  audit: `and not ${passing}`,
  application: "and state <> 'draft'",
  application_link:
    "and application_id in (select a.id from application a where a.organisation_id = t.organisation_id and a.state <> 'draft')",
}

/** Count and content of every table's rows of these organisations: equal before and after means nothing was changed. */
export async function digest(
  superuser: Pool,
  organisations: readonly string[],
): Promise<Record<string, string>> {
  const told: Record<string, string> = {}
  for (const { table, column } of await ownedTables(superuser)) {
    const without = begun[table] ?? ''
    const { rows } = await superuser.query<{ told: string }>(
      `select count(*) || ' ' || md5(coalesce(string_agg(t::text, e'\\n' order by t::text), '')) as told
       from "${table}" t where "${column}" = any ($1) ${without}`,
      [organisations],
    )
    told[table] = rows[0]?.told ?? ''
  }
  const { rows } = await superuser.query<{ told: string }>(
    `select count(*) || ' ' || md5(coalesce(string_agg(u::text, e'\\n' order by u::text), '')) as told
     from sign_in."user" u where id in (select id from person where organisation_id = any ($1))`,
    [organisations],
  )
  told['sign_in.user'] = rows[0]?.told ?? ''
  return told
}
