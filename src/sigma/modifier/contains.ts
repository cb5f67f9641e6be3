import { openEnd, openStart } from '../pattern.ts'
import { partsOf } from '../value.ts'
import { eachValue, type Modifier } from './modifier.ts'
import { reshaped } from './reshaped.ts'

/** The value stands anywhere: `*v*`. After `re` nothing changes, a search is not anchored anyway. */
export const contains: Modifier = (draft, word) =>
  eachValue(draft, (value) => {
    if (value.kind === 'test') return [reshaped(value.test, 'contains', draft.path)]
    return [{ kind: 'text', raw: '', parts: openStart(openEnd(partsOf(value, word, draft.path))) }]
  })
