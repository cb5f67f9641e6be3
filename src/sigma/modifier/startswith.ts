import { openEnd } from '../pattern.ts'
import { partsOf } from '../value.ts'
import { eachValue, type Modifier } from './modifier.ts'
import { reshaped } from './reshaped.ts'

/** The field begins with the value: `v*`. After `re` the search is anchored at the start. */
export const startswith: Modifier = (draft, word) =>
  eachValue(draft, (value) => {
    if (value.kind === 'test') return [reshaped(value.test, 'startswith', draft.path)]
    return [{ kind: 'text', raw: '', parts: openEnd(partsOf(value, word, draft.path)) }]
  })
