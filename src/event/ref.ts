/** Where one kept line is: the day in Japan (`YYYY-MM-DD`), its batch, its place in the batch from 1. */
export type EventPlace = { readonly day: string; readonly batchNo: number; readonly line: number }

/** The name of a line on pages and in links: `YYYYMMDD-batch-line`. */
export function eventRef(day: string, batchNo: number, line: number): string {
  return `${day.replaceAll('-', '')}-${batchNo}-${line}`
}

const shape = /^(\d{4})(\d\d)(\d\d)-([1-9]\d{0,14})-([1-9]\d{0,8})$/

/** Reads the name of a line; undefined for anything that `eventRef` does not write. */
export function parseEventRef(text: string): EventPlace | undefined {
  const found = shape.exec(text)
  if (!found) return undefined
  const [, year, month, date, batch, line] = found
  const day = `${year}-${month}-${date}`
  const at = new Date(`${day}T00:00:00Z`)
  if (Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== day) return undefined
  return { day, batchNo: Number(batch), line: Number(line) }
}
