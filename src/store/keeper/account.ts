import { chmodSync, mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/** The account under which PostgreSQL runs when we are root, which it refuses. Exists everywhere as `nobody`. */
export const nobody = 65534

/** The account of a process, where it is not our own. */
export type Account = { readonly uid: number; readonly gid: number }

/** Whether an account may pass through `folder`, by its mode (access lists are not read). */
export function mayPass(folder: string, account: Account): boolean {
  const about = statSync(folder)
  if (about.uid === account.uid) return (about.mode & 0o100) !== 0
  if (about.gid === account.gid) return (about.mode & 0o010) !== 0
  return (about.mode & 0o001) !== 0
}

/** The first folder on the way from `/` to `folder` that keeps the account out. */
export function barrier(folder: string, account: Account): string | undefined {
  const above = dirname(folder) === folder ? undefined : barrier(dirname(folder), account)
  return above ?? (mayPass(folder, account) ? undefined : folder)
}

/** Makes a folder and those above it so that everybody may pass, whatever the umask; those that exist stay as they are. */
export function makeParents(folder: string): void {
  const first = mkdirSync(folder, { recursive: true, mode: 0o755 })
  if (first === undefined) return
  for (let at = folder; at.length >= first.length; at = dirname(at)) chmodSync(at, 0o755)
}
