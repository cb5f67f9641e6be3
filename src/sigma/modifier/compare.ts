import type { Comparison } from '../node.ts'
import { refuse } from '../problem.ts'
import { eachValue, type Modifier, mustComeFirst } from './modifier.ts'

/** What `lt`, `lte`, `gt` and `gte` share: one number; an event text that is no finite number never matches. */
export function compare(comparison: Comparison): Modifier {
  return (draft, word) => {
    mustComeFirst(draft, word)
    return eachValue(draft, (value) => {
      if (value.kind !== 'number') return refuse(`\`${word}\` takes numbers`, draft.path)
      return [{ kind: 'test', test: { kind: 'number', compare: comparison, than: value.text } }]
    })
  }
}
