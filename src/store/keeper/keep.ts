import { realpathSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { fault, isFault } from '../../base/fault.ts'
import type { Log } from '../log.ts'
import { connect } from '../pool.ts'
import { passwordOf, secretOf } from '../secret.ts'
import { makeCluster, superuser } from './cluster.ts'
import { takeLock } from './lock.ts'
import { type Place, prepareHome } from './place.ts'
import { choosePort } from './port.ts'
import { isAlive } from './process.ts'
import { findProgram, type Program } from './program.ts'
import { clearFolder, findServer, type Server, serverArguments, startServer, stopServer } from './server.ts'

export type KeeperOptions = {
  readonly home: string
  readonly log: Log
  /** A fixed port; otherwise the kernel gives one, and the home keeps it. */
  readonly port?: number
  /** Use the database of a Mimamori that runs on this home already, instead of refusing. */
  readonly guest?: boolean
  /** Without safety against power loss, for tests only. */
  readonly fast?: boolean
}

export type Keeper = {
  /** Signs in as the superuser to the database `postgres`. Holds a password: never log it. */
  readonly superuserUrl: string
  /** Whether the server ran already and was taken over. */
  readonly attached: boolean
  /** The process of the server at this moment; it changes when the server had to be started again. */
  pid(): number
  /** Stops the server and frees the home. A guest leaves it running. */
  stop(): Promise<void>
}

type House = { readonly place: Place; readonly program: Program; readonly options: KeeperOptions }

function urlOf(home: string, port: number): string {
  return `postgres://${superuser}:${passwordOf(secretOf(home), superuser)}@127.0.0.1:${port}/postgres`
}

const endOthers = `select pg_terminate_backend(pid) from pg_stat_activity
  where backend_type = 'client backend' and pid <> pg_backend_pid()`

async function answers(url: string, log: Log): Promise<boolean> {
  try {
    const client = await connect({ url, log })
    await client.query(endOthers)
    await client.end()
    return true
  } catch {
    return false
  }
}

/** Takes over a server that runs exactly as we would start it; its connections, of a program that is dead, are ended. */
async function takeOver(house: House): Promise<Server | undefined> {
  const { place, program, options } = house
  const found = findServer(place.data)
  if (found === undefined || !found.ready) return undefined
  if (options.port !== undefined && options.port !== found.port) return undefined
  const wanted = [program.postgres, ...serverArguments(place, found.port, options.fast === true)]
  const same =
    found.command.length === wanted.length && found.command.every((part, at) => part === wanted[at])
  if (!same || !(await answers(urlOf(place.home, found.port), options.log))) return undefined
  options.log.info({ pid: found.pid }, 'took over the database that was left running')
  return { pid: found.pid, port: found.port }
}

async function startAnew(house: House, port: number): Promise<Server> {
  const { place, program, options } = house
  const ended = await clearFolder(place.data)
  if (ended > 0) options.log.warn({ processes: ended }, 'ended processes left from a killed database')
  return startServer({ place, program, port, args: serverArguments(place, port, options.fast === true) })
}

/** The port may be taken between our asking and the server's listening; then another one is tried. */
async function start(house: House): Promise<Server> {
  for (let tries = 1; ; tries += 1) {
    const port = await choosePort(house.place.portFile, house.options.port)
    try {
      return await startAnew(house, port)
    } catch (thrown) {
      const taken =
        isFault(thrown) && /could not bind|Address already in use/.test(JSON.stringify(thrown.details))
      if (!taken || tries === 3) throw thrown
    }
  }
}

/** Settles when the server has ended; does not keep the program alive. */
async function gone(server: Server): Promise<void> {
  const child = server.child
  if (child === undefined) {
    while (isAlive(server.pid)) await pause(500, undefined, { ref: false })
  } else if (child.exitCode === null && child.signalCode === null) {
    await new Promise((resolve) => child.once('exit', resolve))
  }
}

/** Starts the server again, at the same port, whenever it ends without having been asked to. */
function watchOver(house: House, first: Server): { now: () => Server; stop: () => Promise<void> } {
  const { log } = house.options
  let server = first
  let stopping = false
  let restart: Promise<void> = Promise.resolve()
  const again = async (): Promise<void> => {
    for (let wait = 100; !stopping; wait = Math.min(wait * 2, 10_000)) {
      log.error({ pid: server.pid }, 'the database ended by itself; starting it again')
      try {
        server = await startAnew(house, server.port)
        return
      } catch (thrown) {
        log.error({ cause: String(thrown) }, 'the database did not start again')
        await pause(wait)
      }
    }
  }
  const watch = async (): Promise<void> => {
    while (!stopping) {
      await gone(server)
      if (stopping) return
      restart = again()
      await restart
    }
  }
  void watch()
  const stop = async (): Promise<void> => {
    stopping = true
    await restart
    await stopServer(server)
  }
  return { now: () => server, stop }
}

async function visit(options: KeeperOptions, holder: number): Promise<Keeper> {
  const place = prepareHome(options.home)
  for (let tries = 0; tries < 100; tries += 1) {
    const found = findServer(place.data)
    if (found?.ready === true) {
      const superuserUrl = urlOf(options.home, found.port)
      return { superuserUrl, attached: true, pid: () => found.pid, stop: () => Promise.resolve() }
    }
    await pause(100)
  }
  throw fault('DATABASE_START', {
    cause: `process ${holder} holds ${options.home}, but its database is not ready`,
  })
}

/**
 * Keeps the embedded PostgreSQL of a home folder: makes it on the first start, finds one that a killed program left, ends
 * what stands in the way, and starts it again should it die. Ready within a second where nothing must be recovered.
 *
 * Throws HOME_IN_USE when another live program keeps it, HOME_UNREACHABLE, or DATABASE_START with the cause.
 */
export async function keepDatabase(asked: KeeperOptions): Promise<Keeper> {
  const place = prepareHome(asked.home)
  // The server's command line names the real path; so must we, to know it again.
  const home = realpathSync(place.home)
  const options = { ...asked, home }
  const lock = takeLock(home)
  if ('heldBy' in lock) {
    if (options.guest === true) return visit(options, lock.heldBy)
    throw fault('HOME_IN_USE', { home, pid: lock.heldBy })
  }
  try {
    const house: House = {
      place: prepareHome(home),
      program: await findProgram(home, place.account, options.log),
      options,
    }
    makeCluster(house.place, house.program, passwordOf(secretOf(home), superuser))
    const left = await takeOver(house)
    const first = left ?? (await start(house))
    const watched = watchOver(house, first)
    const stop = async (): Promise<void> => {
      await watched.stop()
      lock.release()
    }
    return {
      superuserUrl: urlOf(home, first.port),
      attached: left !== undefined,
      pid: () => watched.now().pid,
      stop,
    }
  } catch (thrown) {
    lock.release()
    throw thrown
  }
}
