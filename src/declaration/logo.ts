import { createHash } from 'node:crypto'
import { record } from '../access/index.ts'
import type { Instant } from '../base/time.ts'
import { moment, type Tx } from '../store/index.ts'
import { type By, declaring } from './by.ts'

export const logoBytes = 1_048_576
export type LogoType = 'image/png' | 'image/jpeg' | 'application/pdf'

/** The mark file that a company got from IPA, kept for itself alone. */
export type Logo = {
  readonly name: string
  readonly type: LogoType
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly sha256: string
  readonly keptAt: Instant
}

const magics: readonly [LogoType, readonly number[]][] = [
  ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['application/pdf', [0x25, 0x50, 0x44, 0x46, 0x2d]],
]

/** What a file is by its first bytes, whatever its name says; SVG and everything else is refused (it can hold scripts). */
export function logoType(bytes: Uint8Array): LogoType | undefined {
  return magics.find(([, magic]) => magic.every((byte, at) => bytes[at] === byte))?.[0]
}

/** A name that may be shown and offered again: without folders, and not longer than 120 characters. */
export function logoName(given: string): string {
  const last = given.normalize('NFC').split(/[\\/]/).at(-1) ?? ''
  const clean = last.replace(/[\u0000-\u001f\u007f]/g, '').trim()
  return clean === '' ? 'mark' : [...clean].slice(-120).join('')
}

/**
 * Keeps the file of the company's mark in place of the one before.
 * Fault: NOT_FOUND for anybody but the owner. `false` where the file is none of the three kinds or too large.
 */
export async function keepLogo(
  tx: Tx,
  by: By,
  file: { readonly name: string; readonly bytes: Uint8Array },
): Promise<boolean> {
  const company = declaring(by)
  const type = logoType(file.bytes)
  if (type === undefined || file.bytes.length > logoBytes) return false
  const sha256 = createHash('sha256').update(file.bytes).digest('hex')
  await tx.run(
    `insert into declaration_logo (company_id, name, media_type, bytes, sha256, kept_at, kept_by)
     values ($1, $2, $3, $4, $5, $6::timestamptz, $7)
     on conflict (company_id) do update set name = excluded.name, media_type = excluded.media_type, bytes = excluded.bytes,
       sha256 = excluded.sha256, kept_at = excluded.kept_at, kept_by = excluded.kept_by`,
    [company, logoName(file.name), type, Buffer.from(file.bytes), sha256, moment(by.now), by.actor.person],
  )
  await record(tx, by.actor, {
    organisation: company,
    act: 'logo.kept',
    subject: company,
    detail: { sha256, type },
  })
  return true
}

/** Takes the file away. Fault: NOT_FOUND for anybody but the owner. */
export async function dropLogo(tx: Tx, by: By): Promise<void> {
  const company = declaring(by)
  const gone = await tx.run('delete from declaration_logo where company_id = $1', [company])
  if (gone > 0) await record(tx, by.actor, { organisation: company, act: 'logo.dropped', subject: company })
}

/** What is known of the file, without its bytes. */
export async function logoOf(tx: Tx, company: string): Promise<Omit<Logo, 'bytes'> | undefined> {
  return tx.one(
    `select name, media_type as type, sha256, kept_at as "keptAt" from declaration_logo where company_id = $1`,
    [company],
  )
}

/** The file itself. */
export async function readLogo(tx: Tx, company: string): Promise<Logo | undefined> {
  const row = await tx.one<Omit<Logo, 'bytes'> & { readonly bytes: Buffer }>(
    `select name, media_type as type, bytes, sha256, kept_at as "keptAt" from declaration_logo where company_id = $1`,
    [company],
  )
  return row && { ...row, bytes: new Uint8Array(row.bytes) }
}
