import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fault } from '../../base/fault.ts'
import { databaseEnvironment } from './cluster.ts'
import type { Place } from './place.ts'
import { commandOf, haveEnded, isAlive, processesIn, signal } from './process.ts'
import type { Program } from './program.ts'

/** What `postmaster.pid` says. */
export type PidFile = { readonly pid: number; readonly port: number; readonly ready: boolean }

/** A server that runs, ours or taken over. */
export type Server = { readonly pid: number; readonly port: number; readonly child?: ChildProcess }

export function readPidFile(data: string): PidFile | undefined {
  try {
    const lines = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')
    return { pid: Number(lines[0]), port: Number(lines[3] ?? 0), ready: lines[7]?.trim() === 'ready' }
  } catch {
    return undefined
  }
}

/** Everything the server is told, on its command line: what runs is what this program says, not an edited file. */
export function serverArguments(place: Place, port: number, fast: boolean): readonly string[] {
  const settings: Readonly<Record<string, string | number>> = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    max_connections: fast ? 300 : 100,
    shared_buffers: fast ? '64MB' : '192MB',
    // A crash replays at most this much: a few seconds.
    max_wal_size: fast ? '1GB' : '512MB',
    // Nobody replicates from an embedded server.
    wal_level: 'minimal',
    max_wal_senders: 0,
    max_logical_replication_workers: 0,
    log_checkpoints: 'off',
    // Work for a client that was killed ends soon.
    client_connection_check_interval: '2s',
    jit: 'off',
    log_min_messages: 'warning',
    log_line_prefix: '%m [%p] %u@%d ',
    ...(fast ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', autovacuum: 'off' } : {}),
  }
  return [
    '-D',
    place.data,
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ]
}

/** Whether this process is the server of this folder. The number in the pid file alone may be anybody's by now. */
function serves(pid: number, data: string): boolean {
  return (
    isAlive(pid) &&
    commandOf(pid).some((part) => part === data || (part.includes(data) && part.includes('-D')))
  )
}

/** The server that still runs on this folder, e.g. after the program was killed. */
export function findServer(data: string): (PidFile & { readonly command: readonly string[] }) | undefined {
  const file = readPidFile(data)
  if (file === undefined || !serves(file.pid, data)) return undefined
  return { ...file, command: commandOf(file.pid) }
}

/**
 * Makes the folder free: no server, no process left from one that was killed (they would hold its shared memory and
 * keep the next from starting), no pid file that names a stranger.
 */
export async function clearFolder(data: string): Promise<number> {
  const server = findServer(data)
  if (server !== undefined) await stopServer(server)
  const left = processesIn(realpathSync(data))
  for (const pid of left) signal(pid, 'SIGQUIT')
  if (!(await haveEnded(left, 1_500))) {
    for (const pid of left) signal(pid, 'SIGKILL')
    await haveEnded(left, 5_000)
  }
  rmSync(join(data, 'postmaster.pid'), { force: true })
  return left.length
}

const logLimit = 10 * 1024 * 1024

function openLog(file: string): number {
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > logLimit) renameSync(file, `${file}.1`)
  return openSync(file, 'a', 0o600)
}

function tail(file: string, from: number): string {
  return readFileSync(file).subarray(from).toString('utf8').trim().slice(-800)
}

/**
 * Starts the server and waits until it is ready; crash recovery may take a while and is waited for. It gets a session of
 * its own, so that Ctrl-C in the terminal reaches us and not the database under us.
 */
export async function startServer(it: {
  readonly place: Place
  readonly program: Program
  readonly port: number
  readonly args: readonly string[]
}): Promise<Server> {
  const log = openLog(it.place.logFile)
  const from = statSync(it.place.logFile).size
  const child = spawn(it.program.postgres, it.args, {
    cwd: '/',
    detached: true,
    env: databaseEnvironment(),
    stdio: ['ignore', log, log],
    ...it.place.account,
  })
  closeSync(log)
  let failed: string | undefined
  child.once('error', (error) => (failed = error.message))
  child.once('exit', (code, name) => (failed ??= `ended with ${name ?? code}`))
  child.unref()
  for (;;) {
    if (failed !== undefined) {
      throw fault('DATABASE_START', { cause: failed, log: tail(it.place.logFile, from) })
    }
    const file = readPidFile(it.place.data)
    if (file?.ready === true && file.pid === child.pid) return { pid: file.pid, port: it.port, child }
    await pause(10)
  }
}

/** Stops a server the fast way: open transactions are rolled back, data are written, nothing needs recovery. */
export async function stopServer(server: { readonly pid: number }): Promise<void> {
  signal(server.pid, 'SIGINT')
  if (await haveEnded([server.pid], 60_000)) return
  signal(server.pid, 'SIGQUIT')
  if (await haveEnded([server.pid], 10_000)) return
  signal(server.pid, 'SIGKILL')
  await haveEnded([server.pid], 5_000)
}
