import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { superuser } from '../src/store/keeper/cluster.ts'
import { dataFolder } from '../src/store/keeper/place.ts'
import { commandOf, haveEnded, processesIn, signal } from '../src/store/keeper/process.ts'
import { readPidFile } from '../src/store/keeper/server.ts'
import { quiet } from '../src/store/log.ts'
import { connect } from '../src/store/pool.ts'
import { embeddedDatabase } from '../src/store/roles.ts'
import { passwordOf } from '../src/store/secret.ts'

/** The folder of the embedded cluster of a home; undefined before there is one. */
export function clusterOf(home: string): string | undefined {
  const folder = dataFolder(home)
  return existsSync(folder) ? realpathSync(folder) : undefined
}

/** Asks the embedded database of a home, past row-level security; it must be running. */
export async function ask<R>(home: string, text: string, values: readonly unknown[] = []): Promise<R[]> {
  const cluster = clusterOf(home)
  const port = cluster === undefined ? undefined : readPidFile(cluster)?.port
  const password = passwordOf(readFileSync(join(home, 'secret'), 'utf8').trim(), superuser)
  const url = `postgres://${superuser}:${password}@127.0.0.1:${port}/${embeddedDatabase}`
  const client = await connect({ url, log: quiet })
  try {
    return (await client.query(text, [...values])).rows as R[]
  } finally {
    await client.end()
  }
}

/** The processes of the embedded database of a home. Linux only. */
export function databaseProcesses(home: string): readonly number[] {
  const cluster = clusterOf(home)
  return cluster === undefined ? [] : processesIn(cluster)
}

/** The first processes among them: one where all is well. */
export function postmasters(home: string): readonly number[] {
  const cluster = clusterOf(home)
  return databaseProcesses(home).filter((pid) => cluster !== undefined && commandOf(pid).includes(cluster))
}

/** `kill -9` of every process of the embedded database. */
export async function killDatabase(home: string): Promise<number> {
  const all = databaseProcesses(home)
  for (const pid of all) signal(pid, 'SIGKILL')
  await haveEnded(all, 5_000)
  return all.length
}
