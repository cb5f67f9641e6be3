import { openStart } from '../pattern.ts'
import { partsOf } from '../value.ts'
import { eachValue, type Modifier } from './modifier.ts'
import { reshaped } from './reshaped.ts'

/** The field ends with the value: `*v`. After `re` the search is anchored at the end. */
export const endswith: Modifier = (draft, word) =>
  eachValue(draft, (value) => {
    if (value.kind === 'test') return [reshaped(value.test, 'endswith', draft.path)]
    return [{ kind: 'text', raw: '', parts: openStart(partsOf(value, word, draft.path)) }]
  })
