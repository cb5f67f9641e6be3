import { industryName } from '../base/industry.ts'
import { prefectureName } from '../base/prefecture.ts'
import { isoJst, type Instant } from '../base/time.ts'
import type { Entry, EntryEvent, Registry } from './entry.ts'

type Shown = string | boolean | null

/** The public fields by name, in the order of the file. */
const fields: readonly (readonly [name: string, of: (entry: Entry, baseUrl: string) => Shown | undefined])[] =
  [
    ['number', (entry) => entry.number],
    ['name', (entry) => entry.name],
    ['name_kana', (entry) => entry.nameKana],
    ['corporate_number', (entry) => entry.corporateNumber],
    ['sole_proprietor', (entry) => entry.soleProprietor],
    ['prefecture', (entry) => entry.prefecture],
    ['prefecture_name', (entry) => prefectureName(entry.prefecture, 'ja')],
    ['town', (entry) => entry.town],
    ['industry', (entry) => entry.industry],
    ['industry_name', (entry) => entry.industry && industryName(entry.industry, 'ja')],
    ['level', (entry) => entry.level],
    ['pledge_edition', (entry) => entry.pledgeEdition],
    ['declared_on', (entry) => entry.declaredOn],
    ['self_check_on', (entry) => entry.selfCheckOn],
    ['policy_url', (entry) => entry.policyUrl],
    ['status', (entry) => entry.status],
    ['status_since', (entry) => isoJst(entry.statusSince)],
    ['replaces', (entry) => entry.replaces],
    ['replaced_by', (entry) => entry.replacedBy],
    ['updated_at', (entry) => isoJst(entry.updatedAt)],
    ['url', (entry, baseUrl) => `${baseUrl}/registry/entries/${entry.number}`],
  ]

export const entryFields: readonly string[] = fields.map(([name]) => name)

/** An entry as programs get it, field by field: nothing else ever leaves by the interface, the files or the checks. */
export function showEntry(entry: Entry, baseUrl: string): Record<string, Shown> {
  return Object.fromEntries(fields.map(([name, of]) => [name, of(entry, baseUrl) ?? null]))
}

/** The same as cells of the file. */
export function entryCells(entry: Entry, baseUrl: string): (Shown | undefined)[] {
  return fields.map(([, of]) => of(entry, baseUrl))
}

export function showEvent(event: EntryEvent): Record<string, string | null> {
  return {
    kind: event.kind,
    at: isoJst(event.at),
    by: event.by,
    level: event.level,
    reason: event.reason ?? null,
  }
}

/** What stands at the head of every answer: whose register, under which licence, as of when. */
export function showHead(registry: Registry, now: Instant): Record<string, unknown> {
  return {
    registry: {
      code: registry.code,
      name: registry.name,
      name_en: registry.nameEn,
      contact: registry.contact,
    },
    licence: { name: registry.dataLicence, url: registry.dataLicenceUrl ?? null },
    as_of: isoJst(now),
    note: 'Self-declarations of the firms themselves; nobody certifies them. 各社による自己宣言です。',
  }
}

/**
 * One cell of a CSV file. What a spreadsheet would take for a formula gets an apostrophe in front, also in full width, which
 * Japanese spreadsheets read the same.
 */
export function csvCell(value: string | number | boolean | null | undefined): string {
  const text = value === null || value === undefined ? '' : String(value)
  const safe = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/u.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** One line of a CSV file, with the line end of RFC 4180. */
export function csvLine(cells: readonly (string | number | boolean | null | undefined)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}
