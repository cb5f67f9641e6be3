import type { Shape, Test } from '../node.ts'
import { type Path, refuse } from '../problem.ts'
import type { Value } from '../value.ts'

/** `contains`, `startswith`, `endswith` after `re` or `fieldref`; nothing else takes them. */
export function reshaped(test: Test, shape: Shape, path: Path): Value {
  if (test.kind === 'fieldref') return { kind: 'test', test: { ...test, shape } }
  if (test.kind !== 'regex') return refuse(`\`${shape}\` cannot follow here`, path)
  if (shape === 'startswith') return { kind: 'test', test: { ...test, source: `^(?:${test.source})` } }
  if (shape === 'endswith') {
    return { kind: 'test', test: { ...test, source: `(?:${test.source})$`, lastLine: true } }
  }
  return { kind: 'test', test }
}
