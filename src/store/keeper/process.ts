import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'

/** Looks at processes of this machine. On Linux through /proc; elsewhere through `ps`, which knows less. */
const linux = process.platform === 'linux'

function fromPs(pid: number, column: string): string | undefined {
  try {
    const args = ['-ww', '-o', `${column}=`, '-p', String(pid)]
    return execFileSync('ps', args, { encoding: 'utf8', stdio: 'pipe' }).trim() || undefined
  } catch {
    return undefined
  }
}

/** The fields of /proc/PID/stat after the name, which may itself hold spaces and brackets. */
function stat(pid: number): readonly string[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1')
    return text.slice(text.lastIndexOf(')') + 2).split(' ')
  } catch {
    return undefined
  }
}

/** Whether a process runs under this number; one that has ended and was not yet collected does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (thrown) {
    if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'EPERM')) return false
  }
  return !(linux && stat(pid)?.[0] === 'Z')
}

/**
 * What tells this process from a later one with the same number: boot and start time. Undefined when it does not run.
 */
export function identityOf(pid: number): string | undefined {
  if (!isAlive(pid)) return undefined
  if (!linux) return fromPs(pid, 'lstart') ?? 'unknown'
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  return `${boot} ${stat(pid)?.[19] ?? 'unknown'}`
}

/** The command line; one single string where the system keeps no list. Empty when unknown. */
export function commandOf(pid: number): readonly string[] {
  if (!linux) {
    const line = fromPs(pid, 'command')
    return line === undefined ? [] : [line]
  }
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(0, -1)
  } catch {
    return []
  }
}

/** Processes whose working folder is `folder` (a real path): all processes of a PostgreSQL cluster. Linux only. */
export function processesIn(folder: string): readonly number[] {
  if (!linux) return []
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return pid !== process.pid && readlinkSync(`/proc/${pid}/cwd`) === folder
      } catch {
        return false
      }
    })
}

/** Sends a signal; a process that is gone already is fine. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (thrown) {
    if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'ESRCH')) throw thrown
  }
}

/** Waits until none of these processes runs; false when `limit` milliseconds have passed before. */
export async function haveEnded(pids: readonly number[], limit: number): Promise<boolean> {
  const until = performance.now() + limit
  while (pids.some(isAlive)) {
    if (performance.now() > until) return false
    await pause(10)
  }
  return true
}
