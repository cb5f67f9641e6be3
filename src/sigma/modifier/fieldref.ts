import { refuse } from '../problem.ts'
import { eachValue, type Modifier, mustComeFirst, mustHaveField } from './modifier.ts'

/** Equal to another field of the same event; both must be there. `startswith` and its like may follow. */
export const fieldref: Modifier = (draft, word) => {
  mustHaveField(draft, word)
  mustComeFirst(draft, word)
  return eachValue(draft, (value) => {
    if (value.kind !== 'text' || value.raw === '') return refuse('`fieldref` takes a field name', draft.path)
    return [{ kind: 'test', test: { kind: 'fieldref', field: value.raw, shape: 'equals', cased: false } }]
  })
}
