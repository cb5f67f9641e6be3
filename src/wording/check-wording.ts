import { wordingRules } from '../catalogue/index.ts'
import { findClaims } from './find-claims.ts'
import { oneWriting } from './one-writing.ts'
import { sentencesOf } from './sentence.ts'
import { suggestionFor } from './suggestion.ts'

/** A place in a text that claims more than a self-declaration may. */
export type WordingHit = {
  /** Where it begins in the text as given, in UTF-16 units. */
  readonly at: number
  readonly length: number
  /** The words as they stand there. */
  readonly words: string
  /** What may be written instead. */
  readonly suggestion: string
}

/**
 * Every place that says of SECURITY ACTION, or of the Information-technology Promotion Agency, that it certified or that
 * stars were obtained (security-action.md 8; set `wording` of the catalogue). In time linear in the text.
 * @param lang language of the suggestions; absent = that of the words found
 */
export function checkWording(text: string, lang?: 'ja' | 'en'): readonly WordingHit[] {
  const rules = wordingRules()
  const written = oneWriting(text)
  return sentencesOf(written.text).flatMap((sentence) => {
    const flat = sentence.text.replaceAll('\n', ' ')
    const spans = [...findClaims(flat, 'ja'), ...findClaims(flat, 'en')].sort((a, b) => a.from - b.from)
    return merged(spans).map(({ from, to }) => {
      const at = written.places[sentence.at + from] ?? 0
      const end = written.places[sentence.at + to] ?? text.length
      const words = text.slice(at, end).trimEnd()
      const suggestion = suggestionFor({ rules, words: flat.slice(from, to), sentence: flat, lang })
      return { at, length: words.length, words, suggestion }
    })
  })
}

type Span = { readonly from: number; readonly to: number }

/** Claims that touch the same words are one place. */
function merged(spans: readonly Span[]): Span[] {
  const whole: Span[] = []
  for (const span of spans) {
    const last = whole.at(-1)
    if (last !== undefined && span.from <= last.to)
      whole[whole.length - 1] = { from: last.from, to: Math.max(last.to, span.to) }
    else whole.push(span)
  }
  return whole
}
