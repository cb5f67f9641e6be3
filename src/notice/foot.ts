import type { Instant } from '../base/time.ts'
import { type Lang, noticeCatalogue } from './catalogue.ts'
import { sayUntil } from './say-time.ts'

/** What the fixed lines under a notice are made of. */
export type Footed = {
  /** `4817-3302-2`. */
  readonly number: string
  readonly nextContactAt: Instant | null
  readonly handedAt: Instant | null
  readonly staff: string | null
}

/**
 * The fixed lines under a notice, in the catalogue's order. A line without its value is left out; the agreed phrase is left
 * out always: neither a mail nor a page that a mail leads to may carry it (rule phrase).
 */
export function footLines(
  notice: Footed,
  reader: { readonly lang: Lang; readonly by: 'mail' | 'portal' },
): { readonly id: string; readonly text: string }[] {
  const next = notice.nextContactAt
  const values: Readonly<Record<string, string | null>> = {
    noticeNumber: notice.number,
    nextContact: next === null ? null : sayUntil(next, notice.handedAt ?? next, reader.lang),
    staff: notice.staff === '' ? null : notice.staff,
  }
  return noticeCatalogue().foot.flatMap((line) => {
    if (line.only !== undefined) return []
    const names = [...line[reader.lang].matchAll(/\{(\w+)\}/g)].flatMap((found) => found[1] ?? [])
    if (names.some((name) => values[name] == null)) return []
    return [
      { id: line.id, text: line[reader.lang].replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '') },
    ]
  })
}
