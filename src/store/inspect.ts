import { realpathSync, statSync } from 'node:fs'
import { isFault } from '../base/fault.ts'
import type { Config } from '../config.ts'
import { mustBeBound, mustServeJapanese, readServerFacts } from './check.ts'
import { lockHolder } from './keeper/lock.ts'
import { dataFolder } from './keeper/place.ts'
import { processesIn } from './keeper/process.ts'
import { findServer } from './keeper/server.ts'
import { quiet } from './log.ts'
import { appliedMigrations, ownSql, pendingMigrations, readMigrations, versionOf } from './migrate.ts'
import { type Base, openBase } from './open.ts'
import { type Client, connect, makePool } from './pool.ts'
import { loginUrl, type Part } from './roles.ts'

/** One thing looked at. `bad` keeps the program from working, `warn` deserves a thought. */
export type Finding = {
  readonly check: string
  readonly state: 'ok' | 'warn' | 'bad'
  readonly found: string
  /** What to do about it. */
  readonly advice?: string
}

function told(check: string, thrown: unknown): Finding {
  const found = thrown instanceof Error ? thrown.message : String(thrown)
  const advice = isFault(thrown) ? thrown.details['do'] : undefined
  return { check, state: 'bad', found, ...(typeof advice === 'string' ? { advice } : {}) }
}

/** The live Mimamori on this home, if any. */
export function runningOn(config: Config): number | undefined {
  return lockHolder(config.home)
}

/** Database processes that nobody keeps: left from a program that was killed. */
export function leftOver(config: Config): Finding {
  const check = 'left-over processes'
  const data = dataFolder(config.home)
  if (config.databaseUrl !== undefined || statSync(data, { throwIfNoEntry: false }) === undefined) {
    return { check, state: 'ok', found: 'none' }
  }
  const holder = runningOn(config)
  const server = findServer(realpathSync(data))
  const stray = processesIn(realpathSync(data))
  if (holder !== undefined) return { check, state: 'ok', found: `none; Mimamori runs as process ${holder}` }
  if (server === undefined && stray.length === 0) return { check, state: 'ok', found: 'none' }
  return {
    check,
    state: 'warn',
    found: `a database runs (process ${server?.pid ?? stray.join(', ')}) and no Mimamori keeps it`,
    advice: 'nothing; the next start takes it over or stops it',
  }
}

async function schemaState(client: Client): Promise<Finding> {
  const check = 'schema'
  try {
    const files = readMigrations(ownSql)
    const applied = await appliedMigrations(client)
    const pending = pendingMigrations(files, applied)
    if (pending.length === 0) return { check, state: 'ok', found: `version ${versionOf(applied)}` }
    const found = `version ${versionOf(applied)} of ${versionOf(files)}`
    return { check, state: 'warn', found, advice: 'the next start brings it forward, or: mimamori migrate' }
  } catch (thrown) {
    return told(check, thrown)
  }
}

async function roleState(base: Base, part: Part): Promise<Finding> {
  const check = `role of ${part}`
  const pool = makePool({ url: loginUrl({ ...base, part }), log: quiet, max: 1 })
  try {
    await mustBeBound(pool)
    return { check, state: 'ok', found: 'bound by row-level security' }
  } catch (thrown) {
    const unmade = thrown instanceof Error && 'code' in thrown && thrown.code === '28P01'
    if (!unmade) return told(check, thrown)
    return { check, state: 'warn', found: 'cannot sign in yet', advice: 'the next start makes the role' }
  } finally {
    await pool.end()
  }
}

async function lookInside(base: Base): Promise<readonly Finding[]> {
  const client = await connect({ url: base.ownerUrl, log: quiet, name: 'mimamori doctor' })
  try {
    const facts = await readServerFacts(client)
    const found = `PostgreSQL ${facts.versionText}, ${facts.encoding}, letters ${facts.ctype}`
    try {
      mustServeJapanese(facts)
    } catch (thrown) {
      return [told('database', thrown)]
    }
    const roles = await Promise.all(
      (['app', 'ingest', 'detect'] as const).map((part) => roleState(base, part)),
    )
    return [{ check: 'database', state: 'ok', found }, await schemaState(client), ...roles]
  } finally {
    await client.end()
  }
}

/**
 * Looks at the database of an installation and changes nothing. An embedded one that does not run is started for as long
 * as the looking takes; one that was never made is left so.
 */
export async function inspectDatabase(config: Config): Promise<readonly Finding[]> {
  if (
    config.databaseUrl === undefined &&
    statSync(dataFolder(config.home), { throwIfNoEntry: false }) === undefined
  ) {
    return [{ check: 'database', state: 'ok', found: 'none yet; the first start makes it' }]
  }
  try {
    const base = await openBase(config, quiet, true)
    try {
      return await lookInside(base)
    } finally {
      await base.stop()
    }
  } catch (thrown) {
    return [told('database', thrown)]
  }
}
