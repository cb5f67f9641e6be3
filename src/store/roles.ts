import { createHash } from 'node:crypto'
import { fault } from '../base/fault.ts'
import type { Log } from './log.ts'
import { type Client, connect } from './pool.ts'
import { passwordOf, scramVerifier } from './secret.ts'

/** What rights are granted to in sql/: roles nobody signs in as, one set for a whole server. */
export const groups = {
  app: 'mimamori_app',
  ingest: 'mimamori_ingest',
  detect: 'mimamori_detect',
  backup: 'mimamori_backup',
  signIn: 'mimamori_signin',
} as const

export type Part = keyof typeof groups

/** The role that owns the tables of an embedded database: not a superuser. */
const owner = 'mimamori_owner'

export const embeddedDatabase = 'mimamori'

/** A PostgreSQL name in quotes. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** A table with its schema, in quotes. */
export function fullName(it: { readonly schema: string; readonly name: string }): string {
  return `${quoted(it.schema)}.${quoted(it.name)}`
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

/** The role with which one part of the program signs in to one database; PostgreSQL keeps 63 bytes of a name. */
export function loginOf(part: Part, database: string): string {
  const name = `${groups[part]}_${database}`
  if (Buffer.byteLength(name) <= 63) return name
  return `${groups[part]}_${createHash('sha256').update(database).digest('hex').slice(0, 16)}`
}

/** The same server and database as another user. */
export function urlAs(url: string, user: string, password: string): string {
  const other = new URL(url)
  other.username = encodeURIComponent(user)
  other.password = encodeURIComponent(password)
  return other.href
}

/** The same server and user at another database. */
export function urlTo(url: string, database: string): string {
  const other = new URL(url)
  other.pathname = `/${encodeURIComponent(database)}`
  return other.href
}

export function databaseOf(url: string): string {
  return decodeURIComponent(new URL(url).pathname.slice(1))
}

/** With which URL a part of the program signs in. */
export function loginUrl(it: { ownerUrl: string; secret: string; part: Part }): string {
  const login = loginOf(it.part, databaseOf(it.ownerUrl))
  return urlAs(it.ownerUrl, login, passwordOf(it.secret, login))
}

/** A mark on a role that tells, without the password, of which secret its password is. */
function markOf(secret: string): string {
  return `mimamori ${createHash('sha256').update(`role mark ${secret}`).digest('hex').slice(0, 12)}`
}

/** Two starts at once may both find a role missing; the second `create` is then no error. */
const alreadyThere = new Set(['42710', '23505'])

async function create(client: Client, statement: string): Promise<void> {
  try {
    await client.query(statement)
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : ''
    if (!alreadyThere.has(code)) throw thrown
  }
}

/** Makes or corrects a role that signs in; does nothing when it stands as it should. */
async function ensureLogin(
  client: Client,
  it: { readonly name: string; readonly secret: string; readonly rights: string },
): Promise<void> {
  const mark = markOf(it.secret)
  const kept = await client.query<{ mark: string | null }>(
    `select shobj_description(oid, 'pg_authid') as mark from pg_roles where rolname = $1`,
    [it.name],
  )
  if (kept.rows[0]?.mark === mark) return
  const name = quoted(it.name)
  if (kept.rows.length === 0) await create(client, `create role ${name}`)
  const verifier = scramVerifier(passwordOf(it.secret, it.name))
  await client.query(`alter role ${name} login ${it.rights} password ${literal(verifier)}`)
  await client.query(`comment on role ${name} is ${literal(mark)}`)
}

/**
 * Makes, as the superuser of an embedded server, the owning role and a database of its own. Gives the URL of the owner.
 */
export async function ensureOwner(it: {
  readonly superuserUrl: string
  readonly secret: string
  readonly log: Log
  readonly database?: string
}): Promise<string> {
  const database = it.database ?? embeddedDatabase
  const client = await connect({ url: it.superuserUrl, log: it.log })
  try {
    await ensureLogin(client, { name: owner, secret: it.secret, rights: 'nosuperuser createrole createdb' })
    const found = await client.query('select 1 from pg_database where datname = $1', [database])
    if (found.rowCount === 0) await client.query(`create database ${quoted(database)} owner ${owner}`)
  } finally {
    await client.end()
  }
  return urlAs(urlTo(it.superuserUrl, database), owner, passwordOf(it.secret, owner))
}

type OwnerRights = {
  name: string
  mayMakeRoles: boolean
  mayCreate: boolean
  mayCreateTables: boolean
}

async function mustBeAbleToOwn(client: Client, database: string): Promise<void> {
  const { rows } = await client.query<OwnerRights>(
    `select current_user as name,
            (select rolcreaterole or rolsuper from pg_roles where rolname = current_user) as "mayMakeRoles",
            has_database_privilege($1, 'create') as "mayCreate",
            coalesce(has_schema_privilege(to_regnamespace('public'), 'create'), false) as "mayCreateTables"`,
    [database],
  )
  const rights = rows[0]
  if (rights === undefined) return
  const name = quoted(rights.name)
  const missing = [
    ...(rights.mayMakeRoles ? [] : [`alter role ${name} createrole`]),
    ...(rights.mayCreate ? [] : [`grant create, connect on database ${quoted(database)} to ${name}`]),
    ...(rights.mayCreateTables ? [] : [`grant usage, create on schema public to ${name}`]),
  ]
  if (missing.length > 0) throw fault('DATABASE_OWNER', { user: rights.name, runAsAdministrator: missing })
}

async function join(client: Client, group: string, login: string): Promise<void> {
  const { rows } = await client.query<{ member: boolean; owner: string }>(
    `select exists (select from pg_auth_members m
       where m.roleid = to_regrole($1) and m.member = to_regrole($2)) as member, current_user as owner`,
    [quoted(group), quoted(login)],
  )
  if (rows[0]?.member === true) return
  try {
    await client.query(`grant ${quoted(group)} to ${quoted(login)}`)
  } catch (thrown) {
    // From PostgreSQL 16 on, only a role that made a group, or was given it so, may fill it.
    const statement = `grant ${group} to ${quoted(rows[0]?.owner ?? '')} with admin option`
    const cause = thrown instanceof Error ? thrown.message : String(thrown)
    throw fault('DATABASE_OWNER', { cause, runAsAdministrator: [statement] })
  }
}

/**
 * Makes the group roles and, for this database, one role per part of the program; shuts the database to everybody else.
 * `client` is the owner's. Throws DATABASE_OWNER with the statements an administrator must run.
 */
export async function ensureRoles(client: Client, it: { ownerUrl: string; secret: string }): Promise<void> {
  const database = databaseOf(it.ownerUrl)
  await mustBeAbleToOwn(client, database)
  const known = await client.query<{ rolname: string }>(
    'select rolname from pg_roles where rolname = any ($1)',
    [Object.values(groups)],
  )
  const there = new Set(known.rows.map((row) => row.rolname))
  const logins: string[] = []
  for (const part of Object.keys(groups) as Part[]) {
    const group = groups[part]
    const login = loginOf(part, database)
    if (!there.has(group)) await create(client, `create role ${group} nologin`)
    await ensureLogin(client, { name: login, secret: it.secret, rights: 'inherit' })
    await join(client, group, login)
    logins.push(login)
  }
  await shut(client, database, logins)
}

async function shut(client: Client, database: string, logins: readonly string[]): Promise<void> {
  const { rows } = await client.query<{ open: boolean; missing: string[] }>(
    `select has_database_privilege('public', $1, 'connect') as open,
            array(select l from unnest($2::text[]) l where not exists (
              select from pg_database d, aclexplode(d.datacl) a
              where d.datname = $1 and a.grantee = to_regrole(quote_ident(l)) and a.privilege_type = 'CONNECT')) as missing`,
    [database, logins],
  )
  const state = rows[0]
  if (state?.open === true) await client.query(`revoke all on database ${quoted(database)} from public`)
  if (state === undefined || state.missing.length === 0) return
  await client.query(
    `grant connect on database ${quoted(database)} to ${state.missing.map(quoted).join(', ')}`,
  )
}
