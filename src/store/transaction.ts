import type { PoolClient, QueryResult, QueryResultRow } from 'pg'
import { fault } from '../base/fault.ts'
import type { Pool } from './pool.ts'

/** One transaction. Dead as soon as the work it was given to has returned. */
export type Tx = {
  rows<R>(text: string, values?: readonly unknown[]): Promise<R[]>
  /** The only row, or undefined; more than one row is a bug of the caller. */
  one<R>(text: string, values?: readonly unknown[]): Promise<R | undefined>
  /** How many rows were inserted, updated or deleted. */
  run(text: string, values?: readonly unknown[]): Promise<number>
}

/** What a transaction may see: ids of organisations as an explicit list, and the person who acts. */
export type Scope = { readonly organisations: readonly string[]; readonly person?: string }

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

function mustBeId(id: string): string {
  if (!uuid.test(id)) throw fault('INTERNAL', { bug: 'a scope holds something that is no id', id })
  return id
}

/**
 * The scope goes with `begin` in one round trip. Its values are written into the text, which is safe because nothing
 * but an id passes `mustBeId`; `true` binds them to this transaction, so that a pooled connection never carries the
 * scope of one company to the next.
 */
function beginning(scope: Scope): string {
  const ids = scope.organisations.map(mustBeId).join(',')
  const person = scope.person === undefined ? '' : mustBeId(scope.person)
  return `begin; select set_config('app.scope', '{${ids}}', true), set_config('app.person', '${person}', true)`
}

function txOn(client: PoolClient): { tx: Tx; end: () => void } {
  let open = true
  const query = <R extends QueryResultRow>(
    text: string,
    values?: readonly unknown[],
  ): Promise<QueryResult<R>> => {
    if (!open) return Promise.reject(fault('INTERNAL', { bug: 'a query after its transaction', text }))
    return client.query<R>(text, values === undefined ? undefined : [...values])
  }
  // The shape of a row is the caller's claim; pg cannot check it.
  const rows = async <R>(text: string, values?: readonly unknown[]): Promise<R[]> =>
    (await query(text, values)).rows as R[]
  const tx: Tx = {
    rows,
    async one<R>(text: string, values?: readonly unknown[]) {
      const found = await rows<R>(text, values)
      if (found.length > 1) throw fault('INTERNAL', { bug: `${found.length} rows where one was asked`, text })
      return found[0]
    },
    run: async (text, values) => (await query(text, values)).rowCount ?? 0,
  }
  return { tx, end: () => (open = false) }
}

/**
 * Runs `work` in one transaction that sees only the rows of `scope`, and commits; rolls back when it throws, and throws
 * the same on.
 */
export async function within<T>(pool: Pool, scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T> {
  const begin = beginning(scope)
  const client = await pool.connect()
  const { tx, end } = txOn(client)
  let broken: Error | undefined
  try {
    await client.query(begin)
    const result = await work(tx)
    end()
    const committed = await client.query('commit')
    // PostgreSQL answers the commit of a failed transaction with ROLLBACK and no error.
    if (committed.command !== 'COMMIT') {
      throw fault('INTERNAL', { bug: 'the work hid a database error; nothing was stored' })
    }
    return result
  } catch (thrown) {
    end()
    await client.query('rollback').catch((error: Error) => {
      broken = error
    })
    throw thrown
  } finally {
    client.release(broken)
  }
}

/** A transaction for tables that belong to no company; of company tables it sees nothing. */
export function withoutScope<T>(pool: Pool, work: (tx: Tx) => Promise<T>): Promise<T> {
  return within(pool, { organisations: [] }, work)
}

const worthAnotherTry = new Set(['40001', '40P01'])

/**
 * Does `work` once more when the database refused it only because of another transaction at the same moment
 * (serialization failure, deadlock). `work` must begin its transaction itself.
 */
export async function retryOnce<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : ''
    if (!worthAnotherTry.has(code)) throw thrown
    return work()
  }
}
