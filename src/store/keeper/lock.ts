import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { identityOf } from './process.ts'

type Holder = { readonly pid: number; readonly identity: string }

/** A lock that is ours until `release`, or the number of the live process that has it. */
export type Lock = { readonly release: () => void } | { readonly heldBy: number }

function read(file: string): Holder | undefined {
  try {
    const holder: unknown = JSON.parse(readFileSync(file, 'utf8'))
    const known = typeof holder === 'object' && holder !== null && 'pid' in holder && 'identity' in holder
    if (!known || typeof holder.pid !== 'number' || typeof holder.identity !== 'string') return undefined
    return { pid: holder.pid, identity: holder.identity }
  } catch {
    return undefined
  }
}

function lives(holder: Holder | undefined): holder is Holder {
  return holder !== undefined && identityOf(holder.pid) === holder.identity
}

/**
 * Takes the lock file of a home folder. The file appears whole or not at all (made aside, then linked), and one that a
 * killed process left is told by that process's start time, so a later process with the same number is no holder.
 */
export function takeLock(home: string): Lock {
  const file = join(home, 'lock')
  const aside = `${file}.${process.pid}`
  const mine: Holder = { pid: process.pid, identity: identityOf(process.pid) ?? '' }
  for (let tries = 0; tries < 5; tries += 1) {
    writeFileSync(aside, JSON.stringify(mine), { mode: 0o644 })
    try {
      linkSync(aside, file)
      return { release: () => release(file, mine) }
    } catch (thrown) {
      if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'EEXIST')) throw thrown
    } finally {
      rmSync(aside, { force: true })
    }
    const holder = read(file)
    if (lives(holder)) return { heldBy: holder.pid }
    clear(file)
  }
  return { heldBy: read(file)?.pid ?? 0 }
}

/** Removes a stale lock; puts it back when in the meantime somebody else took it. */
function clear(file: string): void {
  const away = `${file}.stale.${process.pid}`
  try {
    renameSync(file, away)
    if (lives(read(away))) linkSync(away, file)
  } catch {
    // Another start was quicker; the next try sees whose it is.
  } finally {
    rmSync(away, { force: true })
  }
}

function release(file: string, mine: Holder): void {
  const holder = read(file)
  if (holder?.pid === mine.pid && holder.identity === mine.identity) rmSync(file, { force: true })
}

/** The live process that holds the lock of a home folder. */
export function lockHolder(home: string): number | undefined {
  const holder = read(join(home, 'lock'))
  return lives(holder) ? holder.pid : undefined
}
