import { spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fault } from '../../base/fault.ts'
import type { Place } from './place.ts'
import type { Program } from './program.ts'

/** The superuser of an embedded cluster; only the keeper and the making of roles use it. */
export const superuser = 'postgres'

// ICU with ja for order and case; a character type other than C, or nothing Japanese is ever found by its parts.
const locale = process.platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8'

/**
 * Makes the cluster if there is none. It is made aside and renamed, so that one whose making was interrupted never looks
 * finished; what stands in its place already is never touched. Takes about a second.
 */
export function makeCluster(place: Place, program: Program, password: string): boolean {
  if (existsSync(join(place.data, 'PG_VERSION'))) return false
  if (existsSync(place.data)) {
    throw fault('DATABASE_START', { folder: place.data, cause: 'it is there, but is no PostgreSQL cluster' })
  }
  const part = `${place.data}.part`
  const passwordFile = join(place.home, 'initdb-password.part')
  rmSync(part, { recursive: true, force: true })
  rmSync(passwordFile, { force: true })
  try {
    mkdirSync(part, { mode: 0o700 })
    writeFileSync(passwordFile, `${password}\n`, { mode: 0o600, flag: 'wx' })
    if (place.account !== undefined) {
      chownSync(part, place.account.uid, place.account.gid)
      chownSync(passwordFile, place.account.uid, place.account.gid)
    }
    initdb({ place, program, part, passwordFile })
    renameSync(part, place.data)
    return true
  } finally {
    rmSync(passwordFile, { force: true })
    rmSync(part, { recursive: true, force: true })
  }
}

function initdb(it: { place: Place; program: Program; part: string; passwordFile: string }): void {
  const args = [
    `--pgdata=${it.part}`,
    `--username=${superuser}`,
    `--pwfile=${it.passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    `--locale=${locale}`,
    '--locale-provider=icu',
    '--icu-locale=ja',
    '--no-instructions',
  ]
  const done = spawnSync(it.program.initdb, args, {
    cwd: '/',
    encoding: 'utf8',
    env: databaseEnvironment(),
    ...it.place.account,
  })
  if (done.status === 0) return
  const cause = done.error?.message ?? `${done.stderr}${done.stdout}`.trim().slice(-600)
  throw fault('DATABASE_START', { program: it.program.initdb, cause })
}

/** PostgreSQL gets none of our environment: PGDATA, LANG or a preloaded library of the caller must not change it. */
export function databaseEnvironment(): NodeJS.ProcessEnv {
  const kept = ['PATH', 'SystemRoot', 'TEMP', 'TMP']
  return Object.fromEntries(kept.map((name) => [name, process.env[name]]))
}
