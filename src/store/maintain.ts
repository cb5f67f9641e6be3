import { existsSync } from 'node:fs'
import type { Config } from '../config.ts'
import { fault } from '../base/fault.ts'
import type { Instant } from '../base/time.ts'
import { backup, type BackupSummary } from './backup.ts'
import type { Progress } from './backup-format.ts'
import { mustServeJapanese, readServerFacts } from './check.ts'
import { dataFolder } from './keeper/place.ts'
import type { Log } from './log.ts'
import { migrate } from './migrate.ts'
import { type Base, openBase } from './open.ts'
import { connect } from './pool.ts'
import { restore, type RestoreSummary } from './restore.ts'
import { ensureRoles } from './roles.ts'

/** What an operator does to the database of an installation from the command line. */

type Job = { readonly config: Config; readonly log: Log }

async function withBase<T>(it: Job & { guest: boolean }, work: (base: Base) => Promise<T>): Promise<T> {
  const base = await openBase(it.config, it.log, it.guest)
  try {
    return await work(base)
  } finally {
    await base.stop()
  }
}

async function makeRoles(base: Base, log: Log): Promise<void> {
  const client = await connect({ url: base.ownerUrl, log, name: 'mimamori' })
  try {
    mustServeJapanese(await readServerFacts(client))
    await ensureRoles(client, base)
  } finally {
    await client.end()
  }
}

/** Writes everything into `file`; a Mimamori that runs on this home goes on running. */
export async function backUpInstallation(
  it: Job & { readonly file: string; readonly now: Instant; readonly progress?: Progress },
): Promise<BackupSummary> {
  const { config, file, log, now, progress } = it
  if (config.databaseUrl === undefined && !existsSync(dataFolder(config.home))) {
    throw fault('BACKUP_INCOMPLETE', { home: config.home, cause: 'there is no database in it yet' })
  }
  return withBase({ ...it, guest: true }, ({ ownerUrl, secret }) =>
    backup({ ownerUrl, secret, file, log, now, ...(progress === undefined ? {} : { progress }) }),
  )
}

/** Brings a backup into the empty database of the settings. Nothing may run on this home. */
export async function restoreInstallation(
  it: Job & { readonly file: string; readonly progress?: Progress },
): Promise<RestoreSummary> {
  const { file, log, progress } = it
  if (!existsSync(file)) throw fault('BACKUP_UNREADABLE', { file, cause: 'there is no such file' })
  return withBase({ ...it, guest: false }, async (base) => {
    await makeRoles(base, log)
    return restore({ ownerUrl: base.ownerUrl, file, log, ...(progress === undefined ? {} : { progress }) })
  })
}

/** Makes the roles and brings the schema to this program's version. Nothing may run on this home. */
export function migrateInstallation(it: Job): Promise<{ from: number; to: number }> {
  return withBase({ ...it, guest: false }, async (base) => {
    await makeRoles(base, it.log)
    return migrate({ ownerUrl: base.ownerUrl, log: it.log })
  })
}
