import { readdirSync, readFileSync } from 'node:fs'

/** Proportional memory of the program and its database, MiB. */
export function pss(home: string, pid: number): number {
  let kib = 0
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue
    try {
      const command = readFileSync(`/proc/${entry}/cmdline`, 'utf8')
      const mine = entry === String(pid) || command.includes(home) || parentIs(entry, home)
      if (!mine) continue
      const rollup = readFileSync(`/proc/${entry}/smaps_rollup`, 'utf8')
      kib += Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0)
    } catch {
      // A process that ended meanwhile.
    }
  }
  return Math.round(kib / 1_024)
}

/** Back ends of the embedded server carry another command line; their parent carries the folder. */
function parentIs(pid: string, home: string): boolean {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const parent = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] ?? ''
  return readFileSync(`/proc/${parent}/cmdline`, 'utf8').includes(home)
}
