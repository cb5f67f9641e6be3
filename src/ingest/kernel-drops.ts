import { readFile } from 'node:fs/promises'

/**
 * Datagrams that the kernel threw away because nobody read them in time, of all sockets on a port, from the text of
 * /proc/net/udp or udp6: the local port is hexadecimal in the second column, `drops` is the last one.
 */
export function dropsIn(table: string, port: number): number {
  const wanted = port.toString(16).toUpperCase().padStart(4, '0')
  let drops = 0
  for (const row of table.split('\n')) {
    const columns = row.trim().split(/\s+/)
    if (columns[1]?.split(':')[1] !== wanted) continue
    const last = Number(columns.at(-1))
    if (Number.isSafeInteger(last)) drops += last
  }
  return drops
}

/** The kernel's count on this machine; undefined where it does not tell (not Linux). */
export async function kernelDrops(port: number): Promise<number | undefined> {
  const tables = await Promise.all(
    ['/proc/net/udp', '/proc/net/udp6'].map((file) => readFile(file, 'utf8').catch(() => undefined)),
  )
  if (tables.every((table) => table === undefined)) return undefined
  return tables.reduce((sum, table) => sum + dropsIn(table ?? '', port), 0)
}
