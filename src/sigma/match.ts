import type { Compiled } from './compile-node.ts'
import { matchedFields } from './explain.ts'
import type { Rule } from './rule.ts'
import type { View } from './view.ts'

/** A rule with its condition and selections compiled. */
export type ReadyRule = {
  readonly rule: Rule
  readonly condition: Compiled
  readonly selections: readonly Compiled[]
}

/** A rule that matched an event. */
export type Hit = {
  readonly rule: Rule
  /** The names of the selections that were true. */
  readonly selections: readonly string[]
  /** Field to the value that matched, for showing; keywords stand under the path where they were found. */
  readonly fields: Readonly<Record<string, unknown>>
}

/** Slow path, only for a hit: what was true and where. */
function describe(ready: ReadyRule, view: View): Hit {
  const selections = ready.selections.filter((one) => one.check(view))
  const fields = new Map<string, unknown>()
  for (const one of selections) matchedFields(one, view, fields)
  return {
    rule: ready.rule,
    selections: selections.map((one) => one.label),
    fields: Object.fromEntries(fields),
  }
}

/** Holds one event against the rules that apply to it. */
export function matchRules(rules: readonly ReadyRule[], view: View): Hit[] {
  const hits: Hit[] = []
  for (const ready of rules) if (ready.condition.check(view)) hits.push(describe(ready, view))
  return hits
}
