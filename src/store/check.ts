import { fault } from '../base/fault.ts'
import type { Client, Pool } from './pool.ts'

/** What must be true of a database before anything is kept in it. */
export type ServerFacts = {
  readonly version: number
  readonly versionText: string
  readonly encoding: string
  readonly ctype: string
  /** Whether the database knows that 不 is a letter; false means that Japanese is found by nothing. */
  readonly knowsJapanese: boolean
}

const oldest = 150_000

export async function readServerFacts(client: Client): Promise<ServerFacts> {
  const { rows } = await client.query<ServerFacts>(
    `select current_setting('server_version_num')::int as version, current_setting('server_version') as "versionText",
            pg_encoding_to_char(encoding) as encoding, datctype as ctype, '不' ~ '^[[:alpha:]]$' as "knowsJapanese"
     from pg_database where datname = current_database()`,
  )
  const facts = rows[0]
  if (facts === undefined) throw fault('INTERNAL', { bug: 'the database is not in its own catalogue' })
  return facts
}

/** Throws DATABASE_VERSION or DATABASE_LOCALE with what was found and what to do. */
export function mustServeJapanese(facts: ServerFacts): void {
  if (facts.version < oldest) throw fault('DATABASE_VERSION', { found: facts.versionText })
  const plain = facts.ctype === 'C' || facts.ctype === 'POSIX'
  if (plain || facts.encoding !== 'UTF8' || !facts.knowsJapanese) {
    throw fault('DATABASE_LOCALE', {
      encoding: facts.encoding,
      ctype: facts.ctype,
      do: "create database … template template0 encoding 'UTF8' locale 'C.UTF-8'",
    })
  }
}

type RoleFacts = { name: string; superuser: boolean; bypasses: boolean; owns: string | null }

/**
 * Refuses a connection that row-level security does not bind: a superuser, a role that bypasses it, an owner of tables
 * (also through membership). Throws DATABASE_ROLE.
 */
export async function mustBeBound(pool: Pool): Promise<void> {
  const { rows } = await pool.query<RoleFacts>(
    `select r.rolname as name, r.rolsuper as superuser, r.rolbypassrls as bypasses,
       (select min(c.oid::regclass::text) from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'p') and n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema'
          and pg_has_role(r.oid, c.relowner, 'member')) as owns
     from pg_roles r where r.rolname = current_user`,
  )
  const role = rows[0]
  if (role === undefined || role.superuser || role.bypasses || role.owns !== null) {
    throw fault('DATABASE_ROLE', { ...role })
  }
}
