import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { fault } from '../base/fault.ts'
import type { Applied } from './migrate.ts'

/**
 * A backup is one gzip file. Inside: a line of JSON (`Header`); then for each table a line with its name, blocks of COPY
 * text each led by a line with its length (0 ends them), and a line with count and checksum (`TableEnd`); at last a line
 * (`Done`). A file without `Done` was cut off.
 */
export const format = 1

export type Partition = { readonly name: string; readonly bound: string; readonly from: string | null }

/** A table as it was: its columns in the order of the rows that follow, and its days. */
export type Table = {
  readonly table: { readonly schema: string; readonly name: string }
  readonly columns: readonly string[]
  readonly partitions: readonly Partition[]
}

export type Header = {
  readonly mimamori: 'backup'
  readonly format: number
  /** The edition of the program, for people. */
  readonly edition: string
  readonly server: string
  /** When, RFC 3339. */
  readonly at: string
  readonly schema: readonly Applied[]
  readonly tables: readonly Table[]
  /** About how many rows follow; for a progress bar. */
  readonly expected: number
}

export type TableStart = { readonly table: string }

export type TableEnd = { readonly end: string; readonly rows: number; readonly sha256: string }

export type SequenceState = {
  readonly schema: string
  readonly name: string
  readonly last: string
  readonly called: boolean
}

export type Done = {
  readonly done: true
  readonly rows: number
  readonly sequences: readonly SequenceState[]
}

export type Block = { readonly bytes: number }

/** Hears how far a backup or a restore has come, and is waited for. */
export type Progress = (at: {
  readonly table: string
  readonly rows: number
  readonly expected: number
}) => unknown

export function line(value: Header | TableStart | Block | TableEnd | Done): Buffer {
  return Buffer.from(`${JSON.stringify(value)}\n`)
}

// No line of ours comes near; a longer one means that this is no backup.
const longestLine = 16 * 1024 * 1024

export type Reader = {
  /** The next line as JSON, checked to have this key; undefined at the end of the file. */
  line(key: string): Promise<Record<string, unknown>>
  /** Exactly this many bytes. */
  bytes(count: number): Promise<Buffer>
  close(): void
}

function unreadable(cause: string): Error {
  return fault('BACKUP_UNREADABLE', { cause })
}

/** Opens a backup. Whatever is wrong with the file comes out as BACKUP_UNREADABLE. */
export function openBackup(file: string): Reader {
  const source = createReadStream(file)
  const gunzip = createGunzip()
  source.on('error', (error) => gunzip.destroy(error))
  // Whoever reads next is told; an error that comes while nobody reads must not end the program.
  gunzip.on('error', () => undefined)
  const chunks = source.pipe(gunzip)[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  let held: Buffer = Buffer.alloc(0)
  const more = async (): Promise<void> => {
    const next = await chunks.next().catch((error: Error) => Promise.reject(unreadable(error.message)))
    if (next.done === true) throw unreadable('the file ends too early')
    held = held.length === 0 ? next.value : Buffer.concat([held, next.value])
  }
  const take = (count: number): Buffer => {
    const taken = held.subarray(0, count)
    held = held.subarray(count)
    return taken
  }
  return {
    async line(key) {
      let end = held.indexOf(10)
      while (end < 0) {
        if (held.length > longestLine) throw unreadable('not a backup of Mimamori')
        await more()
        end = held.indexOf(10)
      }
      return parse(take(end + 1).toString('utf8'), key)
    },
    async bytes(count) {
      while (held.length < count) await more()
      return take(count)
    },
    close: () => {
      gunzip.destroy()
      source.destroy()
    },
  }
}

function parse(text: string, key: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && key in value) return value as Record<string, unknown>
  } catch {
    // Told below.
  }
  throw unreadable(`a line with "${key}" was expected`)
}
