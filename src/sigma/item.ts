import { fold } from './fold.ts'
import type { Draft } from './modifier/modifier.ts'
import { modifiers } from './modifier/table.ts'
import { and, type Node, not, type Test } from './node.ts'
import { any, foldParts, openEnd, openStart, type Part } from './pattern.ts'
import { type Path, refuse } from './problem.ts'
import { partsOf, readValue, type Value } from './value.ts'

/** Takes the warnings found while reading. */
export type Warn = (message: string, path: Path) => void

const shaping: readonly string[] = [
  'contains',
  'startswith',
  'endswith',
  're',
  'cidr',
  'lt',
  'lte',
  'gt',
  'gte',
]

/** The simplest test for a pattern: most need no wildcard matcher. */
function patternTest(parts: readonly Part[], cased: boolean): Test {
  const shown = cased ? parts : foldParts(parts)
  const [a, b, c] = shown
  if (shown.length === 0) return { kind: 'equals', text: '', cased }
  if (shown.length === 1 && a === any) return { kind: 'present' }
  if (shown.length === 1 && typeof a === 'string') return { kind: 'equals', text: a, cased }
  if (shown.length === 2 && typeof a === 'string' && b === any) return { kind: 'startswith', text: a, cased }
  if (shown.length === 2 && a === any && typeof b === 'string') return { kind: 'endswith', text: b, cased }
  if (shown.length === 3 && a === any && typeof b === 'string' && c === any) {
    return { kind: 'contains', text: b, cased }
  }
  return { kind: 'wildcard', parts: shown, cased }
}

/** Neighbouring stars are one star, and neighbouring texts one text. */
function joined(parts: readonly Part[]): readonly Part[] {
  const result: Part[] = []
  for (const part of parts) {
    const last = result.at(-1)
    if (typeof part === 'string' && typeof last === 'string') result[result.length - 1] = last + part
    else if (part !== any || last !== any) result.push(part)
  }
  return result
}

function testOf(value: Value, draft: Draft): Test {
  switch (value.kind) {
    case 'test':
      if (!draft.cased) return value.test
      if (value.test.kind === 'fieldref') return { ...value.test, cased: true }
      return refuse('`cased` takes texts', draft.path)
    case 'null':
      if (draft.values.length > 1) refuse('null cannot stand in a list', draft.path)
      if (draft.field === '') refuse('null cannot be a keyword', draft.path)
      if (draft.before.some((word) => word !== 'neq')) refuse('null takes no modifier', draft.path)
      return { kind: 'null' }
    case 'boolean':
      if (draft.cased) refuse('`cased` takes texts', draft.path)
      return { kind: 'equals', text: fold(String(value.value)), cased: false }
    case 'number':
      if (draft.cased) refuse('`cased` takes texts', draft.path)
      return { kind: 'equals', text: fold(value.text), cased: false }
    case 'text':
    case 'bytes':
      return patternTest(joined(partsOf(value, 'a value', draft.path)), draft.cased)
  }
}

/** A keyword is found anywhere in a value unless its modifiers say more. */
function keywordValue(value: Value, draft: Draft): Value {
  if (draft.field !== '' || value.kind === 'test' || value.kind === 'null') return value
  if (draft.before.some((word) => shaping.includes(word))) return value
  const parts = value.kind === 'boolean' ? [String(value.value)] : partsOf(value, 'a keyword', draft.path)
  return { kind: 'text', raw: '', parts: openStart(openEnd(parts)) }
}

function nodeOf(draft: Draft, written: string): Node {
  const tests = draft.values.map((alternatives) =>
    alternatives.map((value) => Object.freeze(testOf(keywordValue(value, draft), draft))),
  )
  const leaf = (anyOf: readonly Test[]): Node =>
    Object.freeze(
      draft.field === ''
        ? { kind: 'keyword', written, anyOf }
        : { kind: 'field', field: draft.field, written, anyOf },
    )
  const whole = draft.all ? and(tests.map(leaf)) : leaf(tests.flat())
  return draft.negated ? not(whole) : whole
}

function listOf(written: unknown, path: Path): readonly unknown[] {
  if (!Array.isArray(written)) return [written]
  if (written.length === 0) refuse('an empty list matches nothing', path)
  if (written.some((value) => typeof value === 'object' && value !== null)) {
    refuse('a list inside a list or a map as a value is not allowed', path)
  }
  return written
}

/**
 * Reads one item, `field|word|word: value`, to a node. An empty field name makes keywords.
 * Words apply from left to right; an unknown word refuses the rule.
 */
export function readItem(key: string, written: unknown, context: { path: Path; warn: Warn }): Node {
  const { path, warn } = context
  const [field = '', ...words] = key.split('|')
  const values = listOf(written, path).map((value) => [readValue(value, path)])
  let draft: Draft = { field, values, all: false, negated: false, cased: false, before: [], path }
  for (const word of words) {
    const modifier = modifiers.get(word)
    if (modifier === undefined) return refuse(`unknown modifier \`${word}\``, path)
    if (draft.before.includes('exists')) refuse('`exists` stands alone', path)
    if (draft.before.includes(word)) refuse(`\`${word}\` stands twice`, path)
    draft = { ...modifier(draft, word), before: [...draft.before, word] }
  }
  if (draft.all && values.length === 1) warn('`all` with one value says nothing', path)
  return nodeOf(draft, key === '' ? 'keyword' : key)
}
