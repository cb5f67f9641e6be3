import { refuse } from '../problem.ts'
import { readRegex } from '../regex.ts'
import { eachValue, type Modifier, mustComeFirst } from './modifier.ts'

/** A regular expression, searched for anywhere, case-sensitive. The flags `i`, `m`, `s` may follow. */
export const re: Modifier = (draft, word) => {
  mustComeFirst(draft, word)
  return eachValue(draft, (value) => {
    if (value.kind !== 'text') return refuse('`re` takes a text', draft.path)
    return [{ kind: 'test', test: readRegex(value.raw, '', draft.path) }]
  })
}
