import { refuse } from '../problem.ts'
import type { Part } from '../pattern.ts'
import { eachValue, type Modifier } from './modifier.ts'

/** Windows tools take any of these for a switch. */
const dashes = ['-', '/', '\u2013', '\u2014', '\u2015']
const dash = /\B[-/]\b/g
/** 5 to the power of 4 alternatives. */
const mostDashes = 4

function formsOfText(text: string): string[] {
  let forms = ['']
  let from = 0
  for (const found of text.matchAll(dash)) {
    const between = text.slice(from, found.index)
    forms = forms.flatMap((form) => dashes.map((form2) => form + between + form2))
    from = found.index + 1
  }
  return forms.map((form) => form + text.slice(from))
}

/** Every `-` or `/` at the start of a word becomes each of the five dash forms; several give all combinations. */
export const windash: Modifier = (draft) =>
  eachValue(draft, (value) => {
    if (value.kind !== 'text') return refuse(`\`windash\` takes texts, not a ${value.kind}`, draft.path)
    const count = value.parts.reduce(
      (sum, part) => sum + (typeof part === 'string' ? [...part.matchAll(dash)].length : 0),
      0,
    )
    if (count > mostDashes) refuse(`\`windash\` takes at most ${mostDashes} dashes in a value`, draft.path)
    let forms: (readonly Part[])[] = [[]]
    for (const part of value.parts) {
      const next: readonly Part[] = typeof part === 'string' ? formsOfText(part) : [part]
      forms = forms.flatMap((form) => next.map((piece) => [...form, piece]))
    }
    return forms.map((parts) => ({ kind: 'text', raw: '', parts }))
  })
