import { mkdirSync } from 'node:fs'
import { fault } from '../base/fault.ts'
import type { Config } from '../config.ts'
import { mustBeBound, mustServeJapanese, readServerFacts } from './check.ts'
import { keepDatabase } from './keeper/keep.ts'
import type { Log } from './log.ts'
import { appliedMigrations, migrate, ownSql, pendingMigrations, readMigrations } from './migrate.ts'
import { type Client, connect, makePool, type Pool } from './pool.ts'
import { ensureOwner, ensureRoles, loginUrl, type Part } from './roles.ts'
import { secretOf } from './secret.ts'

/** The database of an installation, one pool per part of the program, each with no more rights than it needs. */
export type Store = {
  /** The web and the use cases; sees the rows of a scope. */
  readonly app: Pool
  /** Receiving; may add events and little else. */
  readonly ingest: Pool
  /** Detection; reads batches by cursor. */
  readonly detect: Pool
  /** The sign-in library: its own schema `sign_in`, pg's own types. */
  readonly signIn: Pool
  /** The URL of the role that owns the tables: for migrations, backup and restore. Holds a password: never log it. */
  owner(): string
  /** Ends the pools, and the embedded database where this process started it. */
  close(): Promise<void>
}

export type OpenOptions = {
  /** Join a Mimamori that runs on this home already: commands, or one more role of it. Changes no schema. */
  readonly guest?: boolean
  /** Another folder of migrations, for tests. */
  readonly sql?: string
}

/** The database itself, before roles and pools: embedded or a server. */
export type Base = { readonly ownerUrl: string; readonly secret: string; stop(): Promise<void> }

/** Starts or finds the database of the settings and gives its owner's URL. */
export async function openBase(config: Config, log: Log, guest = false): Promise<Base> {
  if (config.databaseUrl !== undefined) {
    mkdirSync(config.home, { recursive: true, mode: 0o700 })
    return { ownerUrl: config.databaseUrl, secret: secretOf(config.home), stop: () => Promise.resolve() }
  }
  const keeper = await keepDatabase({
    home: config.home,
    log,
    guest,
    ...(config.databasePort === undefined ? {} : { port: config.databasePort }),
  })
  try {
    const secret = secretOf(config.home)
    const ownerUrl = await ensureOwner({ superuserUrl: keeper.superuserUrl, secret, log })
    return { ownerUrl, secret, stop: () => keeper.stop() }
  } catch (thrown) {
    await keeper.stop()
    throw thrown
  }
}

/** Checks the server, makes the roles and brings the schema forward; a guest only checks. */
export async function prepare(base: Base, log: Log, options: OpenOptions = {}): Promise<void> {
  const client = await connect({ url: base.ownerUrl, log, name: 'mimamori start' })
  try {
    mustServeJapanese(await readServerFacts(client))
    if (options.guest === true) return await mustBeCurrent(client, options.sql ?? ownSql)
    await ensureRoles(client, base)
  } finally {
    await client.end()
  }
  await migrate({ ownerUrl: base.ownerUrl, log, folder: options.sql ?? ownSql })
}

async function mustBeCurrent(client: Client, folder: string): Promise<void> {
  const pending = pendingMigrations(readMigrations(folder), await appliedMigrations(client))
  if (pending.length > 0)
    throw fault('MIGRATION', { pending: pending.length, do: 'restart the running Mimamori' })
}

/** Pools on a prepared database. Throws DATABASE_ROLE when one of them is not bound by row-level security. */
export async function openPools(base: Base, log: Log): Promise<Store> {
  const url = (part: Part): string => loginUrl({ ownerUrl: base.ownerUrl, secret: base.secret, part })
  const app = makePool({ url: url('app'), log, name: 'mimamori app', max: 12 })
  const ingest = makePool({ url: url('ingest'), log, name: 'mimamori ingest', max: 6 })
  const detect = makePool({ url: url('detect'), log, name: 'mimamori detect', max: 6 })
  const signIn = makePool({
    url: url('signIn'),
    log,
    name: 'mimamori sign-in',
    max: 4,
    types: 'plain',
    searchPath: 'sign_in',
  })
  const pools = [app, ingest, detect, signIn]
  const close = async (): Promise<void> => {
    await Promise.all(pools.map((pool) => pool.end()))
  }
  try {
    await Promise.all(pools.map(mustBeBound))
  } catch (thrown) {
    await close()
    throw thrown
  }
  return { app, ingest, detect, signIn, owner: () => base.ownerUrl, close }
}

/**
 * Opens the database of an installation: embedded or a server, roles, schema, checks, pools. Throws what its parts throw
 * (HOME_IN_USE, DATABASE_…, MIGRATION) and leaves nothing running then.
 */
export async function openStore(config: Config, log: Log, options: OpenOptions = {}): Promise<Store> {
  const base = await openBase(config, log, options.guest)
  try {
    await prepare(base, log, options)
    const store = await openPools(base, log)
    const close = async (): Promise<void> => {
      await store.close()
      await base.stop()
    }
    return { ...store, close }
  } catch (thrown) {
    await base.stop()
    throw thrown
  }
}
