import { evidenceFacts } from '../catalogue/index.ts'
import { type Instant, jst } from '../base/time.ts'
import type { Counts } from './counts.ts'

/**
 * The signal's sentence of the catalogue in one language; only `{total}`, `{ok}`, `{bad}` and `{as_of}` are filled in, the
 * last as a date in Japan. Empty for a signal that the catalogue does not know.
 */
export function sayEvidence(lang: 'ja' | 'en', counts: Counts): string {
  const sentence = evidenceFacts().signals.get(counts.signal)?.[lang] ?? ''
  return sentence.replace(/\{(total|ok|bad|as_of)\}/g, (_, name: string) =>
    name === 'as_of' ? dateWords(lang, counts.asOf) : countOf(counts, name),
  )
}

function countOf(counts: Counts, name: string): string {
  return String(name === 'total' ? counts.total : name === 'ok' ? counts.ok : counts.bad)
}

const months = 'January February March April May June July August September October November December'.split(
  ' ',
)

function dateWords(lang: 'ja' | 'en', at: Instant): string {
  const p = jst(at)
  return lang === 'ja'
    ? `${p.year}年${p.month}月${p.day}日`
    : `${p.day} ${months[p.month - 1] ?? ''} ${p.year}`
}
