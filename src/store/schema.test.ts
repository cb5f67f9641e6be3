import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from './test-database.ts'

let db: TestDatabase

beforeAll(async () => {
  db = await testDatabase()
  await db.store.ingest.query("select make_event_day('2026-11-25')")
})
afterAll(() => db.drop())

const ask = async <R extends object>(text: string): Promise<R[]> => (await db.superuser.query<R>(text)).rows
const ours = "n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema'"

/** Tables that hold no company's data: what stands in them is the installation's own. */
const ownedByNobody = [
  'mimamori.migration',
  // Which place of the public status lists belongs to which entry of the register.
  'public.badge_status',
  'public.canary',
  'public.detector_state',
  'public.installation',
  // What promoters offer, for everybody who signs in.
  'public.offer',
  'public.promoter',
  'public.receiver_incident',
  // The public register: what anybody may read.
  'public.registry',
  'public.registry_entry',
  'public.registry_entry_event',
  // Private keys in it are sealed under the installation's secret.
  'public.signing_key',
  'public.threat_news',
  'sign_in.account',
  'sign_in.entry_link',
  'sign_in.session',
  'sign_in.user',
  'sign_in.verification',
]

/** Policies that show more than the scope, each with its reason. */
const wider = [
  // The detector's cursor runs over the headers of all batches; lines are read in one company's scope.
  'event_batch cursor: mimamori_detect r true',
  // A session learns whom its person acts for.
  'person self: mimamori_app r (id = app_person())',
]

describe('every table of company data', () => {
  test('is bound by row-level security, also for its owner; the others are named here', async () => {
    const free = await ask<{ name: string }>(
      `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind in ('r', 'p') and ${ours} and not (c.relrowsecurity and c.relforcerowsecurity) order by 1`,
    )
    expect(free.map((row) => row.name)).toEqual(ownedByNobody)
  })

  test('shows and takes only rows of the scope, by the column that names the company', async () => {
    const policies = await ask<{
      tbl: string
      name: string
      who: string
      cmd: string
      seen: string
      written: string | null
      adds: boolean
    }>(
      `select c.relname as tbl, p.polname as name, p.polcmd::text as cmd, p.polpermissive as adds, pg_get_expr(p.polqual, c.oid) as seen,
         pg_get_expr(p.polwithcheck, c.oid) as written,
         (select string_agg(coalesce(r.rolname, 'public'), ',' order by r.rolname)
          from unnest(p.polroles) u left join pg_roles r on r.oid = u) as who
       from pg_policy p join pg_class c on c.oid = p.polrelid order by 1, 2`,
    )
    const scoped = policies.filter((policy) => policy.name === 'scope')
    for (const policy of scoped) {
      const column = /^\((\w+) = ANY \(\( SELECT app_scope\(\) AS app_scope\)::uuid\[\]\)\)$/.exec(
        policy.seen,
      )?.[1]
      expect(['company_id', 'organisation_id', 'id', 'from_id'], policy.tbl).toContain(column)
      if (column === 'id') expect(['organisation', 'company']).toContain(policy.tbl)
      if (column === 'from_id') expect(policy.tbl).toBe('relation')
      expect(policy.written).toBe(policy.seen)
      expect(policy.cmd).toBe('*')
    }
    const owner = new URL(db.ownerUrl).username
    const others = policies
      // A restrictive policy only takes away.
      .filter(({ name, who, adds }) => adds && name !== 'scope' && who !== 'mimamori_backup' && who !== owner)
      .map(({ tbl, name, who, cmd, seen }) => `${tbl} ${name}: ${who} ${cmd} ${seen}`)
    expect(others).toEqual(wider)
    const bound = await ask<{ name: string }>(
      `select c.relname as name from pg_class c where c.relrowsecurity and not c.relispartition order by 1`,
    )
    expect(scoped.map((policy) => policy.tbl)).toEqual(bound.map((row) => row.name))
  })
})

/** `table: rights` of one role, without what backup reads. */
async function rightsOf(role: string): Promise<string[]> {
  const rows = await ask<{ text: string }>(
    `select c.relname || ': ' || string_agg(a.privilege_type, ' ' order by a.privilege_type) as text
     from pg_class c join pg_namespace n on n.oid = c.relnamespace, aclexplode(c.relacl) a
     where ${ours} and a.grantee = '${role}'::regrole group by c.relname order by 1`,
  )
  return rows.map((row) => row.text)
}

