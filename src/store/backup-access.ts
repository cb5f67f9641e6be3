import { fault } from '../base/fault.ts'
import type { Client } from './pool.ts'
import { fullName, groups, quoted } from './roles.ts'

/** A table, parent of partitions or sequence of ours, i.e. of any schema that is not PostgreSQL's own. */
type Relation = {
  readonly schema: string
  readonly name: string
  readonly kind: 'table' | 'sequence'
  readonly guarded: boolean
  readonly readable: boolean
  /** Whether a policy lets the backup role see every row. */
  readonly wholly: boolean
}

const backup = groups.backup

/**
 * Partitions are left out: they are read through their parent, and nobody has rights on one. Sequences count too. A
 * policy shows everything when it permits, is for reading, is for our role or everybody, and its condition is `true`;
 * a restrictive policy for our role takes rows away again.
 */
const relations = `
  select n.nspname as schema, c.relname as name,
    case c.relkind when 'S' then 'sequence' else 'table' end as kind,
    c.relrowsecurity as guarded,
    has_table_privilege('${backup}', c.oid, 'select') and has_schema_privilege('${backup}', n.oid, 'usage') as readable,
    exists (select from pg_policy p where p.polrelid = c.oid and p.polpermissive and p.polcmd in ('r', '*')
        and p.polroles && array['${backup}'::regrole::oid, 0::oid] and pg_get_expr(p.polqual, c.oid) = 'true')
      and not exists (select from pg_policy p where p.polrelid = c.oid and not p.polpermissive
        and p.polcmd in ('r', '*') and p.polroles && array['${backup}'::regrole::oid, 0::oid]) as wholly
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'S') and not c.relispartition
    and n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema'
    and not exists (select from pg_depend d where d.objid = c.oid and d.classid = 'pg_class'::regclass and d.deptype = 'e')
  order by n.nspname, c.relname`

async function all(client: Client): Promise<readonly Relation[]> {
  return (await client.query<Relation>(relations)).rows
}

/**
 * Lets the backup role read every table and sequence, and every row of those with row-level security. Runs after each
 * migration as the owner, so that no table added in sql/ is forgotten.
 */
export async function openForBackup(client: Client): Promise<void> {
  const found = await all(client)
  const statements = found.flatMap((it) => [
    ...(it.readable
      ? []
      : [
          `grant usage on schema ${quoted(it.schema)} to ${backup}`,
          `grant select on ${it.kind} ${fullName(it)} to ${backup}`,
        ]),
    ...(it.guarded && !it.wholly
      ? [`create policy backup on ${fullName(it)} for select to ${backup} using (true)`]
      : []),
  ])
  if (statements.length > 0) await client.query(['begin', ...statements, 'commit'].join(';\n'))
}

/**
 * Refuses when the backup role would see less than everything. Counting could not find that: a hidden row is hidden from
 * the count as well. Throws BACKUP_INCOMPLETE with the tables.
 */
export async function mustSeeEverything(client: Client): Promise<void> {
  const found = await all(client)
  const hidden = found
    .filter((it) => !it.readable || (it.guarded && !it.wholly))
    .map((it) => `${it.schema}.${it.name}`)
  if (hidden.length > 0) throw fault('BACKUP_INCOMPLETE', { hidden })
}
