import { refuse } from '../problem.ts'
import { readRegex } from '../regex.ts'
import { eachValue, type Modifier } from './modifier.ts'

const letters: ReadonlyMap<string, string> = new Map([
  ['i', 'i'],
  ['m', 'm'],
  ['s', 's'],
  ['ignorecase', 'i'],
  ['multiline', 'm'],
  ['dotall', 's'],
])

/** `i`, `m` or `s` right after `re` or another flag: ignore case, `^ $` at lines, `.` takes line breaks too. */
export const reFlag: Modifier = (draft, word) => {
  const start = draft.before.indexOf('re')
  if (start < 0 || !draft.before.slice(start + 1).every((before) => letters.has(before))) {
    refuse(`\`${word}\` stands right after \`re\``, draft.path)
  }
  return eachValue(draft, (value) => {
    if (value.kind !== 'test' || value.test.kind !== 'regex') {
      return refuse(`\`${word}\` stands right after \`re\``, draft.path)
    }
    const flags = value.test.wanted + (letters.get(word) ?? '')
    return [{ kind: 'test', test: readRegex(value.test.written, flags, draft.path) }]
  })
}