describe('the roles', () => {
  test('receiving adds events and little else', async () => {
    expect(await rightsOf('mimamori_ingest')).toEqual([
      'batch_key: INSERT SELECT',
      'event: INSERT',
      'event_batch: INSERT',
      'event_batch_no: SELECT',
      'held_line: INSERT',
      'ingest_incident: INSERT',
      'installation: SELECT',
      'receiver_incident: INSERT',
    ])
  })

  test('nobody but receiving writes events, and nobody changes or removes one', async () => {
    for (const role of ['mimamori_app', 'mimamori_detect', 'mimamori_backup', 'mimamori_signin']) {
      const rights = (await rightsOf(role)).filter((text) => /^(event|event_batch|batch_key):/.test(text))
      expect(rights.join(), role).not.toMatch(/INSERT|UPDATE|TRUNCATE|(event|event_batch): DELETE/)
    }
  })

  test('what is a record can be added to and not be changed, by anybody', async () => {
    for (const role of ['mimamori_app', 'mimamori_detect', 'mimamori_ingest']) {
      const rights = (await rightsOf(role)).filter((text) =>
        /^(audit|case_entry|case_closing|notice_answer|plan_proof|alert_evidence):/.test(text),
      )
      expect(rights.join(), role).not.toMatch(/UPDATE|DELETE|TRUNCATE/)
    }
  })

  test('signing in reaches its own schema alone, and nobody else reaches that', async () => {
    const strangers = await ask(
      `select c.relname, a.grantee::regrole from pg_class c join pg_namespace n on n.oid = c.relnamespace, aclexplode(c.relacl) a
       where a.grantee <> c.relowner and ((n.nspname = 'sign_in' and a.grantee::regrole::text not in ('mimamori_signin', 'mimamori_backup'))
         or (n.nspname = 'public' and a.grantee = 'mimamori_signin'::regrole))`,
    )
    expect(strangers).toEqual([])
  })

  test('the public has no rights, neither on a table nor on the database, and nobody on a day', async () => {
    const open = await ask(
      `select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace, aclexplode(c.relacl) a
       where ${ours} and (a.grantee = 0 or (c.relispartition and a.grantee <> c.relowner))`,
    )
    expect(open).toEqual([])
    const database = await ask(
      `select a.privilege_type from pg_database d, aclexplode(d.datacl) a where d.datname = current_database() and a.grantee = 0`,
    )
    expect(database).toEqual([])
    for (const pool of [db.store.app, db.store.ingest, db.store.detect]) {
      await expect(pool.query('create temporary table sensor_token (a int)')).rejects.toThrow(
        /permission denied/,
      )
      await expect(pool.query('create table public.mine (a int)')).rejects.toThrow(/permission denied/)
      await expect(pool.query('select * from event_20261125')).rejects.toThrow(/permission denied/)
    }
  })
})

describe('functions that run as the owner of the tables', () => {
  test('look nowhere that a caller can write, and are called only by whom they are for', async () => {
    const functions = await ask<{ name: string; path: string[] | null; who: string | null }>(
      `select p.proname as name, p.proconfig as path,
         (select string_agg(case when a.grantee = 0 then 'public' else a.grantee::regrole::text end, ' ' order by a.grantee::regrole::text)
          from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a where a.grantee <> p.proowner) as who
       from pg_proc p join pg_namespace n on n.oid = p.pronamespace where ${ours} and p.prosecdef order by 1`,
    )
    for (const { name, path } of functions) expect(path, name).toEqual(['search_path=public, pg_temp'])
    expect(functions.map(({ name, who }) => `${name}: ${who ?? ''}`)).toEqual([
      'application_by_link: mimamori_app',
      'batch_stored: mimamori_ingest',
      'canary_company: mimamori_app mimamori_detect',
      'code_taken: mimamori_app',
      'lesson_by_link: mimamori_app',
      'make_event_day: mimamori_ingest',
      'notice_by_link: mimamori_app',
      'notice_by_number: mimamori_app',
      'number_event_batch: ',
      'proof_by_link: mimamori_app',
      'published_policy: mimamori_app',
      'self_check_by_link: mimamori_app',
      'sensor_by_address: mimamori_ingest',
      'sensor_by_token: mimamori_ingest',
      'watched_companies: mimamori_app mimamori_detect',
    ])
  })

  test('a part of the program cannot become another one', async () => {
    for (const role of [
      'mimamori_ingest',
      'mimamori_detect',
      'mimamori_backup',
      new URL(db.ownerUrl).username,
    ])
      await expect(db.store.app.query(`set role ${role}`), role).rejects.toThrow(/permission denied/)
  })
})
