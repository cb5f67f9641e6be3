import { chmodSync, mkdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fault } from '../../base/fault.ts'
import { type Account, barrier, makeParents, mayPass, nobody } from './account.ts'

/** The PostgreSQL that the embedded package brings; part of the name of the data folder. */
const major = '18'

/** Where the cluster of a home lies; a newer major version would begin beside it. */
export function dataFolder(home: string): string {
  return join(home, `postgres-${major}`)
}

/** Where the parts of a home folder lie. */
export type Place = {
  readonly home: string
  /** The PostgreSQL cluster. */
  readonly data: string
  readonly portFile: string
  readonly logFile: string
  /** The account PostgreSQL runs under, when it is not ours. */
  readonly account: Account | undefined
}

function accountFor(data: string): Account | undefined {
  const me = process.getuid?.()
  const kept = statSync(data, { throwIfNoEntry: false })
  if (me === undefined) return undefined
  if (me === 0) {
    // Data that a person's own account began stay that account's, also when root starts the program once.
    return kept && kept.uid !== 0 ? { uid: kept.uid, gid: kept.gid } : { uid: nobody, gid: nobody }
  }
  if (kept && kept.uid !== me) {
    throw fault('HOME_UNREACHABLE', { folder: data, belongsTo: `user ${kept.uid}`, we: `user ${me}` })
  }
  return undefined
}

/**
 * Makes the home folder and finds the account for its database. Data never move: where that account cannot pass, this
 * says which folder keeps it out.
 */
export function prepareHome(home: string): Place {
  makeParents(dirname(home))
  mkdirSync(home, { recursive: true, mode: 0o700 })
  const data = dataFolder(home)
  const account = accountFor(data)
  if (account !== undefined) {
    const about = statSync(home)
    // The account passes through to its own folder; it cannot list the home nor read the secret in it.
    if (!mayPass(home, account) && about.uid === 0) chmodSync(home, (about.mode & 0o777) | 0o011)
    const at = barrier(home, account)
    if (at !== undefined) {
      throw fault('HOME_UNREACHABLE', {
        home,
        folder: at,
        account: `user ${account.uid}`,
        try: '/var/lib/mimamori',
      })
    }
  }
  return { home, data, account, portFile: join(home, 'postgres.port'), logFile: join(home, 'postgres.log') }
}
