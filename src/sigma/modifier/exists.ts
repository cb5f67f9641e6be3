import { refuse } from '../problem.ts'
import { eachValue, type Modifier, mustHaveField } from './modifier.ts'

/** The key is there (`true`) or missing (`false`), whatever its value. Stands alone, with one boolean. */
export const exists: Modifier = (draft, word) => {
  mustHaveField(draft, word)
  if (draft.before.length > 0) refuse('`exists` stands alone', draft.path)
  if (draft.values.length !== 1) refuse('`exists` takes one boolean', draft.path)
  return eachValue(draft, (value) => {
    if (value.kind !== 'boolean') return refuse('`exists` takes true or false', draft.path)
    return [{ kind: 'test', test: { kind: 'exists', want: value.value } }]
  })
}
